/** What a provider of SMS does for us, and what may come of it. */

/**
 * - `accepted` the provider has it; its fate comes by receipt
 * - `rejected` it will never go out; `code` is the provider's
 * - `throttled` not processed, try again after so many seconds
 * - `unknown` it may have gone out: look it up before sending again, for there is no idempotency key on sending
 */
export type SendOutcome =
  | { kind: 'accepted'; id: string }
  | { kind: 'rejected'; code: number }
  | { kind: 'throttled'; after: number }
  | { kind: 'unknown'; cause: string };

export interface OutgoingSms {
  /** E.164. */
  to: string;
  text: string;
  /** Where receipts go. */
  receipts: string;
  /** Seconds after which the provider gives up, so that a late SMS does not ring at night. */
  validity: number;
}

export interface SmsSender {
  send(message: OutgoingSms): Promise<SendOutcome>;
  /** The provider's id of this text to this number since then, if it has one. Throws where it cannot be asked. */
  find(message: { to: string; text: string; since: Date }): Promise<string | undefined>;
}
