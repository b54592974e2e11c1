/**
 * What can be tapped instead of typed, on channels that have buttons and lists: labels that fit, and ids that say
 * which question they answer, so that a button that is tapped a week later is never taken for another answer.
 */
import type { Offer, Place } from './events.ts';

/** Something to tap: `token` is what would be typed instead. */
export interface Tap {
  token: string;
  label: string;
}

/** How a question can be answered by tapping. */
export interface Tappable {
  choices: Tap[];
  /** Said after the question, where tapping is not all there is to it. */
  hint?: string;
  /** Each tap adds a choice or takes it away; `done` is the last one. */
  several?: true;
}

/** What a yes or a no is typed as, and what stands on its button. */
export const yesOrNo = (words: { phrase(key: 'question.yes' | 'question.no'): string }): Tap[] => [
  { token: '1', label: words.phrase('question.yes') },
  { token: '2', label: words.phrase('question.no') },
];

/** The last tap of a question with several choices. */
export const DONE = 'done';

/** What is said: as it is typed and answered everywhere, and what can be tapped where that is possible. */
export interface Asked {
  text: string;
  offer?: Offer;
  media?: string[];
  place?: Place;
}

/** What stands before a question. `dynamic`: it holds words of the resident's. */
export type Lead = string | { text: string; dynamic: true };

// channel-limits.json: WhatsApp's buttons and lists, Messenger's quick replies.
const MOST_BUTTONS = 3;
const MOST_ROWS = 10;
const BUTTON = 20;
const ROW = 24;
const BODY = 1024;

/** A scale of ten has no room for a row that passes. */
export const hasRoom = (choices: number): boolean => choices < MOST_ROWS;

interface Draft {
  channel: string;
  language: string;
  /** Which question it is, and of what; see `placeOf` in `survey-steps.ts`. */
  place: string;
  text: string;
  choices: Tap[];
  menu: string;
  dynamic?: boolean;
}

/** None where the choices cannot be told apart on buttons: then the numbers are typed. */
export function offerOf({
  channel,
  language,
  place,
  text,
  choices,
  menu,
  dynamic,
}: Draft): Offer | undefined {
  const list = choices.length > MOST_BUTTONS;
  const width = list && channel !== 'messenger' ? ROW : BUTTON;
  const labels = choices.map((tap) => fitted(capitalised(tap, language), width));
  const clear = new Set(labels).size === labels.length && labels.every(Boolean);
  if (!clear || choices.length === 0 || choices.length > MOST_ROWS || text.length > BODY) return undefined;
  return {
    text,
    choices: choices.map(({ token }, index) => ({
      id: `${place}:${token}`,
      label: labels[index] as string,
    })),
    ...(list && { menu: fitted(menu, BUTTON) }),
    ...(dynamic && { dynamic: true as const }),
  };
}

/** `square.1.frequence:3` → the place and what was tapped there; undefined where the id is no such thing. */
export function readTap(id: string): { place: string; token: string } | undefined {
  const at = id.lastIndexOf(':');
  return at > 0 ? { place: id.slice(0, at), token: id.slice(at + 1) } : undefined;
}

/** "tous les jours" → "Tous les jours", "1 pas du tout" → "1 Pas du tout". */
function capitalised({ token, label }: Tap, language: string): string {
  const number = label.startsWith(`${token} `) ? `${token} ` : '';
  const [first = '', ...rest] = label.slice(number.length);
  return `${number}${first.toLocaleUpperCase(language)}${rest.join('')}`;
}

let graphemes: Intl.Segmenter | undefined;

/** Cut between letters as their readers see them, never inside one. */
function fitted(label: string, width: number): string {
  if (label.length <= width) return label;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let kept = '';
  for (const { segment } of graphemes.segment(label)) {
    if (kept.length + segment.length >= width) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** As it is proved later: what could be read and tapped where there were buttons, else the text. */
export const proofOf = ({ text, offer }: Asked): string =>
  offer ? `${offer.text} ${offer.choices.map(({ label }) => `[${label}]`).join(' ')}` : text;

export const wordsOfLead = (lead: Lead): string => (typeof lead === 'string' ? lead : lead.text);

const sentence = (lead: string, text: string): string =>
  `${lead}${/[.!?؟۔।。！？]$/.test(lead) ? '' : '.'} ${text}`;

/** "D'abord ceci. Puis cela", with what can be tapped. */
export function led(lead: Lead, { text, offer, ...rest }: Asked): Asked {
  const words = wordsOfLead(lead);
  const dynamic = typeof lead !== 'string';
  return {
    ...rest,
    text: sentence(words, text),
    ...(offer && {
      offer: { ...offer, text: sentence(words, offer.text), ...(dynamic && { dynamic: true as const }) },
    }),
  };
}

/** The same with something behind it, for what can be tapped too. */
export const followed = ({ text, offer, ...rest }: Asked, by: string): Asked => ({
  ...rest,
  text: `${text} ${by}`,
  ...(offer && { offer: { ...offer, text: `${offer.text} ${by}` } }),
});

export const asAsked = (said: string | Asked): Asked => (typeof said === 'string' ? { text: said } : said);

/** Candidates with each lead, and at last the bare question, where they do not fit as well. */
export function withPrefix(leads: Lead[], question: string | Asked): Asked[] {
  const bare = asAsked(question);
  return [...leads.map((lead) => led(lead, bare)), bare];
}
