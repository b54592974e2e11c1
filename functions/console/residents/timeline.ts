/** What is kept of a resident, as staff read it: one row a thing, newest first. What they wrote stays as they wrote it. */
import type { World } from '../../../conversations/moment.ts';
import { local } from '../../../conversations/phrase.ts';
import type { Held } from '../../runtime/held.ts';
import type { Item } from '../../store/db.ts';

export interface Row {
  /** ISO; '' where no time is kept. */
  at: string;
  what: string;
  /** Their own words, in the language that they wrote in. */
  words?: string;
  language?: string;
}

export const CONSENTS: Record<string, string> = {
  given: 'Accord donné',
  stopped: 'STOP',
  resumed: 'Reprise après STOP',
  muted: 'Un genre de message arrêté',
  unmuted: 'Un genre de message repris',
};
const KEPT: Record<string, string> = {
  'after-stop': 'Message reçu après STOP',
  request: 'Demande',
  alarm: 'Message de détresse',
  place: 'Lieu envoyé',
  relieved: 'Message pendant une conversation avec un agent',
};
const CALLS: Record<string, string> = {
  asked: 'Rappel demandé',
  language: 'Rappel demandé dans une langue que nous n’écrivons pas',
  voice: 'Rappel demandé dans une langue parlée',
  silence: 'Rappel à faire : plus de réponse depuis la relance',
};
const MEDIA: Record<string, string> = {
  photo: 'Photo',
  voice: 'Message vocal',
  video: 'Vidéo',
  document: 'Document',
  sticker: 'Autocollant',
};
const STATES: Record<string, string> = {
  planned: 'Message prêt à partir',
  unknown: 'Message peut-être parti',
  accepted: 'Message remis à l’opérateur',
  sent: 'Message parti',
  failed: 'Message non remis',
  delivered: 'Message reçu sur le téléphone',
  read: 'Message lu',
};
const RAISED: Record<string, string> = {
  subject: 'Sujet à voir en visite',
  question: 'Question sur une visite',
  request: 'Demande faite en visite',
};
const RSVPS: Record<string, string> = {
  yes: 'vient à la visite',
  waiting: 'sur la liste d’attente de la visite',
  no: 'ne vient pas à la visite',
};
const ENDS: Record<string, string> = {
  open: 'en cours',
  done: 'terminé',
  expired: 'laissé en route',
  stopped: 'arrêté par STOP',
  declined: 'refusé',
};

const text = (value: unknown): string => (value === undefined ? '' : String(value));
const said = (item: Item): Pick<Row, 'words' | 'language'> => ({
  ...(item.text !== undefined && { words: text(item.text) }),
  ...(item.language !== undefined && { language: text(item.language) }),
});

/** By how the sort key begins; what is not here has its own place on the page, or no time. */
const READ: Record<string, (item: Item, rest: string[]) => Omit<Row, 'at'>> = {
  kept: (item) => ({ what: KEPT[text(item.why)] ?? 'Message à lire', ...said(item) }),
  call: (item) => ({ what: CALLS[text(item.why)] ?? 'Rappel demandé' }),
  delivery: (item) => ({
    what: `${STATES[text(item.state)] ?? 'Message'} (${text(item.channel)}${item.code ? `, code ${text(item.code)}` : ''})`,
  }),
  media: (item) => ({
    what: `${MEDIA[text(item.kind)] ?? 'Fichier'}${item.refused === undefined ? '' : ', non gardé'}`,
  }),
  rsvp: (item, [visit = '']) => ({
    what: `${RSVPS[text(item.answer)] ?? 'a répondu à la visite'} n° ${visit}`,
  }),
  raised: (item) => ({ what: `${RAISED[text(item.kind)] ?? 'Noté'} n° ${text(item.number)}`, ...said(item) }),
  question: (item, [live = '']) => ({ what: `Question pour le direct n° ${live}`, ...said(item) }),
  consent: (item) => ({ what: CONSENTS[text(item.kind)] ?? 'Accord' }),
};

function rowOf(item: Item): Row[] {
  const [kind = '', ...rest] = text(item.sk).split('#');
  const read = READ[kind];
  return read ? [{ at: text(item.at), ...read(item, rest) }] : [];
}

const topicOf = ({ surveys }: World, key: string): string => {
  const survey = surveys.latest(key);
  return survey ? local(survey.topic, 'fr') : key;
};

/** That there are answers is shown, never what they are: those are read in the results. */
function sheetsOf(world: World, { session, sheets, cut }: Held): Row[] {
  const { survey: open } = session;
  return [
    ...sheets
      .filter(({ survey }) => survey !== open?.key)
      .map(({ survey, started, ended, end }) => ({
        at: ended ?? started,
        what: `Sondage « ${topicOf(world, survey)} » : ${ENDS[end] ?? end}`,
      })),
    ...(open ? [{ at: open.last, what: `Sondage « ${topicOf(world, open.key)} » : en cours` }] : []),
    ...cut.map((survey) => ({
      at: session.ended[survey]?.at ?? '',
      what: `Sondage anonyme « ${topicOf(world, survey)} » : a participé, ses réponses ne sont plus à personne`,
    })),
  ];
}

export const timelineOf = (world: World, held: Held): Row[] =>
  [...held.kept.flatMap(rowOf), ...sheetsOf(world, held)].sort((a, b) =>
    a.at < b.at ? 1 : a.at > b.at ? -1 : 0,
  );
