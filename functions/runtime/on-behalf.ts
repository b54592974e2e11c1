/**
 * Residents as staff find them, and what staff do for them: one turn of the engine, as for everything else. A number is
 * looked up by its hash and stands nowhere; nobody is found under an address that points to nobody any more.
 */
import type { Event } from '../../conversations/events.ts';
import type { TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';
import { ConflictError, move, settle } from './take-turn.ts';

/** Other turns come between rarely; more often than this somebody is writing. */
const CONFLICTS = 6;

/** Undefined where there is nobody of this hash, or nobody any more. */
export async function residentOf(deps: Deps, hash: string): Promise<TurnItem | undefined> {
  const item = await deps.turns.find(hash);
  return item && item.session.id !== '' ? item : undefined;
}

/** Whoever writes from this number (E.164), by SMS or WhatsApp: one resident, or two that nobody has tied. */
export async function residentsAt(deps: Deps, number: string): Promise<TurnItem[]> {
  const hashes = ['sms', 'whatsapp'].map((channel) => deps.hashes.address(`${channel}:${number}`));
  const found = await Promise.all(hashes.map((hash) => residentOf(deps, hash)));
  const all = found.filter((item) => item !== undefined);
  return all.filter(({ hash }, at) => all.findIndex((one) => one.hash === hash) === at);
}

/** Whether this number must not be written to: it has said STOP or EFFACER, and only a hash of it is left. */
export async function isSuppressedAt(deps: Deps, number: string): Promise<boolean> {
  const hashes = ['sms', 'whatsapp'].map((channel) => deps.hashes.suppression(`${channel}:${number}`));
  return (await Promise.all(hashes.map(deps.residents.isSuppressed))).some(Boolean);
}

/**
 * Takes the turn that `make` says, which sees the resident as they are then; undefined from it, and nothing is done.
 * The answer is the resident after it; undefined where there is nobody any more, or nothing was to be done. Throws
 * `ConflictError` where other turns came between too often.
 */
export async function actFor(
  deps: Deps,
  hash: string,
  make: (item: TurnItem, id: string) => Event | undefined,
): Promise<TurnItem | undefined> {
  for (let round = 0; round < CONFLICTS; round += 1) {
    const item = await residentOf(deps, hash);
    if (!item) return undefined;
    await settle(deps, item);
    const event = make(item, `s${deps.hashes.event(`staff\n${item.hash}${item.version}`).slice(1)}`);
    if (!event) return undefined;
    const saved = await move(deps, item, event, 'response');
    if (saved) return saved;
  }
  throw new ConflictError('the resident met other turns too often');
}
