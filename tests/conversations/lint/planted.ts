/** A survey in which the lint finds nothing, and how to plant one fault in it. */
import type { City } from '../../../conversations/city.ts';
import type { Around, Finding } from '../../../conversations/lint/finding.ts';
import { lintSurvey } from '../../../conversations/lint.ts';
import { readSurvey, type Survey } from '../../../conversations/survey.ts';
import { localWorld } from '../../../infra/local/city.ts';
import market from './market.json';

/** Loose: a fault is of every shape. */
// biome-ignore lint/suspicious/noExplicitAny: the faults are of every shape
export type Loose = any;

export const world = localWorld();
/** It writes in the languages of the survey, and no more. */
export const city: City = { ...world.city, languages: ['fr', 'en', 'tr'] };
export const around: Around = { city, others: world.surveys.all() };

/** The survey with something changed; it must still be one that can be read. */
export function planted(change: (survey: Loose) => void): Survey {
  const copy = structuredClone(market) as Loose;
  change(copy);
  return readSurvey(copy, 'market.json');
}

export const found = (change: (survey: Loose) => void, others: Partial<Around> = {}): Finding[] =>
  lintSurvey(planted(change), { ...around, ...others });

export const q = (survey: Loose, id: string): Loose => survey.questions.find((each: Loose) => each.id === id);
/** The same text in every language of the survey. */
export const all = (text: string) => ({ fr: text, en: text, tr: text });
export const option = (id: string, label: string = id) => ({ id, label: all(label) });

export interface Expected {
  rule: string;
  severity: Finding['severity'];
  place: string;
  language?: string;
  /** What the message must hold. */
  says?: string;
}

export type Planted = [
  label: string,
  change: (survey: Loose) => void,
  expected: Expected,
  around?: Partial<Around>,
];

type More = Pick<Expected, 'language' | 'says'>;
export const error = (rule: string, place: string, more: More = {}): Expected => ({
  rule,
  severity: 'error',
  place,
  ...more,
});
export const warning = (rule: string, place: string, more: More = {}): Expected => ({
  rule,
  severity: 'warning',
  place,
  ...more,
});
