/**
 * Buttons and lists as Twilio's content resources: what one must look like, whether WhatsApp can carry it at all, and
 * making each once. What cannot be one goes out as numbered text, which every channel carries.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Choice, Offer } from '../../conversations/events.ts';
import { postJson, type TwilioAccount } from './twilio-api.ts';

/** WhatsApp's limits (channel-limits.json), in UTF-16 units: never more than it counts. */
const MOST = {
  body: 1024,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  items: 10,
  itemTitle: 24,
  itemId: 200,
  /** From memory in the table; all our own are shorter. */
  menu: 20,
};
/** `{{1}}` would be filled in by Twilio. */
const VARIABLE = /\{\{/;
/** A title is one line. */
const BREAK = /[\r\n\t]/;

type QuickReply = { body: string; actions: { type: 'QUICK_REPLY'; title: string; id: string }[] };
type ListPicker = { body: string; button: string; items: { id: string; item: string }[] };
type Types = { 'twilio/quick-reply': QuickReply } | { 'twilio/list-picker': ListPicker };

/** The body of `POST /v1/Content` (twilio_content_v1.json, ContentCreateRequest). */
export interface ContentRequest {
  friendly_name: string;
  language: string;
  variables: Record<string, string>;
  types: Types;
}

/** Where the ids of resources are kept, by hash. */
export interface Contents {
  get(hash: string): Promise<string | undefined>;
  put(hash: string, sid: string): Promise<void>;
}

/**
 * The content resource of an offer, and the hash that it is kept under; undefined where numbered text must do. The
 * hash is over what the resident sees: the language is a label of the resource, and whoever sends does not know it.
 */
export function contentOf(
  offer: Offer,
  language: string,
): { hash: string; request: ContentRequest } | undefined {
  const types = typesOf(offer);
  if (!types) return undefined;
  const hash = createHash('sha256').update(JSON.stringify(types)).digest('hex');
  return { hash, request: { friendly_name: `pv-${hash.slice(0, 24)}`, language, variables: {}, types } };
}

function typesOf({ text, choices, menu }: Offer): Types | undefined {
  const body = text.trim();
  if (body === '' || body.length > MOST.body || VARIABLE.test(body)) return undefined;
  if (areTitles(choices, MOST.buttons, MOST.buttonTitle, MOST.buttonId)) {
    const actions = choices.map(({ id, label }) => ({
      type: 'QUICK_REPLY' as const,
      title: label.trim(),
      id,
    }));
    return { 'twilio/quick-reply': { body, actions } };
  }
  const button = menu?.trim() ?? '';
  if (button === '' || button.length > MOST.menu || VARIABLE.test(button)) return undefined;
  if (!areTitles(choices, MOST.items, MOST.itemTitle, MOST.itemId)) return undefined;
  const items = choices.map(({ id, label }) => ({ id, item: label.trim() }));
  return { 'twilio/list-picker': { body, button, items } };
}

/** Two titles that read the same are refused, and could not be told apart. */
function areTitles(choices: Choice[], most: number, longest: number, longestId: number): boolean {
  const titles = choices.map(({ label }) => label.trim());
  const isTitle = (title: string): boolean =>
    title !== '' && title.length <= longest && !VARIABLE.test(title) && !BREAK.test(title);
  const areIds = choices.every(({ id }) => id !== '' && id.length <= longestId && !VARIABLE.test(id));
  const areDistinct =
    new Set(titles).size === titles.length && new Set(choices.map(({ id }) => id)).size === choices.length;
  return choices.length > 0 && choices.length <= most && titles.every(isTitle) && areIds && areDistinct;
}

const Created = z.object({ sid: z.string().regex(/^HX[0-9a-fA-F]{32}$/) });

/**
 * Its id, of an old resource or a new one; undefined where there is none and none could be made. `stale` is one that
 * Twilio no longer knows: deleted there, or of another account.
 */
export type EnsureContent = (offer: Offer, language: string, stale?: string) => Promise<string | undefined>;

/** `url` is `https://content.twilio.com`, or the stand-in's. */
export function createContentMaker(account: TwilioAccount, url: string, contents: Contents): EnsureContent {
  return async (offer, language, stale) => {
    const content = contentOf(offer, language);
    if (!content) return undefined;
    try {
      const known = await contents.get(content.hash);
      if (known && known !== stale) return known;
      const answer = await postJson(account, `${url}/v1/Content`, content.request);
      if (answer.statusCode !== 201 && answer.statusCode !== 200) return undefined;
      const { sid } = Created.parse(JSON.parse(answer.body));
      await contents.put(content.hash, sid);
      return sid;
    } catch {
      // Numbered text is as good an answer, and a resource that was made and not kept is made again.
      return undefined;
    }
  };
}
