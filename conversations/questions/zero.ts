/** What a 0 does with a question, and how that is said: it passes, stands for the default, or is no answer at all. */

import type { PhraseKey } from '../../locales/index.ts';
import type { Answer } from '../events.ts';
import type { Voice } from '../moment.ts';
import type { Tap } from '../offer.ts';
import type { Value } from './type.ts';

export interface Passable {
  required?: true | undefined;
  default?: string | undefined;
}

/** How a type knows its values, as far as the default needs it. */
export interface Known<Question> {
  fromWorth(question: Question, worth: string): Value | undefined;
  labels?(question: Question, answer: Answer, language: string): string[];
  shown?(answer: Answer, language: string): string;
}

/** Whether 0 moves on: where an answer is needed and nothing stands for it, it does not. */
export const canPass = (question: Passable): boolean => !question.required || question.default !== undefined;

/** Texts with one space between, without those that say nothing. */
export const together = (...texts: (string | undefined)[]): string => texts.filter(Boolean).join(' ');

/** "(0 = bancs)": what passing counts as. Nothing where there is no default. */
export function defaultHint<Question extends Passable>(
  question: Question,
  voice: Voice,
  known: Known<Question>,
  key: PhraseKey = 'question.default',
): string {
  if (question.default === undefined) return '';
  const v = known.fromWorth(question, question.default);
  if (v === undefined) return '';
  const { language } = voice;
  const value =
    known.labels?.(question, { v, t: 0 }, language).join(', ') ||
    known.shown?.({ v, t: 0 }, language) ||
    String(v);
  return voice.phrase(key, { value });
}

/**
 * What 0 does, as it stands behind a question: the default, else `otherwise`, nothing where it does nothing. In plain
 * words passing is not offered.
 */
export function zero<Question extends Passable>(
  question: Question,
  voice: Voice,
  known: Known<Question>,
  otherwise: string = voice.phrase('question.skip'),
): string {
  const said = defaultHint(question, voice, known);
  return said || voice.plain || !canPass(question) ? said : otherwise;
}

/** The same behind a number that is not on offer: who to ask, too. */
export const zeroOrHelp = <Question extends Passable>(
  question: Question,
  voice: Voice,
  known: Known<Question>,
): string =>
  voice.plain || question.default !== undefined
    ? zero(question, voice, known)
    : voice.phrase(canPass(question) ? 'question.skipOrHelp' : 'question.orHelp');

/** The last row, which passes: a typed 0. None where an answer is needed. */
export const passing = (
  question: Passable,
  voice: Voice,
  { token = '0', label = 'tap.skip' }: { token?: string; label?: PhraseKey } = {},
): Tap[] => (canPass(question) ? [{ token, label: voice.phrase(label) }] : []);
