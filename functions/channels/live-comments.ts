/**
 * The comments under a live, from Graph: `GET /{live-video-id}/comments` with the page's token, `filter=stream` for all of
 * them (https://developers.facebook.com/docs/live-video-api/common-uses/interacting-with-viewers). Who wrote them is not
 * even asked for.
 */
import * as z from 'zod';
import type { ApiResponse } from './http-client.ts';
import { graphOf, type MessengerOptions } from './messenger-graph.ts';
import { codeName, errorIn } from './meta-errors.ts';

export interface Comment {
  id: string;
  text: string;
  /** ISO 8601. */
  at: string;
}

const PAGE = 100;
/** Graph limits paging through tens of thousands of comments; a town's live has hundreds. */
const MOST_PAGES = 100;

/** There are more than are read: the earlier ones have been given. */
export class TooMany extends Error {
  readonly most = PAGE * MOST_PAGES;
}

const Comments = z.object({
  data: z.array(z.object({ id: z.string(), message: z.string().default(''), created_time: z.string() })),
  paging: z
    .object({
      cursors: z.object({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});

/** Page by page. Throws where Meta does not give them, with its code and nothing of its words, and `TooMany`. */
export async function* commentsOf(
  video: string,
  options: Omit<MessengerOptions, 'pageId'>,
): AsyncGenerator<Comment> {
  const graph = graphOf({ ...options, pageId: video });
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await graph('GET', 'comments', {
      filter: 'stream',
      fields: 'id,message,created_time',
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    const { data, paging } = read(answer);
    for (const { id, message, created_time: time } of data)
      yield { id, text: message, at: new Date(time).toISOString() };
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
    if (after === undefined) return;
  }
  throw new TooMany();
}

function read(answer: ApiResponse): z.infer<typeof Comments> {
  const error = errorIn(answer);
  const parsed = error ? undefined : Comments.safeParse(json(answer.body));
  if (parsed?.success) return parsed.data;
  throw new Error(codeName(error?.code, error?.error_subcode) ?? `http-${answer.statusCode}`);
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
