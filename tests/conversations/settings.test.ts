/** A log of changes over a city's file: the whole always stands, whatever the file became. */
import { describe, expect, it } from 'vitest';
import type { City } from '../../conversations/city.ts';
import {
  type Change,
  type Entry,
  loosens,
  type Numbered,
  noSettings,
  replacing,
  settingsOf,
  undoing,
} from '../../conversations/settings.ts';
import { localWorld } from '../../infra/local/city.ts';

const base = localWorld().city;
const TODAY = '2026-11-23';
const AT = '2026-11-23T09:00:00.000Z';
const logged = (...entries: Entry[]): Numbered[] =>
  entries.map((entry, index) => ({ ...entry, number: index + 1 }));
const changed = (change: Change, by = 'a'): Entry => ({ kind: 'changed', change, by, at: AT });
const proposed = (change: Change, by = 'a'): Entry => ({ kind: 'proposed', change, by, at: AT });
const made = (entries: Numbered[], file: City = base) => settingsOf(file, entries, entries.length);
const election = (day: string): Change => ({ setting: 'elections', from: null, to: day });

describe('changes over the file', () => {
  it('go on counting where the file has new things', () => {
    const entries = logged(
      changed(election('2027-03-14')),
      changed({ setting: 'dailyEuros', from: null, to: 150 }),
    );
    const later = { ...base, elections: ['2027-06-06'], limits: { ...base.limits, pushesPerWeek: 1 } };
    const { city, unfit } = made(entries, later);
    expect(city.elections).toEqual(['2027-06-06', '2027-03-14']);
    expect([city.limits.dailyEuros, city.limits.pushesPerWeek, unfit]).toEqual([150, 1, []]);
  });
  it('that no longer fit the file are left out, the others stand', () => {
    const quartier: Change = {
      setting: 'quartier',
      id: 'temple',
      from: null,
      to: { name: 'Le Temple', keywords: ['TEMPLE'] },
    };
    const wrong: Change = { setting: 'pushesPerWeek', from: null, to: 70 };
    const entries = logged(changed(quartier), changed(wrong), changed(election('2027-03-14')));
    const later = { ...base, quartiers: base.quartiers.filter(({ id }) => id !== 'temple') };
    const { city, unfit } = made(entries, later);
    expect(unfit).toEqual([quartier, wrong]);
    expect(city.elections).toEqual(['2027-03-14']);
    expect(city.limits.pushesPerWeek).toBe(base.limits.pushesPerWeek);
  });
  it('put on twice stand once, in whatever order their fields are', () => {
    const price = { channel: 'sms', euros: 0.07, from: '2027-01-01', source: 'x' } as const;
    const again = { source: 'x', from: '2027-01-01', euros: 0.07, channel: 'sms' };
    const on = (to: Change['to']): Entry => changed({ setting: 'prices', from: null, to });
    expect(made(logged(on(price), on(again))).city.prices).toHaveLength(1);
    const off = changed({ setting: 'prices', from: again, to: null });
    expect(made(logged(on(price), off)).city.prices).toEqual([]);
  });
});

describe('a proposal', () => {
  const more: Change = { setting: 'dailyEuros', from: null, to: 900 };
  it('counts once another has approved it, whoever wrote the line', () => {
    const approved = (by: string): Entry => ({ kind: 'approved', of: 1, by, at: AT });
    expect(made(logged(proposed(more))).pending).toHaveLength(1);
    expect(made(logged(proposed(more), approved('a'))).city.limits.dailyEuros).toBe(300);
    const { city, pending } = made(logged(proposed(more), approved('b')));
    expect([city.limits.dailyEuros, pending]).toEqual([900, []]);
  });
  it('loosens where it lets more go, also back to the file', () => {
    const less = made(logged(changed({ setting: 'dailyEuros', from: null, to: 100 })));
    expect(loosens(less, { setting: 'dailyEuros', from: 100, to: null }, base, TODAY)).toBe(true);
    expect(loosens(less, { setting: 'dailyEuros', from: 100, to: 50 }, base, TODAY)).toBe(false);
    expect(loosens(noSettings(base), { setting: 'strangersShare', from: null, to: 0.9 }, base, TODAY)).toBe(
      false,
    );
  });
});

describe('taking a day of vote off', () => {
  const off: Change = { setting: 'elections', from: '2027-03-14', to: null };
  it('loosens while it lies ahead, noting one never does', () => {
    const settings = made(logged(changed(election('2027-03-14'))));
    expect(loosens(settings, off, base, '2027-03-14')).toBe(true);
    expect(loosens(settings, off, base, '2027-03-15')).toBe(false);
    expect(loosens(settings, election('2027-03-21'), base, TODAY)).toBe(false);
  });
  it('waits whatever becomes of other days', () => {
    const entries = logged(changed(election('2027-03-14')), proposed(off), changed(election('2027-03-21')));
    expect(made(entries).pending.map(({ number }) => number)).toEqual([2]);
    const both = logged(...entries, proposed({ ...off, from: '2027-03-21' }));
    expect(made(both).pending.map(({ number }) => number)).toEqual([2, 4]);
    const again = logged(...both, changed(election('2027-03-14')));
    expect(made(again).pending.map(({ number }) => number)).toEqual([4]);
  });
});

describe('taking back', () => {
  it('leaves what came after it alone, and is done once', () => {
    const entries = logged(changed(election('2027-03-14')), changed(election('2027-03-21')));
    const settings = made(entries);
    const back = undoing(settings, entries[0] as Numbered) as Change;
    const after = made(logged(...entries, changed(back)));
    expect(after.city.elections).toEqual(['2027-03-21']);
    expect(undoing(after, entries[0] as Numbered)).toBeUndefined();
    expect(undoing(after, after.entries[2] as Numbered)).toEqual(election('2027-03-14'));
  });
  it('of a value is the one before it', () => {
    const entries = logged(
      changed(replacing(noSettings(base), base, { setting: 'phone' }, '01 99 00 11 11')),
      changed({ setting: 'phone', from: '01 99 00 11 11', to: '01 99 00 22 22' }),
    );
    expect(undoing(made(entries), entries[1] as Numbered)).toMatchObject({ to: '01 99 00 11 11' });
    expect(undoing(made(entries), entries[0] as Numbered)).toMatchObject({ to: null });
  });
});
