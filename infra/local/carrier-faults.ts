/**
 * Faults on demand: what goes wrong on the line between Twilio, our functions and the phones, how often and for whom.
 * Owns the list and its reading; the carrier and its API carry them out.
 */
import * as z from 'zod';
import { phoneName } from './carrier-phone.ts';
import { type Refusal, refusal } from './refusal.ts';

const KINDS = ['late', 'duplicate', 'reordered', '429', '500', 'timeout-after-accept', 'reset'] as const;

/**
 * - `send` our call of the API; `callback` a status on its way to us; `inbound` a message on its way to us
 * - `late` it takes a while; on `send` the callbacks then come before the API's own answer
 * - `duplicate` it comes twice at once; `reordered` it comes behind the next one
 * - `429`, `500` refused on the way, `reset` cut off before anybody saw it: the carrier tries again, we must
 * - `timeout-after-accept` it was taken, and the answer is lost
 * - five digits: on `send` Twilio refuses with this code, on `callback` the message ends undelivered with it
 */
const Fault = z.strictObject({
  on: z.enum(['send', 'callback', 'inbound']),
  kind: z.enum(KINDS).or(z.string().regex(/^[1-9]\d{4}$/)),
  times: z.int().min(1).max(1_000_000).or(z.literal('always')).default(1),
  address: z.string().optional(),
});
export type Fault = z.infer<typeof Fault>;
export type Leg = Fault['on'];
export type FaultKind = Fault['kind'];

const ALLOWED =
  'une liste de {"on": send, callback ou inbound, "kind": late, duplicate, reordered, 429, 500, ' +
  'timeout-after-accept, reset ou un code de Twilio, "times": un nombre ou "always", "address": un numéro}';
/** What has no meaning there: our own call is not ours to double, and a code of a message that reached us is none. */
const NEVER: Partial<Record<Leg, (kind: string) => boolean>> = {
  send: (kind) => kind === 'duplicate' || kind === 'reordered',
  inbound: isCode,
};

export interface Faults {
  /** Replaces all there are; an empty list mends everything. */
  set(faults: unknown): Fault[] | Refusal;
  list(): Fault[];
  /** The next fault of one of these kinds for this address, used up once. */
  take(on: Leg, address: string, isKind: (kind: FaultKind) => boolean): FaultKind | undefined;
}

export function createFaults(): Faults {
  let all: Fault[] = [];
  const list = (): Fault[] => all.map((fault) => ({ ...fault }));
  return {
    list,
    set(faults) {
      const read = z.array(Fault).max(100).safeParse(faults);
      if (!read.success || read.data.some(({ on, kind }) => NEVER[on]?.(kind)))
        return refusal('Pannes illisibles', faults, ALLOWED);
      const addressed = read.data.map((fault) => ({ fault, at: addressIn(fault) }));
      if (addressed.some(({ at }) => at === null))
        return refusal('Numéro illisible (« address »)', faults, 'un numéro français, ou whatsapp:FR.…');
      all = addressed.map(({ fault, at }) => ({ ...fault, ...(at && { address: at }) }));
      return list();
    },
    take(on, address, isKind) {
      const fault = all.find((each) => each.on === on && isKind(each.kind) && concerns(each, address));
      if (!fault) return undefined;
      if (fault.times !== 'always') {
        fault.times -= 1;
        if (fault.times === 0) all = all.filter((each) => each !== fault);
      }
      return fault.kind;
    },
  };
}

/** Five digits are Twilio's own code. */
export function isCode(kind: string): boolean {
  return /^[1-9]\d{4}$/.test(kind);
}

/** Null where it cannot be one. Without a channel in front it is meant on every channel. */
function addressIn({ address }: Fault): string | undefined | null {
  if (address === undefined) return undefined;
  const [, prefix = '', name = ''] = /^(sms:|whatsapp:)?(.*)$/s.exec(address) ?? [];
  const phone = phoneName(name);
  return phone === undefined ? null : prefix + phone;
}

/** Addresses as Twilio writes them: an SMS's has no channel in front. */
const concerns = ({ address }: Fault, at: string): boolean =>
  address === undefined || [at, `sms:${at}`, at.replace(/^whatsapp:/, '')].includes(address);
