/**
 * What a page of the console is: an address, the right that it needs, and what it makes of a request. The router does
 * the rest: who is signed in, whether they may, whether a form is ours, the frame around it, the audit log.
 */
import type { Child } from 'hono/jsx';
import type { Deps } from '../runtime/deps.ts';
import type { Answer } from '../runtime/http.ts';
import type { Agent } from './agent.ts';
import type { Right } from './roles.ts';

/** What is asked of a page, by somebody who may. */
export interface Asked {
  deps: Deps;
  agent: Agent;
  now: Date;
  /** Of the address: `:id`. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** A form's fields; empty for a GET. */
  form: URLSearchParams;
  /** A form's files, by field. */
  files: Map<string, { name: string; bytes: Buffer }>;
  /** What was done or looked at, for the audit log: `what` in the words of the page, `about` an id. Never a name or number. */
  note(what: string, about?: string): Promise<void>;
}

/** A page inside the frame. */
export interface Page {
  status?: 200 | 404 | 409 | 422;
  title: string;
  /** What the page is for, in one sentence. */
  purpose: string;
  /** Where the page stands under another: its title and address. */
  above?: { title: string; href: string };
  /** Said at the top: something was done. */
  done?: string | undefined;
  /** A number moves on it by itself: htmx is loaded. */
  moves?: true;
  body: Child;
}

/** Part of a page, for htmx: without a frame. */
export interface Fragment {
  fragment: Child;
  /** What surrounds it is no longer true: htmx loads the whole page again. */
  stale?: boolean;
}

export type Made = Page | Fragment | Answer;

export interface Route {
  method: 'GET' | 'POST';
  /** As hono has it: `/console/annonces/:id`. */
  path: string;
  right: Right;
  /** Of a GET that shows personal data: noted before anything is shown. */
  audit?: (asked: Asked) => { what: string; about?: string };
  /** Takes files: its form is `multipart/form-data`. */
  files?: true;
  make(asked: Asked): Made | Promise<Made>;
}

/**
 * After a form: the page that shows what became of it, so that loading it again does nothing twice. `done` names one of
 * that page's own sentences; it is never shown as it is.
 */
export const seeOther = (path: string, done?: string): Answer => ({
  status: 303,
  headers: {
    location:
      done === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}fait=${encodeURIComponent(done)}`,
  },
  body: '',
});

/** The sentence that `?fait=` names. */
export const doneOf = (query: URLSearchParams, sentences: Record<string, string>): string | undefined => {
  const name = query.get('fait') ?? '';
  return Object.hasOwn(sentences, name) ? sentences[name] : undefined;
};

/** Thrown anywhere in a page: there is nothing at this address, or nothing that this agent may see. */
export class NotThere extends Error {}

/** A file to keep. `name` is cut to letters, figures, dots, dashes and underscores: it stands in a header. */
export const download = (name: string, type: string, bytes: Buffer | string): Answer => ({
  status: 200,
  headers: {
    'content-type': type,
    'content-disposition': `attachment; filename="${fileName(name)}"`,
  },
  ...(typeof bytes === 'string' ? { body: bytes } : { body: bytes.toString('base64'), base64: true }),
});

export const fileName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 100) || 'fichier';
