/**
 * Sending on Messenger through Meta's Graph API, inside the 24 hours only: `messaging_type: RESPONSE`, no tags
 * (channels.md 0.3). A long message is several posts; owns that none of them goes out twice.
 *
 * When a later post fails, the message is half out. Then `send` says `unknown` for what would be sent again by itself,
 * so that it is looked up first; `find` looks how many posts are out, says `none` while any is missing, and the next
 * `send` of the same delivery in this process goes on behind them.
 */
import { type Address, channelOf, nameIn, type Outgoing, type Sender, type SendOutcome } from './channel.ts';
import type { ApiResponse } from './http-client.ts';
import { INBOX_APPS } from './messenger-events.ts';
import { progressOf } from './messenger-find.ts';
import { graphOf, type MessengerOptions } from './messenger-graph.ts';
import { type Post, postsOf } from './messenger-text.ts';
import { errorIn, outcomeOf } from './meta-errors.ts';

/** Half-sent messages remembered at one time; one is asked about again within minutes. */
const MOST_HALF_SENT = 1_000;
/** The connection was never made, so nothing can have gone out; other failures of the network prove nothing. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const AFTER_NETWORK = 30;
const PSID = /^[^\s:\p{C}]{1,64}$/u;

export interface Messenger extends Sender {
  /** Hands the conversation to a person, in the page's own inbox. True where Meta did it. */
  passThread(psid: string): Promise<boolean>;
  /** Shows that an answer is being written. Best effort. */
  typing(psid: string): Promise<boolean>;
}

export function createMessenger(options: MessengerOptions): Messenger {
  const graph = graphOf(options);
  const halfSent = new Map<string, number>();
  const keep = (key: string, posts: number): void => {
    halfSent.delete(key);
    halfSent.set(key, posts);
    const oldest = halfSent.keys().next().value;
    if (halfSent.size > MOST_HALF_SENT && oldest !== undefined) halfSent.delete(oldest);
  };

  const done = async (edge: string, body: Record<string, unknown>): Promise<boolean> => {
    try {
      const answer = await graph('POST', edge, body);
      return answer.statusCode >= 200 && answer.statusCode < 300 && !errorIn(answer);
    } catch {
      return false;
    }
  };

  return {
    provider: 'meta',

    async send(message) {
      if (!isPsid(message.to)) return { kind: 'rejected', code: 'not-a-psid', cause: 'bug' };
      const posts = postsOf(message);
      if (posts.length === 0) return { kind: 'rejected', code: 'empty', cause: 'bug' };
      const key = keyOf(message);
      const first = halfSent.get(key) ?? 0;
      let outcome: SendOutcome = { kind: 'unknown', cause: 'nothing-left' };
      for (let index = first; index < posts.length; index += 1) {
        const body = bodyOf(message, posts[index] as Post, index, posts.length);
        outcome = await attempt(() => graph('POST', 'messages', body));
        if (outcome.kind !== 'accepted') {
          // A picture that Meta cannot fetch or does not take: the words go all the same.
          if (index + 1 < posts.length && isPicture(posts[index]) && isAboutContent(outcome)) continue;
          return index === 0 ? outcome : halfWay(outcome);
        }
        // The last one ends it: what is asked again after that is looked up.
        if (index + 1 < posts.length) keep(key, index + 1);
        else halfSent.delete(key);
      }
      return outcome;
    },

    async find(message, since) {
      if (!isPsid(message.to)) return 'none';
      const posts = postsOf(message);
      const { out, last, whole } = await progressOf(graph, options.pageId, nameIn(message.to), posts, since);
      if (out === posts.length && last) {
        halfSent.delete(keyOf(message));
        return { id: last };
      }
      if (!whole) return 'cannot';
      const most = Math.max(out, halfSent.get(keyOf(message)) ?? 0);
      if (most > 0) keep(keyOf(message), most);
      return 'none';
    },

    passThread: (psid) =>
      done('pass_thread_control', { recipient: { id: psid }, target_app_id: INBOX_APPS[0] }),
    typing: (psid) => done('messages', { recipient: { id: psid }, sender_action: 'typing_on' }),
  };
}

const isPsid = (to: Address): boolean => channelOf(to) === 'messenger' && PSID.test(nameIn(to));
const keyOf = ({ to, delivery }: Outgoing): string => `${to} ${delivery}`;

const isPicture = (post: Post | undefined): boolean => post !== undefined && 'attachment' in post;
const isAboutContent = (outcome: SendOutcome): boolean =>
  outcome.kind === 'rejected' && (outcome.cause === 'content' || outcome.cause === 'bug');

/** Only the last post carries our id as it is: its echo says that the whole message is out. */
function bodyOf({ to, delivery }: Outgoing, post: Post, index: number, of: number): Record<string, unknown> {
  const metadata = index + 1 === of ? delivery : `${delivery}#${index + 1}/${of}`;
  return {
    recipient: { id: nameIn(to) },
    messaging_type: 'RESPONSE',
    message: { ...post, metadata },
  };
}

/** "Safe to send again" and "it did not go out" are not true of a message whose first half is read already. */
function halfWay(outcome: SendOutcome): SendOutcome {
  if (outcome.kind === 'throttled') return { kind: 'unknown', cause: `part-${outcome.code ?? 'throttled'}` };
  if (outcome.kind === 'rejected' && outcome.cause === 'transient')
    return { kind: 'unknown', cause: `part-${outcome.code}` };
  return outcome;
}

async function attempt(ask: () => Promise<ApiResponse>): Promise<SendOutcome> {
  try {
    return outcomeOf(await ask());
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (code && NOT_SENT.has(code)) return { kind: 'throttled', after: AFTER_NETWORK, code };
    return { kind: 'unknown', cause: /in time/.test(message ?? '') ? 'timeout' : 'network' };
  }
}
