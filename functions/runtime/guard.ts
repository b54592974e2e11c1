/**
 * What is counted but not heard: a machine that repeats us, a person or a fault that writes and writes. STOP and the
 * rights always pass.
 */
import type { Event } from '../../conversations/events.ts';
import { phrase } from '../../conversations/phrase.ts';
import { readCommand } from '../../conversations/understand/commands.ts';
import { normalise } from '../../conversations/understand/normalise.ts';
import { seenWithin } from '../store/seen.ts';
import type { TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';

const HOUR_IN_MINUTES = 60;
/** Shorter than this, what comes back is an answer ("1", "oui") and no echo of ours. */
const LONG = 30;
const ALWAYS = new Set(['stop', 'stop?', 'erase', 'erase?', 'myData', 'resume']);
const ASKED_BACK = new Set(['stop', 'erase', 'data']);

/** `told`: what is said instead of an answer, once; neither: silence, since a machine would only go on. */
export type Held = { told?: string };

/** An answer is seldom half as long as what we said: most need no closer look. */
const isEcho = (text: string, ours: string): boolean =>
  ours.length >= LONG && text.length * 2 >= ours.length && normalise(ours) === normalise(text);

/** Undefined where the message is to be heard. */
export function heldBack(
  deps: Deps,
  item: TurnItem,
  event: Extract<Event, { type: 'said' }>,
): Held | undefined {
  const { reply, session } = item;
  if (reply && isEcho(event.text, reply.text)) {
    deps.log.info('held-back', { why: 'echo' });
    return {};
  }
  const count = seenWithin(item.seen, HOUR_IN_MINUTES, deps.now());
  const { perPersonHour } = deps.world.city.limits;
  if (count < perPersonHour) return undefined;
  const language = session.language ?? 'fr';
  const command = readCommand(event.text, language);
  if (command && ALWAYS.has(command.command)) return undefined;
  // What is asked back about them is part of them.
  if (session.aside && ASKED_BACK.has(session.aside.kind)) return undefined;
  deps.log.info('held-back', { why: 'person' });
  // After STOP nothing is said, this neither (design.md 3).
  if (count !== perPersonHour || session.consent === 'stopped') return {};
  return { told: phrase(language, 'limit.person', { phone: deps.world.city.phone }) };
}
