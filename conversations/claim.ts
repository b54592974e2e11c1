/** What a turn asks of the store because others want it too, and what it is granted. */
import * as z from 'zod';

/**
 * What only the store can decide: the next number of a series (`question` Q-77, `subject` P-12, `request` D-0532), places
 * on a visit (0 gives them back, none only looks). Asked again for the same message it is decided as before.
 */
export const Claim = z.discriminatedUnion('for', [
  z.strictObject({ for: z.literal('number'), series: z.enum(['question', 'subject', 'request']) }),
  z.strictObject({ for: z.literal('seat'), visit: z.string(), people: z.int().min(0).optional() }),
]);
export type Claim = z.infer<typeof Claim>;

/**
 * What the store has decided for a turn because others want it too: a running number, a seat. The turn asks for it
 * (effect `ask`), and is taken again with it.
 */
export const Granted = z.strictObject({
  /** Of the series that was asked for, from 1. */
  number: z.int().min(1).optional(),
  /**
   * On a visit: `coming` has a place, `waiting` is on the waiting list with so many parties `ahead`. `none`: the visit
   * takes nobody any more. `code` is what is shown or said at the meeting point, `V-318`.
   */
  seat: z
    .strictObject({
      state: z.enum(['coming', 'waiting', 'none']),
      code: z.string().optional(),
      ahead: z.int().min(0).optional(),
      /** Those whom a place is kept for, which may be fewer than were asked for. */
      people: z.int().min(1).optional(),
    })
    .optional(),
});
export type Granted = z.infer<typeof Granted>;
