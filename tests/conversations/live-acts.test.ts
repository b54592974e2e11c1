import { describe, expect, it } from 'vitest';
import { parisMoment } from '../../conversations/hours.ts';
import {
  answeredBy,
  isNear,
  type Live,
  linkAt,
  liveId,
  liveNumber,
  readLive,
} from '../../conversations/live.ts';
import {
  approveLive,
  cancelLive,
  changeLive,
  endLive,
  finishLive,
  type LiveActed,
  liveOf,
  startLive,
} from '../../conversations/live-acts.ts';
import { type LiveAround, lintLive } from '../../conversations/live-lint.ts';
import { localWorld } from '../../infra/local/city.ts';
import { liveDraft, liveUnderTest } from '../support/lives.ts';

const { city, surveys } = localWorld();
const NOW = parisMoment('2026-11-23', '10:00');
const around: LiveAround = { city, now: NOW, surveys: surveys.all(), lives: [] };
const agent = { by: 'agent@exemple', now: NOW };
const chef = { by: 'chef@exemple', now: NOW };
const written = (more = {}): Live => liveOf(liveDraft(more), 'L-2026-001', 1, 'agent@exemple');
const rules = (more = {}, at = around): string[] => lintLive(written(more), at).map(({ rule }) => rule);
const made = (acted: LiveActed): Live => {
  if ('refused' in acted) throw new Error(acted.refused);
  return acted.live;
};
const why = (acted: LiveActed): string => ('refused' in acted ? acted.refused : 'not refused');

describe('a live', () => {
  it('is opened by another person than those who wrote it', () => {
    expect(why(approveLive(written(), agent, around))).toBe(
      '« agent@exemple » a écrit le direct L-2026-001: une autre personne doit le valider',
    );
    expect(made(approveLive(written(), chef, around))).toMatchObject({ state: 'open' });
    const changed = made(changeLive(written(), liveDraft({ asks: 5 }), chef, around));
    expect(why(approveLive(changed, chef, around))).toContain('une autre personne');
  });

  it('that is changed once it is open is approved anew, and tells who counts on it', () => {
    const open = { ...made(approveLive(written(), chef, around)), planned: { link: 'A-2026-001' } };
    const same = made(changeLive(open, liveDraft({ asks: 5 }), agent, around));
    expect(same).toMatchObject({ state: 'draft', moves: [], planned: { link: 'A-2026-001' } });
    const moved = made(
      changeLive(open, liveDraft({ at: '2026-11-27T19:00', until: '2026-11-27T12:00' }), agent, around),
    );
    expect(moved).toMatchObject({ moves: [{ from: '2026-11-26T19:00' }], planned: {} });
    expect(made(changeLive(open, liveDraft({ link: 'fb.example/2' }), agent, around)).planned).toEqual({});
    expect(made(approveLive(moved, chef, around))).toMatchObject({ state: 'open', moves: [{}] });
  });

  it('that is moved by a second change tells who counts on it, and nothing of an hour it no longer has', () => {
    const open = {
      ...made(approveLive(written({ opening: { fr: 'Ville de Clichy: jeudi, la Maire' } }), chef, around)),
      planned: { link: 'A-2026-001' },
    };
    const own = open.opening && { opening: open.opening };
    const draft = made(changeLive(open, liveDraft({ ...own, asks: 5 }), agent, around));
    expect(draft.opening).toEqual(own?.opening);
    const friday = { at: '2026-11-27T19:00', until: '2026-11-27T12:00' };
    const acted = changeLive(draft, liveDraft({ ...own, ...friday }), agent, around);
    const moved = made(acted);
    expect(moved).toMatchObject({ moves: [{ from: '2026-11-26T19:00' }], planned: {} });
    expect(moved.opening).toBeUndefined();
    expect(acted).toMatchObject({ told: expect.stringContaining("l'ancien jour") });
    const told = { ...made(approveLive(moved, chef, around)), planned: { 'moved#1': 'A-2026-002' } };
    const monday = { at: '2026-11-30T19:00', until: '2026-11-30T12:00' };
    const again = made(changeLive(told, liveDraft({ ...monday, opening: { fr: 'lundi' } }), agent, around));
    expect(again).toMatchObject({ moves: [{}, {}], planned: {}, opening: { fr: 'lundi' } });
    // Nobody has heard of it.
    expect(made(changeLive(written(), liveDraft(friday), agent, around)).moves).toEqual([]);
  });

  it('begins about its hour, ends, and is not called off any more', () => {
    const open = liveUnderTest();
    expect(why(startLive(open, agent))).toContain("démarrez-le dans l'heure qui précède");
    const evening = { by: 'agent@exemple', now: parisMoment('2026-11-26', '18:30') };
    const started = made(startLive(open, evening));
    expect(why(endLive(open, evening, city))).toContain('en cours');
    const ended = made(endLive(started, evening, city, 'fb.example/v/1'));
    expect(ended).toMatchObject({ state: 'ended', replay: 'fb.example/v/1' });
    expect(why(cancelLive(ended, evening))).toContain('terminé');
    expect(made(cancelLive(open, agent, { fr: 'pluie' }))).toMatchObject({
      state: 'cancelled',
      cancelled: { why: { fr: 'pluie' } },
    });
  });

  it('that nobody ends is over after four hours', () => {
    expect(finishLive(liveUnderTest(), parisMoment('2026-11-26', '22:59'))).toBeUndefined();
    expect(finishLive(liveUnderTest(), parisMoment('2026-11-26', '23:00'))).toMatchObject({ state: 'ended' });
    expect(finishLive(liveUnderTest({ state: 'draft' }), parisMoment('2026-11-27', '23:00'))).toBeUndefined();
  });

  it('has a number in its id', () => {
    expect(liveId(7, '2026-12-31')).toBe('L-2026-007');
    expect(liveNumber('L-2026-007')).toBe(7);
    expect(liveNumber('V-2026-007')).toBeUndefined();
  });
});

