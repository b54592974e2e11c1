/** How announcements read in a terminal. */
import type { Announcement, AnnouncementKind, AnnouncementState } from '../../conversations/announcement.ts';
import { spoken, standingName } from '../../conversations/announcement-acts.ts';

/** What staff type for each kind. */
export const KINDS: Record<string, AnnouncementKind> = {
  info: 'info',
  visite: 'visit',
  live: 'live',
  sondage: 'survey',
  urgence: 'urgent',
};
export const PURPOSES: Record<string, Announcement['purpose']> = {
  'interet-public': 'public-interest',
  consentement: 'consent',
};

export const wordFor = <Value>(words: Record<string, Value>, value: Value): string =>
  Object.entries(words).find(([, each]) => each === value)?.[0] ?? String(value);

const WAITING: Partial<Record<AnnouncementState, string>> = {
  scheduled: 'part',
  running: 'partie',
  paused: 'départ',
};

/** "A-2026-001  visite  programmée, part mardi 24 novembre 2026 à 10:00  Ville de Clichy: …" */
export function oneLine(announcement: Announcement): string {
  const { id, kind, state, begins, texts, base } = announcement;
  const when = begins && WAITING[state] ? `, ${WAITING[state]} ${spoken(new Date(begins))}` : '';
  const text = (texts[base] ?? texts.fr ?? '').replace(/\s+/g, ' ');
  const short = [...text].length > 50 ? `${[...text].slice(0, 50).join('')}…` : text;
  return `${id}  ${wordFor(KINDS, kind)}  ${standingName(announcement)}${when}  ${short}`;
}

export const people = (count: number): string => `${count} ${count > 1 ? 'personnes' : 'personne'}`;
export const euros = (value: number, digits = 2): string =>
  `${value.toLocaleString('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: digits })} €`;
