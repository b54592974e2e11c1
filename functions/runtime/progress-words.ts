/** How the progress of an announcement reads, in a terminal and on a page. */
import { FEW, shownCount, shownTable } from '../../conversations/small-counts.ts';
import type { LedgerState, Progress } from '../store/ledger.ts';
import type { Unreached } from './count-audience.ts';

const CHANNELS: Record<string, string> = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };
export const channelWord = (channel: string): string => CHANNELS[channel] ?? channel;

const STATES: Record<LedgerState, string> = {
  claimed: 'en cours',
  waiting: "attendent que l'opérateur en prenne",
  handed: 'en attente dans la file',
  held: 'retenues',
  unknown: 'sort inconnu',
  cancelled: 'retirées par une annulation',
  accepted: "prises par l'opérateur",
  sent: "envoyées par l'opérateur",
  failed: 'en échec',
  delivered: 'remises',
};

export const stateWord = (state: string): string => STATES[state as LedgerState] ?? state;

const HELD: Record<string, string> = {
  stopped: 'ont dit STOP',
  'no-consent': "n'ont pas dit oui",
  muted: 'ne veulent pas de ce genre de message',
  relieved: 'parlent avec un agent',
  told: "l'ont eue à une autre adresse",
  answered: 'ont déjà répondu',
  closed: "l'inscription ou le sondage était fermé",
  pressure: 'ont eu leur compte de messages de la semaine',
  changed: 'ne font plus partie du public',
};
export const heldWord = (why: string): string => HELD[why] ?? why;

/** By what the provider's refusal means, else by its code or a word of ours. */
const FAILED: Record<string, string> = {
  optout: "ont dit STOP chez l'opérateur",
  permanent: "numéro qui n'existe pas",
  unreachable: 'ne peuvent pas recevoir',
  transient: 'injoignables ce jour-là',
  window: 'fenêtre de 24 h passée',
  frequency: "trop de messages, dit l'opérateur",
  content: 'texte refusé',
  blocked: 'bloquées par un filtre',
  price: 'plus cher que permis',
  bug: 'refusées: prévenez qui tient le service',
  config: 'refusées: compte ou expéditeur à régler',
  'too-late': 'plus à temps',
  gone: 'effacés entre-temps',
  error: 'erreur du service',
  'no-template': 'WhatsApp, sans modèle pour après 24 h',
  'foreign-prefix': "numéro d'un pays non autorisé",
  'no-sender': "canal que rien n'achemine",
  'bad-address': 'numéro qui ne répond plus',
  'no-address': "plus d'adresse",
};
export const failedWord = (why: string): string => FAILED[why] ?? `code ${why}`;

/** Why who is in the audience would get nothing now. */
const UNREACHED: Record<Unreached, string> = {
  stopped: 'ont dit STOP',
  none: "n'ont pas dit oui",
  muted: 'ne veulent pas de ce genre de message',
  relieved: 'parlent en ce moment avec un agent',
  window: "n'ont pas écrit sur Messenger depuis 24 h",
  'no-template': 'sont sur WhatsApp, sans modèle pour après 24 h',
  'foreign-prefix': "ont un numéro d'un pays non autorisé",
  'no-sender': "sont sur un canal que rien n'achemine",
  'bad-address': 'ont un numéro qui ne répond plus',
  'no-address': "n'ont plus d'adresse",
};
export const unreachedWord = (why: Unreached): string => UNREACHED[why];

/** As staff read them: what has come first. */
export const STATE_ORDER: LedgerState[] = [
  ...(['delivered', 'sent', 'accepted', 'unknown', 'failed', 'held'] as const),
  ...(['cancelled', 'handed', 'waiting', 'claimed'] as const),
];

/** Of words above, those that another number changes. */
const SINGULAR: Record<string, string> = {
  ...{ ont: 'a', veulent: 'veut', parlent: 'parle', peuvent: 'peut', font: 'fait', sont: 'est', leur: 'son' },
  ...{ bloquées: 'bloquée', refusées: 'refusée', effacés: 'effacé', injoignables: 'injoignable' },
  ...{ retenues: 'retenue', remises: 'remise', envoyées: 'envoyée', retirées: 'retirée', prises: 'prise' },
  ...{ attendent: 'attend', prévues: 'prévue' },
};
const CHANGED = new RegExp(`(?<!\\p{L})(?:${Object.keys(SINGULAR).join('|')})(?!\\p{L})`, 'gu');

/** Words of this file behind a count: "1 a dit STOP", "2 ont dit STOP". */
export const behind = (count: number, said: string): string =>
  count < 2 ? said.replace(CHANGED, (word) => SINGULAR[word] ?? word) : said;

const counts = (of: Record<string, number>, word: (name: string) => string): string =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${word(name)}`)
    .join(', ');

/** Those of a table that may be told. */
export function toldOf(of: Record<string, number>, filters: number): Record<string, number> {
  const shown = shownTable(Object.values(of), filters - 1);
  return Object.fromEntries(Object.entries(of).filter((_, index) => typeof shown[index] === 'number'));
}

/**
 * Everyone whose turn has come is in one of the states: they add up. Of few people that `filters` leave nothing is told
 * (`small-counts.ts`).
 */
export function progressLines(
  { planned, states, held, failed, channels, marks }: Progress,
  filters: number,
): string[] {
  const some = (name: string, of: Record<string, number>, word: (each: string) => string): string[] =>
    Object.keys(of).length > 0 ? [`  ${name}: ${counts(of, word)}`] : [];
  const by = STATE_ORDER.filter((state) => states[state]).map(
    (state) => `${states[state]} ${behind(states[state] ?? 0, STATES[state])}`,
  );
  if (shownCount(planned, filters) === 'few')
    return [`avancement: moins de ${FEW} personnes, les nombres ne sont pas montrés`];
  return [
    `avancement: ${planned} ${planned > 1 ? 'personnes' : 'personne'}${by.length > 0 ? `: ${by.join(', ')}` : ''}`,
    ...some('par canal', toldOf(channels, filters), channelWord),
    ...some('échecs', failed, failedWord),
    ...some('retenues', held, heldWord),
    `  ensuite: ${marks.replied} ont écrit, ${marks.stopped} ont dit STOP${marks.done > 0 ? `, ${marks.done} ont fini le sondage` : ''}`,
  ];
}