describe('the link', () => {
  it('goes out a quarter of an hour before, or in the last permitted slot', () => {
    expect(linkAt(liveDraft(), city.sending)).toEqual(parisMoment('2026-11-26', '18:45'));
    const sunday = liveDraft({ at: '2026-11-29T20:30', until: '2026-11-29T12:00' });
    expect(linkAt(sunday, city.sending)).toEqual(parisMoment('2026-11-28', '19:00'));
    expect(linkAt(sunday, city.sending, parisMoment('2026-11-28', '19:01'))).toBeUndefined();
  });

  it('is in the reply from then on, and where none goes out', () => {
    const live = liveUnderTest();
    expect(isNear(live, city.sending, parisMoment('2026-11-26', '18:42'))).toBe(false);
    expect(isNear(live, city.sending, parisMoment('2026-11-26', '18:43'))).toBe(true);
    expect(isNear({ ...live, state: 'started' }, city.sending, NOW)).toBe(true);
  });
});

it('answers are promised for the next day on which the city writes', () => {
  expect(answeredBy(liveDraft(), city.sending)).toBe('2026-11-27');
  expect(answeredBy(liveDraft({ at: '2026-11-28T11:00' }), city.sending)).toBe('2026-11-30');
  expect(answeredBy(liveDraft({ answers: '2026-12-01' }), city.sending)).toBe('2026-12-01');
});

describe('what is wrong with one', () => {
  it('is nothing where all is well', () => {
    expect(rules()).toEqual([]);
  });

  it.each<[string, string, Partial<Parameters<typeof liveDraft>[0]>]>([
    ['unknown-year', 'a year without known holidays', { at: '2099-11-26T19:00', until: '2099-11-26T12:00' }],
    ['past', 'a day that is over', { at: '2026-11-22T19:00', until: '2026-11-22T12:00' }],
    ['closes-late', 'questions after it has begun', { until: '2026-11-26T19:01' }],
    ['link-moved', 'a Sunday evening', { at: '2026-11-29T20:30', until: '2026-11-29T12:00' }],
    ['answers-early', 'answers before it', { answers: '2026-11-25' }],
    ['answers-quiet', 'answers on a Sunday', { answers: '2026-11-29' }],
    ['command', 'a command as its keyword', { keyword: 'STOP' }],
    ['command', 'a command of another language as its keyword', { keyword: 'AYUDA' }],
    ['command', 'the word for visits as its keyword', { keyword: 'VISITE' }],
    ['common', 'what everybody answers as its keyword', { keyword: 'OUI' }],
    ['common', 'a number as its keyword', { keyword: '12' }],
    ['taken', 'the keyword of a list', { keyword: 'CHENE' }],
    ['no-french', 'no French', { subject: { tr: 'x' } }],
    ['unknown-language', 'a language that the service has not', { subject: { fr: 'x', de: 'y' } }],
    ['subject-too-long', 'a long subject', { subject: { fr: 'x'.repeat(41) } }],
    ['invitation-too-long', 'a long invitation', { opening: { fr: 'x'.repeat(160) } }],
  ])('%s: %s', (rule, _what, more) => {
    expect(rules(more)).toContain(rule);
  });

  it('is that nothing can go out any more', () => {
    const sunday = { at: '2026-11-29T20:30', until: '2026-11-29T12:00' };
    expect(rules(sunday, { ...around, now: parisMoment('2026-11-29', '09:00') })).toEqual(['no-link']);
    expect(rules({}, { ...around, now: parisMoment('2026-11-26', '13:00') })).toEqual(['closed']);
  });

  it('is the keyword of another that is open', () => {
    const other = liveUnderTest({ id: 'L-2026-002', number: 2 });
    expect(rules({}, { ...around, lives: [other] })).toEqual(['taken']);
    expect(rules({}, { ...around, lives: [{ ...other, state: 'ended' }] })).toEqual([]);
  });

  it('is told in one message with every fault', () => {
    expect(() => liveDraft({ at: '2027-02-30T19:00' })).toThrow('no such day');
    expect(() => liveDraft({ at: '2028-02-29T19:00' })).not.toThrow();
    expect(() => readLive({ subject: {}, at: 'demain', keyword: 'été' }, 'x')).toThrow(
      /at[\s\S]*link[\s\S]*keyword/,
    );
  });
});
