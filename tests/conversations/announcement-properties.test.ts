/** Whatever a handful of people do in whatever order: nothing goes out that others have not approved as it is. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Announcement, AnnouncementKind } from '../../conversations/announcement.ts';
import {
  type Acted,
  approve,
  begin,
  cancel,
  change,
  finish,
  pause,
  resume,
  schedule,
} from '../../conversations/announcement-acts.ts';
import { HOUR, inParis, nextPermitted } from '../../conversations/hours.ts';
import { aroundAt, draftOf, made } from '../support/announcements.ts';

const START = new Date('2026-11-23T09:00:00.000Z');
const people = ['agent@exemple', 'chef@exemple', 'collegue@exemple', 'directrice@exemple'];

type Step = { act: string; by: string; hours: number; text: number };
const step: fc.Arbitrary<Step> = fc.record({
  // Those that lead on come more often, or most runs would end at once.
  act: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('approve', 'schedule', 'begin') },
    { weight: 3, arbitrary: fc.constantFrom('pause', 'resume') },
    { weight: 1, arbitrary: fc.constantFrom('change', 'cancel', 'finish') },
  ),
  by: fc.constantFrom(...people),
  hours: fc.integer({ min: 0, max: 30 }),
  text: fc.integer({ min: 0, max: 3 }),
});

function taken(announcement: Announcement, { act, by, text }: Step, now: Date): Acted {
  const around = aroundAt(now);
  const { kind, reason } = announcement;
  const texts = { fr: `Clichy: visite numero ${text}` };
  switch (act) {
    case 'approve':
      return approve(announcement, { by, now }, around);
    case 'schedule':
      return schedule(announcement, { by, now }, around);
    case 'begin':
      return begin(announcement, { by, now });
    case 'change':
      return change(announcement, draftOf({ kind, texts, ...(reason !== undefined && { reason }) }), {
        by,
        now,
      });
    case 'pause':
      return pause(announcement);
    case 'resume':
      return resume(announcement, { by, now }, around);
    case 'cancel':
      return cancel(announcement);
    default:
      return finish(announcement);
  }
}

it('whatever is done, and by whom', () => {
  let begun = 0;
  fc.assert(
    fc.property(
      fc.constantFrom<AnnouncementKind>('info', 'urgent'),
      fc.array(step, { minLength: 10, maxLength: 40 }),
      (kind, steps) => {
        let announcement = made({ kind, ...(kind === 'urgent' && { reason: 'crue' }) });
        const wrote = new Set([announcement.author]);
        let now = START;
        for (const each of steps) {
          now = new Date(now.getTime() + each.hours * HOUR);
          const before = announcement;
          const acted = taken(announcement, each, now);
          if ('refused' in acted) {
            expect(acted.refused).not.toBe('');
            continue;
          }
          announcement = acted.announcement;
          if (each.act === 'change') wrote.add(each.by);
          // Once it has begun its text is for ever, and once it is over so is everything.
          if (before.started) expect(announcement.texts).toEqual(before.texts);
          expect(['done', 'cancelled']).not.toContain(before.state);
          if (!['scheduled', 'running', 'paused', 'done'].includes(announcement.state)) continue;
          const signed = new Set(announcement.approvals.map(({ by }) => by));
          expect(signed.size).toBeGreaterThanOrEqual(kind === 'urgent' ? 2 : 1);
          for (const by of signed) expect(wrote).not.toContain(by);
          const begins = new Date(announcement.begins as string);
          if (kind !== 'urgent')
            expect(inParis(nextPermitted(begins, aroundAt(now).city.sending))).toEqual(inParis(begins));
          if (announcement.started) {
            begun += 1;
            expect(announcement.started >= (announcement.begins as string)).toBe(true);
          }
        }
      },
    ),
    { numRuns: 2000, seed: 7 },
  );
  // The runs do get there.
  expect(begun).toBeGreaterThan(200);
});
