/** What the router asks of signing in. */
import type { Answer, Request } from '../runtime/http.ts';
import type { Agent } from './agent.ts';

export interface SignedIn {
  agent: Agent;
  /** Of this session alone: every form sends it back. */
  csrf: string;
}

export interface Door {
  /** Undefined where nobody is signed in, or no longer. */
  who(request: Request, now: Date): Promise<SignedIn | undefined>;
  /** Whether it came with a session of ours, to be asked where `who` knows nobody: then that one has ended. */
  hadSession(request: Request): boolean;
  /** Why a form is not taken, in French; undefined where it is. */
  refuses(request: Request, session: SignedIn, form: URLSearchParams): string | undefined;
  /** Its own pages: signing in, coming back, signing out. Undefined for every other address. */
  own(request: Request): Promise<Answer | undefined>;
  /** The origin that signs in: signing out leads there. */
  issuer: string;
}
