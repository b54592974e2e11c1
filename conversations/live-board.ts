/**
 * The questions of a live that staff have looked at: what residents may vote on, who is grouped with whom, what was
 * asked, answered, refused and why. Pure: an act gives the board as it is then, or says in French why not.
 *
 * A question that is approved gets a place, from 1, that it keeps: what somebody read yesterday as 3 is 3 today.
 */
import * as z from 'zod';
import { Person } from './announcement.ts';
import type { Doer } from './announcement-acts.ts';
import { Texts } from './questions/type.ts';

/** What stands on a board; a question that nobody has looked at is not on it. */
export const Moderated = z.strictObject({
  number: z.int().min(1),
  state: z.enum(['approved', 'asked', 'answered', 'refused']),
  /** In staff's words, short, by language. */
  titles: Texts.optional(),
  place: z.int().min(1).optional(),
  /** Says the same as this one, which stands for both. */
  into: z.int().min(1).optional(),
  /** Why it was refused, as its asker is told. */
  reason: z.string().min(1).optional(),
  answer: Texts.optional(),
  /** Where in the replay: "12:40", "1:02:40". */
  minute: z.string().optional(),
  /** When staff last looked at it with the first name it is asked under: a name that came later is not said. */
  seen: z.iso.datetime().optional(),
  /** They found that its name may not be said. */
  nameless: z.literal(true).optional(),
  by: Person,
  at: z.iso.datetime(),
  /** Another person has read the answer or the reason: then it goes out. */
  signed: z.strictObject({ by: Person, at: z.iso.datetime() }).optional(),
});
export type Moderated = z.infer<typeof Moderated>;

export const Board = z.strictObject({ questions: z.array(Moderated) });
export type Board = z.infer<typeof Board>;
export const EMPTY: Board = { questions: [] };

/** What a resident and staff know a question by. */
export const questionName = (number: number): string => `Q-${number}`;

export type BoardActed = { board: Board; told?: string } | { refused: string };

/** Six of them fit in one part. */
const MAX_TITLE = 24;
/** As long as an SMS of two parts leaves room for. */
export const MAX_ANSWER = 230;
export const MAX_REASON = 90;
/** One item of the table holds them all, and no item holds more than 400 kB. */
const MOST_BYTES = 350_000;

export const onBoard = (board: Board, number: number): Moderated | undefined =>
  board.questions.find((each) => each.number === number);

/** The question that stands for this one. */
export function headOf(board: Board, number: number): number {
  return onBoard(board, number)?.into ?? number;
}

/** The question and those that are grouped with it, in the order of their numbers. */
export const groupOf = (board: Board, number: number): number[] => {
  const head = headOf(board, number);
  const others = board.questions.filter(({ into }) => into === head).map((each) => each.number);
  return [head, ...others].sort((a, b) => a - b);
};

/** What residents vote on, in the order of the places. */
export const votable = (board: Board): (Moderated & { place: number; titles: Texts })[] =>
  board.questions
    .filter((each): each is Moderated & { place: number; titles: Texts } => isVotable(each))
    .sort((a, b) => a.place - b.place);

const isVotable = ({ state, into, place, titles }: Moderated): boolean =>
  state === 'approved' && into === undefined && place !== undefined && titles !== undefined;

/** What stands at a place, also where it has been grouped with another meanwhile: it then counts for that one. */
export function atPlace(board: Board, place: number): Moderated | undefined {
  const there = board.questions.find((each) => each.place === place);
  const head = there && onBoard(board, headOf(board, there.number));
  return head && isVotable(head) ? there : undefined;
}

/** Who voted for what: one vote a person and group, by question that stands for it. */
export function tally(
  board: Board,
  votes: Iterable<{ question: number; voter: string }>,
): Map<number, number> {
  const voters = new Map<number, Set<string>>();
  for (const { question, voter } of votes) {
    const head = headOf(board, question);
    voters.set(head, (voters.get(head) ?? new Set()).add(voter));
  }
  return new Map([...voters].map(([head, all]) => [head, all.size]));
}

function put(board: Board, changed: Moderated[]): BoardActed {
  const questions = [
    ...board.questions.filter((each) => !changed.some(({ number }) => number === each.number)),
    ...changed,
  ].sort((a, b) => a.number - b.number);
  const bytes = new TextEncoder().encode(JSON.stringify(questions)).length;
  if (bytes > MOST_BYTES)
    return {
      refused: `les questions de ce direct prennent trop de place (${Math.ceil(bytes / 1000)} ko, ${MOST_BYTES / 1000} au plus): raccourcissez les textes, ou laissez les questions semblables groupées sans titre`,
    };
  return { board: { questions } };
}

