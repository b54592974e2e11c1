/** Announcements in the words of the console. */
import type {
  Announcement,
  AnnouncementKind,
  AnnouncementState,
} from '../../../conversations/announcement.ts';
import type { Tone } from '../list.tsx';
import { ROOT } from '../navigation.ts';

export const PATH = `${ROOT}/annonces`;
export const addressOf = (id: string): string => `${PATH}/${id}`;

export const KINDS: Record<AnnouncementKind, string> = {
  info: 'Information',
  visit: 'Visite',
  live: 'Live',
  survey: 'Sondage',
  urgent: 'Urgence',
};

export const PURPOSES: Record<Announcement['purpose'], string> = {
  'public-interest': 'Mission d’intérêt public de la ville',
  consent: 'Consentement de la personne',
};

export const TONES: Record<AnnouncementState, Tone> = {
  draft: 'waits',
  approved: 'plain',
  scheduled: 'going',
  running: 'going',
  paused: 'waits',
  done: 'over',
  cancelled: 'over',
};

const DID: Record<string, string> = {
  nouvelle: 'écrite',
  modifier: 'modifiée',
  approuver: 'validée',
  programmer: 'programmée',
  suspendre: 'suspendue',
  reprendre: 'reprise',
  annuler: 'annulée',
  essai: 'essayée',
  relance: 'relance écrite',
  commencer: 'commencée',
  terminer: 'terminée',
  'retirer des envois': 'retirée des envois',
};
/** As the journal has it; "relance de A-2026-001" stays as it is. */
export const didWord = (what: string): string => DID[what] ?? what;

/** The beginning of its text, for a list. */
export function nameOf({ texts, base, id }: Pick<Announcement, 'texts' | 'base' | 'id'>): string {
  const letters = [...(texts[base] ?? texts.fr ?? Object.values(texts)[0] ?? id).replace(/\s+/g, ' ')];
  return letters.length > 90 ? `${letters.slice(0, 90).join('')}…` : letters.join('');
}
