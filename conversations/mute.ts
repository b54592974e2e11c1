/** STOP VISITE, REPRENDRE VISITE: one kind of message stops, the others go on. */
import { type Language, languages, words } from '../locales/index.ts';
import type { Kind } from './events.ts';
import type { Moment } from './moment.ts';
import { closeSurvey } from './survey-steps.ts';
import { commandWords, lexicon, politeness } from './understand/lexicon.ts';
import { normalise, wordsOf } from './understand/normalise.ts';
import { leaveWaitingLists } from './visit-answers.ts';

const kinds = new Map<string, Kind>(
  languages.flatMap((language) =>
    (Object.entries(words[language].kinds) as [Kind, string[]][]).flatMap(([kind, list]) =>
      list.map((word): [string, Kind] => [normalise(word), kind]),
    ),
  ),
);

/** No such message is longer. */
const MOST_WORDS = 6;

/** The kind that a message stops or brings back; undefined where it says anything else beside it. */
export function readMuting(text: string, language: string): { kind: Kind; mute: boolean } | undefined {
  const said = wordsOf(normalise(text)).filter((word) => !politeness.has(word));
  if (said.length < 2 || said.length > MOST_WORDS) return undefined;
  const [first = '', ...rest] = said;
  const last = said.at(-1) as string;
  // "STOP les visites"; an ordinary word that stops only with nothing between ("arrêter les visites" is an answer).
  const bare = first === 'stop' ? rest.filter((word) => !lexicon(language).filler.has(word)) : rest;
  return meant(first, bare, language) ?? meant(last, said.slice(0, -1), language);
}

function meant(word: string, about: string[], language: string): { kind: Kind; mute: boolean } | undefined {
  const spoken = (owner: Language): boolean => owner === language || owner === 'fr' || owner === 'en';
  const entry = commandWords
    .get(word)
    ?.find(({ command, language: owner }) => (command === 'stop' || command === 'resume') && spoken(owner));
  const kind = entry && kinds.get(about.join(' '));
  return kind && { kind, mute: entry.command === 'stop' };
}

/** The exact text is the proof of it, as with STOP. */
export function mute(moment: Moment, kind: Kind): void {
  const { muted = [] } = moment.session;
  moment.set({ muted: [...new Set([...muted, kind])], aside: undefined });
  if (kind === 'survey') closeSurvey(moment, 'stopped');
  if (kind === 'visit') leaveWaitingLists(moment);
  if (kind === 'live') moment.set({ live: undefined });
  const text = moment.phrase('mute.done', said(moment, kind));
  moment.do({ type: 'mute', kind, text, version: moment.city.consentVersion });
  moment.say(text);
}

export function unmute(moment: Moment, kind: Kind): void {
  const left = (moment.session.muted ?? []).filter((each) => each !== kind);
  moment.set({ muted: left.length > 0 ? left : undefined, aside: undefined });
  const text = moment.phrase('mute.undone', said(moment, kind));
  moment.do({ type: 'unmute', kind, text, version: moment.city.consentVersion });
  moment.say(text);
}

/** The word is French in every language, like the others that we teach. */
const said = (moment: Moment, kind: Kind) => ({
  kind: moment.phrase(`mute.${kind}`),
  word: (words.fr.kinds[kind][0] as string).toUpperCase(),
});
