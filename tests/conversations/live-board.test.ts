import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accept,
  answer,
  approveWords,
  asked,
  atPlace,
  type Board,
  type BoardActed,
  EMPTY,
  group,
  groupOf,
  headOf,
  refuse,
  tally,
  ungroup,
  votable,
} from '../../conversations/live-board.ts';
import { answerText, noticeOf } from '../../conversations/live-notices.ts';
import { localWorld } from '../../infra/local/city.ts';
import { boardOf, CHIEF, liveUnderTest } from '../support/lives.ts';

const AGENT = { ...CHIEF, by: 'agent@exemple' };
const { city } = localWorld();

const made = (acted: BoardActed): Board => {
  if ('refused' in acted) throw new Error(acted.refused);
  return acted.board;
};
const why = (acted: BoardActed): string => ('refused' in acted ? acted.refused : 'not refused');

describe('a question', () => {
  it('keeps its place, whatever becomes of others', () => {
    const three = boardOf(3);
    const without = made(refuse(three, 502, 'hors sujet', CHIEF));
    expect(votable(without).map(({ number, place }) => [number, place])).toEqual([
      [501, 1],
      [503, 3],
    ]);
    expect(atPlace(without, 2)).toBeUndefined();
    expect(votable(made(accept(without, 600, { fr: 'Cantine?' }, CHIEF))).at(-1)).toMatchObject({ place: 4 });
  });

  it('is accepted with a short title in French', () => {
    expect(why(accept(EMPTY, 1, { tr: 'x' }, CHIEF))).toContain('un titre en français');
    expect(why(accept(EMPTY, 1, { fr: 'x'.repeat(25) }, CHIEF))).toBe(
      `titre fr trop long: 25 lettres, 24 au plus, reçu « ${'x'.repeat(25)} »`,
    );
  });

  it('is refused with a reason, which its askers read', () => {
    expect(why(refuse(EMPTY, 1, ' ', CHIEF))).toContain('dites pourquoi');
    const board = made(refuse(EMPTY, 1, 'hors sujet', CHIEF));
    const notice = { about: 'refused', question: 1 } as const;
    expect(noticeOf({ live: liveUnderTest(), board }, notice, 'fr', city)).toBe(
      "Votre question Q-1 n'est pas retenue: hors sujet. Parler à quelqu'un: RAPPEL",
    );
  });

  it('is answered with the minute of the replay, for all who asked the same', () => {
    let board = made(group(boardOf(3), 501, [502], CHIEF));
    expect(groupOf(board, 502)).toEqual([501, 502]);
    expect(why(answer(board, 502, { answer: { fr: 'Oui' } }, CHIEF))).toContain('agissez sur Q-501');
    expect(why(answer(board, 501, { answer: { fr: 'Oui' }, minute: '12.40' }, CHIEF))).toContain('MM:SS');
    board = made(answer(board, 501, { answer: { fr: 'Oui', tr: 'Evet' }, minute: '12:40' }, AGENT));
    expect(answerText({ replay: 'fb.example/v/1' }, board, 501, 'fr')).toBe(
      'Q-501, Q-502 Réouverture du Leclerc: Oui. Revoir: minute 12:40 de la vidéo. fb.example/v/1',
    );
    expect(answerText({}, board, 501, 'tr')).toMatch(/^Q-501, Q-502 Leclerc açılacak mı: Evet\. .*12:40/);
    expect(answerText({}, board, 501, 'es')).toContain('Oui.');
  });

  it('answers nobody before another person has read it, and never twice', () => {
    let board = made(asked(boardOf(1), 501, AGENT));
    expect(why(approveWords(board, 501, CHIEF))).toContain('ni réponse ni refus');
    board = made(answer(board, 501, { answer: { fr: 'Le 15' } }, AGENT));
    // Until then it can be written anew.
    board = made(answer(board, 501, { answer: { fr: 'Le 15 juin' } }, AGENT));
    expect(why(approveWords(board, 501, AGENT))).toContain('une autre personne doit le valider');
    board = made(approveWords(board, 501, CHIEF));
    expect(why(approveWords(board, 501, CHIEF))).toContain("c'est déjà validé");
    expect(why(answer(board, 501, { answer: { fr: 'Le 16' } }, AGENT))).toContain('répondue');
    expect(why(refuse(board, 501, 'x', AGENT))).toContain('répondue');
  });

  it('stands for a chain of duplicates in one', () => {
    let board = made(group(boardOf(4), 502, [503], CHIEF));
    board = made(group(board, 501, [502, 777], CHIEF));
    expect(groupOf(board, 503)).toEqual([501, 502, 503, 777]);
    expect(why(group(board, 503, [504], CHIEF))).toContain('groupée avec Q-501');
    expect(why(group(board, 501, [501], CHIEF))).toContain('les autres questions');
    // What somebody read as 3 counts for the one that stands for it.
    expect(headOf(board, atPlace(board, 3)?.number ?? 0)).toBe(501);
  });
});

