/** How far the handset asks the clock to go: an ISO 8601 duration or an instant. Reads and refuses; moves nothing. */
import * as z from 'zod';
import { type Refusal, refusal } from './refusal.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** A day is 24 hours here: the clock is turned by an elapsed time, not to the same hour of another day. */
const UNITS = [7 * 24 * HOUR, 24 * HOUR, HOUR, 60 * SECOND, SECOND];
const DURATION =
  /^P(?=.)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?$/;
/** Without an offset an instant could be meant in any zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Ten years: further than any survey, and a slip of the finger would run every reminder on the way. */
const FURTHEST = 3660 * 24 * HOUR;
/** Real time passes while a request is read: without this, an advance of nothing could look like going back. */
const SLACK = 50;

const ALLOWED_BODY = 'un objet JSON {"advance": "PT20H"} ou {"set": "2026-11-24T10:00:00Z"}';
const ALLOWED_DURATION =
  'une durée ISO 8601 de semaines, jours, heures, minutes ou secondes, comme PT20H ou P2D';
const ALLOWED_INSTANT = 'un instant ISO 8601 avec son fuseau, comme 2026-11-24T10:00:00Z';

const Body = z
  .object({ advance: z.unknown(), set: z.unknown() })
  .partial()
  .refine(({ advance, set }) => (advance === undefined) !== (set === undefined));

/** Where the clock should be, or why not. Going back is the clock's own to refuse. */
export function readClockRequest(body: unknown, now: Date): { target: Date } | Refusal {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal('Demande illisible', body, ALLOWED_BODY);
  const { advance, set } = parsed.data;
  const time = advance === undefined ? instant(set) : now.getTime() + Math.max(SLACK, duration(advance));
  if (Number.isNaN(time)) {
    return advance === undefined
      ? refusal('Instant illisible (« set »)', set, ALLOWED_INSTANT)
      : refusal('Durée illisible (« advance »)', advance, ALLOWED_DURATION);
  }
  if (time - now.getTime() > FURTHEST)
    return refusal('Trop loin', advance ?? set, "au plus dix ans à partir de l'heure de l'essai");
  return { target: new Date(time) };
}

function duration(text: unknown): number {
  const amounts = typeof text === 'string' ? DURATION.exec(text)?.slice(1) : undefined;
  if (!amounts) return Number.NaN;
  return amounts.reduce((sum, amount, index) => sum + Number(amount ?? 0) * (UNITS[index] ?? 0), 0);
}

const instant = (text: unknown): number =>
  typeof text === 'string' && INSTANT.test(text) ? Date.parse(text) : Number.NaN;
