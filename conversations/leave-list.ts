/** STOP and the name of a list, or its keyword: off that list, and the others go on. Off the only one is STOP. */
import { inParis } from './hours.ts';
import type { Moment } from './moment.ts';
import { stop } from './stop.ts';
import { commandWords, lexicon, politeness } from './understand/lexicon.ts';
import { normalise, wordsOf } from './understand/normalise.ts';
import { quartierName } from './welcome.ts';

/** The list, one of theirs, that a message leaves; undefined where it says anything else. */
export function listLeft(moment: Moment, text: string): string | undefined {
  const { language, city, session } = moment;
  const [first = '', ...rest] = wordsOf(normalise(text)).filter((word) => !politeness.has(word));
  const isStop = commandWords
    .get(first)
    ?.some(({ command, language: of }) => command === 'stop' && [language, 'fr', 'en'].includes(of));
  if (!isStop || rest.length === 0) return undefined;
  const { filler } = lexicon(language);
  const bare = (words: readonly string[]): string => words.filter((word) => !filler.has(word)).join(' ');
  const wanted = bare(rest);
  return session.lists.find((id) => {
    const keywords = city.quartiers.find((each) => each.id === id)?.keywords ?? [];
    return [quartierName(moment, id), ...keywords].some((name) => bare(wordsOf(normalise(name))) === wanted);
  });
}

/** What staff keep on paper from before this day does not bring them back. */
export function leaveList(moment: Moment, list: string): void {
  const { lists, left } = moment.session;
  if (lists.length === 1) {
    stop(moment);
    return;
  }
  const quartier = quartierName(moment, list);
  moment.set({
    lists: lists.filter((each) => each !== list),
    left: { ...left, [list]: inParis(moment.now).date },
    aside: undefined,
  });
  moment.do({ type: 'unsubscribe', list });
  moment.say(moment.phrase('list.left', { quartier }));
}
