/** Lives in a dialogue: what the city says first about them, and what residents do with them. */
import type { Event } from '../../conversations/events.ts';
import { EMPTY } from '../../conversations/live-board.ts';
import type { LiveDone } from '../../conversations/live-done.ts';
import { noticeOf } from '../../conversations/live-notices.ts';
import { openingText } from '../../conversations/live-words.ts';
import type { World } from '../../conversations/moment.ts';

type Announced = Extract<Event, { type: 'announced' }>;

const ANNOUNCES =
  /^Annonce, direct (L-\d{4}-\d{3}), (invitation|lien|déplacé|annulé|réponse Q-(\d+)|refus Q-(\d+))(?:: (.*))?$/;
const ABOUT: Record<string, NonNullable<Announced['about']>> = {
  invitation: 'invitation',
  lien: 'link',
  déplacé: 'moved',
  annulé: 'cancelled',
};

/** What a line announces about a live, in the city's own words or in those behind the colon; undefined where it is none. */
export function announcedLive(
  line: string,
  { city, lives = [] }: World,
  { id, now }: { id: () => string; now: Date },
): Announced | undefined {
  const [, live, word = '', answered, refused, said] = ANNOUNCES.exec(line) ?? [];
  if (!live) return undefined;
  const found = lives.find((each) => each.live.id === live)?.live;
  if (!found) throw new Error(`il n'y a pas de direct ${live}`);
  const question = answered ?? refused;
  const about = ABOUT[word] ?? (answered ? 'answer' : 'refused');
  const text = (language: string): string => {
    if (about === 'invitation') return openingText(found, language, city);
    if (about === 'link' || about === 'moved' || about === 'cancelled')
      return noticeOf({ live: found, board: EMPTY }, { about, at: now }, language, city);
    throw new Error(`dites ce qui est répondu: ${line}: …`);
  };
  const texts = said ? [['fr', said]] : city.languages.map((language) => [language, text(language)]);
  const event = id();
  return {
    type: 'announced',
    id: event,
    announcement: `A-2026-${event.slice(-3)}`,
    kind: 'live',
    base: 'fr',
    texts: Object.fromEntries(texts),
    live,
    about,
    ...(question !== undefined && { question: Number(question) }),
  };
}

export function liveDone(live: string, does: LiveDone): string {
  switch (does.do) {
    case 'ask':
      return `· question gardée pour ${live}: Q-${does.question} « ${does.text} »`;
    case 'name':
      return `· Q-${does.question}: ${does.name === undefined ? 'sans prénom' : `prénom « ${does.name} »`}`;
    case 'vote':
      return `· vote pour Q-${does.question}`;
    case 'unvote':
      return `· vote retiré à Q-${does.question}`;
    case 'follow':
      return `· veut le lien de ${live}`;
    case 'leave':
      return `· ne veut pas le lien de ${live}`;
    case 'useful':
      return `· réponse à Q-${does.question}: ${does.useful ? 'utile' : 'pas utile'}`;
  }
}
