/** What a resident has done with a live, as it is kept: one of each a person and question, whatever is repeated. */
import * as z from 'zod';

/**
 * - `ask` a question, by its running number; `name` the first name that may be said with it, none takes it away
 * - `vote` for a question, `unvote` takes it back; `follow` the link is wanted, `leave` it is not
 * - `useful` whether the answer was of use
 */
export const LiveDone = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('ask'), question: z.int().min(1), text: z.string() }),
  z.strictObject({ do: z.literal('name'), question: z.int().min(1), name: z.string().optional() }),
  z.strictObject({ do: z.enum(['vote', 'unvote']), question: z.int().min(1) }),
  z.strictObject({ do: z.enum(['follow', 'leave']) }),
  z.strictObject({ do: z.literal('useful'), question: z.int().min(1), useful: z.boolean() }),
]);
export type LiveDone = z.infer<typeof LiveDone>;
