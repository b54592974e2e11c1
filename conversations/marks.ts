/** Several choices, tapped one by one: each tap adds one or takes it away, the last says that this is all. */
import { carried, noted, type Read, secondsSince } from './answer.ts';
import type { Answer } from './events.ts';
import type { Moment } from './moment.ts';
import { type Asked, DONE, led } from './offer.ts';
import { type Question, typeOf } from './questions.ts';
import { normalise } from './understand/normalise.ts';

type Marked = { kind: 'more'; marked: number[]; question: Asked } | { kind: 'done'; answer: Answer };

/**
 * A tap on a question with several choices, or the last one's words; undefined where the reply was typed: then it may
 * name them all at once. `asked` is the question as it was asked.
 */
export function readMark(
  moment: Moment,
  question: Question,
  text: string,
  { before = [], started, asked }: { before?: number[] | undefined; started: string; asked: () => Asked },
): Marked | undefined {
  const tapped = moment.tapped && typeOf(question).choices(question, moment).several;
  const said = before.length > 0 && normalise(text) === normalise(moment.phrase('tap.done'));
  if (!tapped && !said) return undefined;
  if (said || text === DONE) {
    const t = secondsSince(moment, started);
    const chosen = { v: before, t, ...(moment.language !== 'fr' && { l: moment.language }) };
    return {
      kind: 'done',
      answer: { ...(before.length > 0 ? chosen : { m: 'skip', t }), ...carried(moment) },
    };
  }
  const mark = Number(text);
  const added = !before.includes(mark);
  const marked = added ? ordered([...before, mark]) : before.filter((each) => each !== mark);
  return { kind: 'more', marked, question: led(moment.phrase(added ? 'tap.added' : 'tap.removed'), asked()) };
}

/** Typed after some were tapped: those too. */
export function withMarks(moment: Moment, question: Question, marked: number[] = [], heard: Read): Read {
  if (marked.length === 0 || heard.kind === 'again') return heard;
  const { v, m: _, ...rest } = heard.answer;
  const answer: Answer = { ...rest, v: ordered([...marked, ...(Array.isArray(v) ? v : [])]) };
  return heard.kind === 'check'
    ? { kind: 'check', answer }
    : { kind: 'answer', answer, noted: noted(moment, question, answer) };
}

const ordered = (marks: number[]): number[] => [...new Set(marks)].sort((a, b) => a - b);
