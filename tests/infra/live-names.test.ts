/** Whose first name the speaker's screen shows: what staff have seen, and nothing that came later. */
import { expect, it } from 'vitest';
import { accept, answer, type Board, type BoardActed, EMPTY, group } from '../../conversations/live-board.ts';
import { lineOf } from '../../infra/live/questions.ts';
import { askersOf, type Question } from '../../infra/live/questions-of.ts';

const NOON = new Date('2026-11-24T12:00:00.000Z');
const LATER = new Date('2026-11-24T13:00:00.000Z');
const doer = (now: Date) => ({ by: 'agent@exemple', now });
const made = (acted: BoardActed): Board => {
  if ('refused' in acted) throw new Error(acted.refused);
  return acted.board;
};
const question = (board: Board, number: number, name: string | undefined, namedAt: Date): Question => {
  const moderated = board.questions.find((each) => each.number === number);
  return {
    number,
    asked: {
      number,
      hash: `h${number}`,
      text: `Question ${number}`,
      at: '2026-11-24T10:00:00.000Z',
      language: 'fr',
      ...(name !== undefined && { name, namedAt: namedAt.toISOString() }),
    },
    ...(moderated && { moderated }),
    votes: 1,
  };
};
const TITLE = { fr: 'Leclerc?' };

it('a name that came after staff had looked waits until they look again', () => {
  let board = made(accept(EMPTY, 1, TITLE, doer(NOON)));
  const rude = (): Question => question(board, 1, 'Gros Naze', LATER);
  expect(askersOf(board, [rude()], 1)).toEqual({ names: [], others: 1 });
  expect(lineOf(rude())).toContain('Gros Naze: prénom pas encore accepté');
  // To answer is not to look at the name.
  board = made(answer(board, 1, { answer: { fr: 'Oui' } }, doer(new Date(LATER.getTime() + 1))));
  expect(askersOf(board, [rude()], 1).names).toEqual([]);
  board = made(accept(made(accept(EMPTY, 1, TITLE, doer(NOON))), 1, undefined, doer(LATER)));
  expect(board.questions[0]).toMatchObject({ titles: TITLE, place: 1 });
  expect(askersOf(board, [rude()], 1)).toEqual({ names: ['Gros Naze'], others: 0 });
  board = made(accept(board, 1, undefined, doer(LATER), { nameless: true }));
  expect(askersOf(board, [rude()], 1)).toEqual({ names: [], others: 1 });
  expect(lineOf(rude())).toContain('prénom enlevé');
});

it('of a group each name is looked at as it is grouped', () => {
  const board = made(group(made(accept(EMPTY, 1, TITLE, doer(NOON))), 1, [2, 3], doer(NOON)));
  const all = [
    question(board, 1, 'Nadia', NOON),
    question(board, 2, 'Ali', LATER),
    question(board, 3, 'Lea', NOON),
  ];
  expect(askersOf(board, all, 1)).toEqual({ names: ['Nadia', 'Lea'], others: 1 });
  const without = made(group(board, 1, [2], doer(LATER), { nameless: true }));
  const again = [question(without, 1, 'Nadia', NOON), question(without, 2, 'Ali', NOON)];
  expect(askersOf(without, again, 1)).toEqual({ names: ['Nadia'], others: 1 });
});

it('what somebody wrote does not move the cursor of a terminal', () => {
  const wild = question(EMPTY, 1, undefined, NOON);
  const asked = { ...(wild.asked as NonNullable<Question['asked']>), text: 'a\u001b[2Jb\u202Ec\nd' };
  expect(lineOf({ ...wild, asked })).toMatch(/a \[2Jb c d$/);
});
