/** Announcements in the words of the console. */
import type {
  Announcement,
  AnnouncementKind,
  AnnouncementState,
} from '../../../conversations/announcement.ts';
import { isOfFew } from '../../../conversations/audience.ts';
import { FEW } from '../../../conversations/small-counts.ts';
import type { Tone } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import { counted, euros, figure } from '../said.ts';

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

/** "6 personnes, 6 messages, 0,48 €"; few of few are not told. */
export const estimateText = ({ estimate, audience }: Pick<Announcement, 'estimate' | 'audience'>): string =>
  estimate === undefined
    ? ''
    : isOfFew(estimate.people, audience)
      ? `moins de ${FEW} personnes`
      : [
          counted(estimate.people, 'personne', 'personnes'),
          counted(estimate.parts, 'message', 'messages'),
          euros(estimate.euros),
          ...(estimate.unpriced > 0 ? [`dont ${figure(estimate.unpriced)} sans prix`] : []),
        ].join(', ');

const DID: Record<string, string> = {
  nouvelle: 'écrite',
  proposer: 'proposée à la validation',
  retirer: 'retirée',
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
