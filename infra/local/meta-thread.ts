/** A thread on Messenger as a phone shows it: what both sides wrote, and how far it got. */
import type { MetaLog } from './meta-log.ts';

/** One message as a phone shows it. */
export interface MetaItem {
  id: string;
  /** As the city sees it: `in` comes from the phone. */
  direction: 'in' | 'out';
  by: 'resident' | 'app' | 'person';
  text: string;
  time: string;
  replies?: { title: string; payload: string }[];
  attachment?: unknown;
  state: 'sending' | 'received' | 'failed' | 'sent' | 'delivered' | 'read';
}

/** Oldest first. */
export const threadOf = (log: MetaLog, psid: string): MetaItem[] =>
  [...log.sent.filter((each) => each.psid === psid).map(outItem), ...inItems(log, psid)]
    .sort((one, other) => one.order - other.order)
    .map(({ order: _, ...item }) => item);

type Ordered = MetaItem & { order: number };

function outItem({ mid, by, at, message, state, order }: MetaLog['sent'][number]): Ordered {
  const {
    text,
    attachment,
    quick_replies: replies,
  } = message as {
    text?: string;
    attachment?: unknown;
    quick_replies?: { title: string; payload: string }[];
  };
  return {
    id: mid,
    direction: 'out',
    by,
    text: text ?? '',
    time: at,
    ...(replies && { replies: replies.map(({ title, payload }) => ({ title, payload })) }),
    ...(attachment !== undefined && { attachment }),
    state,
    order,
  };
}

/** Without those that were taken back. */
function inItems(log: MetaLog, psid: string): Ordered[] {
  const own = log.events.filter((each) => each.psid === psid);
  const gone = new Set(
    own
      .map(({ event }) => (event.message as { mid?: string; is_deleted?: true } | undefined) ?? {})
      .filter(({ is_deleted: deleted }) => deleted)
      .map(({ mid }) => mid),
  );
  return own.flatMap(({ event, byResident, at, taken, order }) => {
    const said = (event.message ?? event.postback) as
      | { mid: string; text?: string; title?: string; attachments?: unknown[] }
      | undefined;
    if (!byResident || !said || gone.has(said.mid)) return [];
    const state = taken === undefined ? 'sending' : taken ? 'received' : 'failed';
    const text = said.text ?? said.title ?? '';
    const attachment = said.attachments?.[0];
    const item = { id: said.mid, direction: 'in', by: 'resident', text, time: at, state, order } as const;
    return [{ ...item, ...(attachment !== undefined && { attachment }) }];
  });
}