describe('a duplicate', () => {
  it('that is named twice is one', () => {
    const board = made(group(boardOf(2), 501, [502, 502], CHIEF));
    expect(board.questions.map(({ number }) => number)).toEqual([501, 502]);
    expect(made(group(board, 501, [502], CHIEF)).questions).toHaveLength(2);
  });

  it('that is none after all stands for itself again, with its own place and votes', () => {
    const votes = [
      { question: 501, voter: 'a' },
      { question: 502, voter: 'a' },
      { question: 502, voter: 'b' },
    ];
    let board = made(group(boardOf(2), 501, [502, 777], CHIEF));
    expect(tally(board, votes)).toEqual(new Map([[501, 2]]));
    board = made(answer(board, 501, { answer: { fr: 'Oui' } }, AGENT));
    board = made(ungroup(made(ungroup(board, 502, AGENT)), 777, AGENT));
    expect(board.questions).toMatchObject([
      { number: 501, state: 'answered' },
      { number: 502, place: 2 },
    ]);
    expect(board.questions[1]).toMatchObject({ state: 'approved', titles: { fr: 'Bus 601 le soir?' } });
    expect(board.questions[1]).not.toHaveProperty('answer');
    expect([...tally(board, votes)]).toEqual([
      [501, 1],
      [502, 2],
    ]);
    expect(why(ungroup(board, 502, AGENT))).toContain("n'est groupée avec aucune autre");
    const signed = made(
      approveWords(made(refuse(made(group(boardOf(2), 501, [502], CHIEF)), 501, 'x', AGENT)), 501, CHIEF),
    );
    expect(why(ungroup(signed, 502, AGENT))).toContain('refusée');
  });
});

it('a minute lies within the film', () => {
  const minute = (text: string) =>
    answer(boardOf(1), 501, { answer: { fr: 'Oui' }, minute: text, longest: 3900 }, AGENT);
  for (const good of ['0:00', '12:40', '65:00', '1:05:00']) expect(minute(good)).toHaveProperty('board');
  for (const wrong of ['1:75:00', '12:60', '-1:00']) expect(why(minute(wrong))).toContain('MM:SS');
  for (const late of ['65:01', '1:05:01', '124:00'])
    expect(why(minute(late))).toContain('après la fin: le direct a duré 65 minutes au plus');
});

it('a board grows to what one item of the table holds, and says so', () => {
  let board = EMPTY;
  let acted: BoardActed = { board };
  for (let number = 1; 'board' in acted; number += 1) {
    board = acted.board;
    acted = refuse(board, number, 'é'.repeat(90), CHIEF);
  }
  expect(why(acted)).toMatch(/prennent trop de place \(351 ko, 350 au plus\)/);
  expect(board.questions.length).toBeGreaterThan(1000);
});

it('a person has one vote a group, whatever is repeated and however questions are grouped', () => {
  const questions = [501, 502, 503, 504];
  const vote = fc.record({ question: fc.constantFrom(...questions), voter: fc.constantFrom('a', 'b', 'c') });
  const pairs = fc.array(fc.tuple(fc.constantFrom(...questions), fc.constantFrom(...questions)), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.array(vote, { maxLength: 20 }), pairs, (votes, groups) => {
      let board = boardOf(4);
      for (const [head, other] of groups) {
        const acted = group(board, head, [other], CHIEF);
        if ('board' in acted) board = acted.board;
      }
      const counted = tally(board, votes);
      expect(tally(board, [...votes, ...votes].reverse())).toEqual(counted);
      for (const [head, count] of counted) {
        const members = new Set(groupOf(board, head));
        const voters = new Set(votes.filter((each) => members.has(each.question)).map(({ voter }) => voter));
        expect(count).toBe(voters.size);
        expect(headOf(board, head)).toBe(head);
      }
      const all = new Set(votes.map(({ question, voter }) => `${headOf(board, question)} ${voter}`));
      expect([...counted.values()].reduce((sum, count) => sum + count, 0)).toBe(all.size);
    }),
    { numRuns: 500 },
  );
});
