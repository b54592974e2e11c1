/** Looking a message up at Meta: what the page has written to somebody, and how much of a message that is. */
import * as z from 'zod';
import type { ApiResponse } from './http-client.ts';
import type { Graph } from './messenger-graph.ts';
import { type Post, plain } from './messenger-text.ts';
import { codeName, errorIn } from './meta-errors.ts';

/** Graph's own number; more are asked for page by page. */
const PAGE = 20;
/** A hundred messages with one person since the message was due: something else is wrong. */
const MOST_PAGES = 5;

export interface Progress {
  /** How many posts of the message are out. */
  out: number;
  /** Meta's id of the last of them. */
  last?: string;
  /** Everything since then has been seen. */
  whole: boolean;
}

/** Throws where Meta could not be asked this time. */
export async function progressOf(
  graph: Graph,
  pageId: string,
  psid: string,
  posts: Post[],
  since: Date,
): Promise<Progress> {
  const { messages, whole } = await ours(graph, pageId, psid, since);
  return { ...progress(posts, messages), whole };
}

/**
 * Posts leave one after the other: the last that is found has all others before it. A picture has no words to know it
 * by, and counts only where no words of the message are out.
 */
function progress(posts: Post[], found: Ours[]): Pick<Progress, 'out' | 'last'> {
  let out = 0;
  let last: Ours | undefined;
  let from = 0;
  posts.forEach((post, index) => {
    if (!('text' in post)) return;
    const words = plain(post.text);
    const at = found.findIndex(({ text }, place) => place >= from && text === words);
    if (at < 0) return;
    from = at + 1;
    out = index + 1;
    last = found[at];
  });
  if (!last) {
    const pictures = found.filter(({ text }) => text === '');
    out = Math.min(pictures.length, posts.filter((post) => 'attachment' in post).length);
    last = pictures[out - 1];
  }
  return { out, ...(last && { last: last.id }) };
}

const Conversations = z.object({
  data: z.array(
    z.object({
      messages: z
        .object({
          data: z.array(
            z.object({
              id: z.string(),
              message: z.string().default(''),
              from: z.object({ id: z.coerce.string() }).optional(),
              created_time: z.string(),
            }),
          ),
          paging: z.object({ cursors: z.object({ after: z.string().optional() }).optional() }).optional(),
        })
        .optional(),
    }),
  ),
});
/** A message of the page's. */
interface Ours {
  id: string;
  text: string;
}

/** What the page has written to somebody since then, oldest first. `whole`: there is no more. */
async function ours(
  graph: Graph,
  pageId: string,
  psid: string,
  since: Date,
): Promise<{ messages: Ours[]; whole: boolean }> {
  // Graph's times have no milliseconds.
  const from = Math.floor(since.getTime() / 1000) * 1000;
  const messages: Ours[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const cursor = after === undefined ? '' : `.after(${after})`;
    const answer = await graph('GET', 'conversations', {
      platform: 'MESSENGER',
      user_id: psid,
      fields: `messages.limit(${PAGE})${cursor}{id,message,from,created_time}`,
    });
    const conversations = read(answer);
    // Meta may refuse to look further back: what there is has been seen.
    if (!conversations && page > 0) return { messages, whole: false };
    if (!conversations) throw new Error(`meta could not be asked for a message: ${failureOf(answer)}`);
    const found = conversations.data.flatMap((each) => each.messages?.data ?? []);
    const recent = found.filter(({ created_time: time }) => Date.parse(time) >= from);
    for (const { id, message, from: author } of recent)
      if (author?.id === pageId) messages.unshift({ id, text: plain(message) });
    after = conversations.data[0]?.messages?.paging?.cursors?.after;
    if (recent.length < found.length || found.length < PAGE || after === undefined)
      return { messages, whole: true };
  }
  return { messages, whole: false };
}

function read(answer: ApiResponse): z.infer<typeof Conversations> | undefined {
  if (answer.statusCode < 200 || answer.statusCode >= 300 || errorIn(answer)) return undefined;
  try {
    return Conversations.parse(JSON.parse(answer.body));
  } catch {
    return undefined;
  }
}

const failureOf = (answer: ApiResponse): string => {
  const error = errorIn(answer);
  return codeName(error?.code, error?.error_subcode) ?? `http-${answer.statusCode}`;
};
