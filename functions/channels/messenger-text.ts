/** What a message looks like on Messenger: in how many posts, with which quick replies, and how it is recognised there. */
import type { Offer, Place } from '../../conversations/events.ts';
import type { Outgoing } from './channel.ts';

/** Meta takes 2,000 characters; courier cuts at half of it, and nobody reads more in one balloon (channel-limits.json). */
const MOST_TEXT = 1000;
/** https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/quick-replies */
const MOST_REPLIES = 13;
const MOST_TITLE = 20;
const MOST_PAYLOAD = 1000;

export interface QuickReply {
  content_type: 'text';
  title: string;
  payload: string;
}
export type Post =
  | { text: string; quick_replies?: QuickReply[] }
  | { attachment: { type: string; payload: { url: string; is_reusable: true } } };

/** The posts of a message, in order: pictures first, then the text, and what can be tapped under the last of it. */
export function postsOf({ text, offer, media = [], place }: Outgoing): Post[] {
  const replies = offer && quickReplies(offer);
  // Where a button does not say it whole, the numbered text does.
  const words = replies?.every((reply, index) => reply.title === offer?.choices[index]?.label.trim())
    ? (offer as Offer).text
    : text;
  const texts: Post[] = split([words, ...(place ? [lineOf(place)] : [])].join('\n')).map((each) => ({
    text: each,
  }));
  const last = texts.at(-1);
  if (replies && last && 'text' in last) last.quick_replies = replies;
  const attachments = media.map(
    (url): Post => ({
      attachment: { type: typeOf(url), payload: { url, is_reusable: true } },
    }),
  );
  return [...attachments, ...texts];
}

/** Undefined where there are too many, or two could not be told apart: the numbers are typed. */
function quickReplies({ choices }: Offer): QuickReply[] | undefined {
  if (choices.length === 0 || choices.length > MOST_REPLIES) return undefined;
  const replies = choices.map(({ id, label }) => ({
    content_type: 'text' as const,
    title: fitted(label.trim()),
    payload: id,
  }));
  const isTitled = replies.every(({ title, payload }) => title && payload && payload.length <= MOST_PAYLOAD);
  return isTitled && new Set(replies.map(({ title }) => title)).size === replies.length ? replies : undefined;
}

let graphemes: Intl.Segmenter | undefined;
const lettersOf = (text: string): string[] => {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return [...graphemes.segment(text)].map(({ segment }) => segment);
};

/** Cut between letters as their readers see them. Counted in UTF-16 units: never more than Meta counts. */
function fitted(title: string): string {
  if (title.length <= MOST_TITLE) return title;
  let kept = '';
  for (const letter of lettersOf(title)) {
    if (kept.length + letter.length >= MOST_TITLE) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

/** Between lines where the second half of a part has such a place, else between words, else between letters. */
export function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > MOST_TEXT) {
    const head = rest.slice(0, MOST_TEXT + 1);
    const line = head.lastIndexOf('\n');
    const space = Math.max(head.lastIndexOf(' '), line);
    const end = line > MOST_TEXT / 2 ? line : space > 0 ? space : letterEnd(rest);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest ? [...parts, rest] : parts;
}

function letterEnd(text: string): number {
  let end = 0;
  for (const letter of lettersOf(text.slice(0, MOST_TEXT * 2))) {
    if (end + letter.length > MOST_TEXT) break;
    end += letter.length;
  }
  // One letter with a thousand accents is no letter.
  return end || MOST_TEXT;
}

/** Messenger has no message for a place: its name, and a link that every telephone opens as a map. */
function lineOf({ latitude, longitude, name, address }: Place): string {
  const where = [name, address].filter(Boolean).join(', ');
  const link = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`;
  return where ? `${where}\n${link}` : link;
}

const TYPES: [RegExp, string][] = [
  [/\.(mp3|m4a|aac|ogg|oga|opus|wav|amr)$/i, 'audio'],
  [/\.(mp4|mov|webm|3gp)$/i, 'video'],
  [/\.(pdf|docx?|xlsx?|odt|ods|txt|csv|ics|zip)$/i, 'file'],
];
const typeOf = (url: string): string => {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return TYPES.find(([ends]) => ends.test(path))?.[1] ?? 'image';
};

/** As two texts are compared: Meta trims, and may write a letter in another form. */
export const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