const STATES = { approved: 'acceptée', asked: 'posée', answered: 'répondue', refused: 'refusée' } as const;
export const questionState = (question: Moderated | undefined): string =>
  question === undefined ? 'nouvelle' : STATES[question.state];

const refusal = (question: Moderated, act: string): BoardActed => ({
  refused: `${questionName(question.number)} est ${STATES[question.state]}: on ne peut pas ${act}`,
});
/** What another person has read stands. */
const isOpen = ({ state, signed }: Moderated, from: Moderated['state'][]): boolean =>
  from.includes(state) && !signed;

const grouped = ({ number, into }: Moderated): BoardActed => ({
  refused: `${questionName(number)} est groupée avec ${questionName(into as number)}: agissez sur ${questionName(into as number)}`,
});
const sign = ({ by, now }: Doer) => ({ by, at: now.toISOString() });

/** `nameless`: the first name it is asked under is not one, or not one to be said. */
export interface Looked {
  nameless?: boolean | undefined;
}
const seen = ({ now }: Doer, { nameless }: Looked) => ({
  seen: now.toISOString(),
  ...(nameless && { nameless: true as const }),
});

/** Shown under this title and voted on; done again it changes the title, or looks at a name that has come since. */
export function accept(
  board: Board,
  number: number,
  given: Texts | undefined,
  doer: Doer,
  looked: Looked = {},
): BoardActed {
  const before = onBoard(board, number);
  if (before && !isOpen(before, ['approved', 'refused'])) return refusal(before, "l'accepter");
  if (before?.into !== undefined) return grouped(before);
  const titles = given ?? before?.titles;
  if (!titles?.fr) return { refused: 'donnez un titre en français: --titre "…"' };
  const long = Object.entries(titles).find(([, title]) => [...title].length > MAX_TITLE);
  if (long)
    return {
      refused: `titre ${long[0]} trop long: ${[...long[1]].length} lettres, ${MAX_TITLE} au plus, reçu « ${long[1]} »`,
    };
  const place = before?.place ?? Math.max(0, ...board.questions.map((each) => each.place ?? 0)) + 1;
  return put(board, [{ number, state: 'approved', titles, place, ...seen(doer, looked), ...sign(doer) }]);
}

/** A reason is mandatory: the asker is told it. Those grouped with it go the same way. */
export function refuse(board: Board, number: number, reason: string, doer: Doer): BoardActed {
  const before = onBoard(board, number);
  if (before?.into !== undefined) return grouped(before);
  if (before && !isOpen(before, ['approved', 'refused'])) return refusal(before, 'la refuser');
  const why = reason.trim();
  if (!why) return { refused: 'dites pourquoi: --motif "…" (la personne le lira)' };
  if ([...why].length > MAX_REASON)
    return { refused: `motif trop long: ${[...why].length} lettres, ${MAX_REASON} au plus` };
  const changed = groupOf(board, number).map(
    (each): Moderated => ({
      ...onBoard(board, each),
      number: each,
      state: 'refused',
      reason: why,
      ...sign(doer),
    }),
  );
  return put(board, changed);
}

/** `others` say what `number` says, which stands for all of them from now on; their votes count together. */
export function group(
  board: Board,
  number: number,
  others: number[],
  doer: Doer,
  looked: Looked = {},
): BoardActed {
  const head = onBoard(board, number);
  if (!head) return { refused: `acceptez d'abord ${questionName(number)}, qui représente les autres` };
  if (head.into !== undefined) return grouped(head);
  if (head.state === 'answered' || head.state === 'refused')
    return refusal(head, "y grouper d'autres questions");
  if (others.length === 0 || others.includes(number))
    return { refused: 'donnez les autres questions: grouper Q-77 Q-81' };
  const members = new Set<number>();
  for (const other of others) {
    const before = onBoard(board, other);
    if (before && before.state !== 'approved') return refusal(before, 'la grouper');
    if (before?.into !== undefined && before.into !== number) return grouped(before);
    for (const each of before?.into === number ? [other] : groupOf(board, other)) members.add(each);
  }
  const changed = [...members].map((each) => ({
    ...onBoard(board, each),
    number: each,
    state: head.state,
    into: number,
    ...seen(doer, looked),
    ...sign(doer),
  }));
  return put(board, changed);
}

