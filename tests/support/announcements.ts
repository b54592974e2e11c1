/** An announcement to start from, and what surrounds it. */
import { type Draft, readDraft } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import type { AnnouncementAround } from '../../conversations/announcement-lint.ts';
import type { City } from '../../conversations/city.ts';
import { parisTime } from '../../conversations/hours.ts';
import { localWorld } from '../../infra/local/city.ts';

const { city, surveys } = localWorld();

export const draftOf = (more: Partial<Draft> = {}): Draft =>
  readDraft(
    {
      kind: 'visit',
      purpose: 'public-interest',
      texts: {
        fr: 'Ville de Clichy: visite du quartier avec Mme la Maire samedi 28 a 10h, square du Chêne Pointu',
      },
      ...more,
    },
    'under test',
  );

export const made = (more: Partial<Draft> = {}) =>
  announcementOf(draftOf(more), 'A-2026-001', 1, 'agent@exemple');

export const aroundAt = (now: Date, more: Partial<City> = {}): AnnouncementAround => ({
  city: { ...city, ...more },
  surveys: surveys.all(),
  now: parisTime(now),
});
