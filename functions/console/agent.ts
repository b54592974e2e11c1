/** Who works in the console: a person of the city or of one who works for it, as the sign-in vouches for them. */
import type { Language } from '../../locales/index.ts';

/** An agent has one of them: who comes with several is refused (`sign-in/claims.ts`). */
export const ROLES = ['officer', 'service', 'facilitator', 'relay', 'provider', 'read-only'] as const;
export type Role = (typeof ROLES)[number];

export interface Agent {
  /** Their address at the city, in lower case: `agent@exemple.fr`. */
  id: string;
  name: string;
  role: Role;
  /** Of a relay, the one language that they answer in. */
  language?: Language;
}