/** It says something else after all: it stands for itself again, with the votes that it got and those alone. */
export function ungroup(board: Board, number: number, doer: Doer): BoardActed {
  const before = onBoard(board, number);
  if (before?.into === undefined)
    return { refused: `${questionName(number)} n'est groupée avec aucune autre` };
  if (before.signed) return refusal(before, 'la dégrouper');
  const { titles, place, seen: looked, nameless } = before;
  const others = board.questions.filter((each) => each.number !== number);
  // Without a title nobody had accepted it: it is new again.
  if (!titles || place === undefined) return { board: { questions: others } };
  return put({ questions: others }, [
    {
      number,
      state: 'approved',
      titles,
      place,
      ...(looked !== undefined && { seen: looked }),
      ...(nameless && { nameless }),
      ...sign(doer),
    },
  ]);
}

/** It was asked on the air. */
export const asked = (board: Board, number: number, doer: Doer): BoardActed =>
  settle(board, number, ['approved'], 'la noter posée', (each) => ({
    ...each,
    state: 'asked',
    ...sign(doer),
  }));

/** Another person has read what the askers are told. */
export function approveWords(board: Board, number: number, { by, now }: Doer): BoardActed {
  const before = onBoard(board, number);
  if (before?.into !== undefined) return grouped(before);
  if (!before || (before.state !== 'answered' && before.state !== 'refused'))
    return { refused: `${questionName(number)} n'a ni réponse ni refus à valider` };
  if (before.signed) return { refused: `${questionName(number)}: c'est déjà validé, et parti` };
  if (before.by === by)
    return {
      refused: `« ${by} » a écrit ce que ${questionName(number)} reçoit: une autre personne doit le valider`,
    };
  const signed = { by, at: now.toISOString() };
  const changed = groupOf(board, number).map((each) => ({ ...(onBoard(board, each) as Moderated), signed }));
  return put(board, changed);
}

const MINUTE = /^(?:(\d{1,2}):([0-5]\d)|(\d{1,3})):([0-5]\d)$/;

/** Seconds from its beginning; undefined where it is no minute of a film. */
function secondsIn(minute: string): number | undefined {
  const found = MINUTE.exec(minute);
  if (!found) return undefined;
  const [, hours = '0', within, alone, seconds] = found;
  return Number(hours) * 3600 + Number(within ?? alone) * 60 + Number(seconds);
}

/** What was said, and where in the replay; every asker of the group is told it once. `longest`: seconds that it lasts at most. */
export function answer(
  board: Board,
  number: number,
  {
    answer: texts,
    minute,
    longest = Number.POSITIVE_INFINITY,
  }: { answer: Texts; minute?: string | undefined; longest?: number },
  doer: Doer,
): BoardActed {
  if (!texts.fr) return { refused: 'donnez la réponse en français: --texte "…"' };
  const long = Object.entries(texts).find(([, text]) => [...text].length > MAX_ANSWER);
  if (long)
    return {
      refused: `réponse ${long[0]} trop longue: ${[...long[1]].length} lettres, ${MAX_ANSWER} au plus`,
    };
  const seconds = minute === undefined ? 0 : secondsIn(minute);
  if (seconds === undefined)
    return { refused: `--minute est MM:SS ou H:MM:SS de la vidéo, par exemple 12:40, reçu « ${minute} »` };
  if (seconds > longest)
    return {
      refused: `--minute est après la fin: le direct a duré ${Math.ceil(longest / 60)} minutes au plus, reçu « ${minute} »`,
    };
  return settle(board, number, ['approved', 'asked', 'answered'], 'y répondre', ({ minute: _, ...each }) => ({
    ...each,
    state: 'answered',
    answer: texts,
    ...(minute !== undefined && { minute }),
    ...sign(doer),
  }));
}

function settle(
  board: Board,
  number: number,
  from: Moderated['state'][],
  act: string,
  change: (question: Moderated) => Moderated,
): BoardActed {
  const before = onBoard(board, number);
  if (!before) return { refused: `${questionName(number)} n'est pas encore acceptée: on ne peut pas ${act}` };
  if (before.into !== undefined) return grouped(before);
  if (!isOpen(before, from)) return refusal(before, act);
  const changed = groupOf(board, number).map((each) => change(onBoard(board, each) as Moderated));
  return put(board, changed);
}
