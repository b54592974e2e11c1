/**
 * Who speaks, a person or the machine. A person who answers from the page's own inbox is left alone for a while; the
 * machine says that it is one before its first word, after a long silence, and when it comes back (Meta: "at the
 * beginning of any conversation, after a significant lapse of time, or when chat moves from human interaction").
 */
import { filesIn } from './answer.ts';
import { attach, placeText } from './attachment.ts';
import type { Event } from './events.ts';
import { DAY, HOUR } from './hours.ts';
import type { Moment } from './moment.ts';
import { LAPSE_DAYS, RELIEF_HOURS } from './session.ts';
import type { Command } from './understand/commands.ts';
import { readYesNo } from './understand/yes-no.ts';

type Said = Extract<Event, { type: 'said' }>;

/** A person has written in our place. */
export function relieve(moment: Moment, event: Extract<Event, { type: 'relieved' }>): void {
  const until = new Date(moment.now.getTime() + RELIEF_HOURS * HOUR).toISOString();
  moment.set({ relieved: { channel: event.channel, until } });
}

/** Until when nothing is said unasked. */
export const relievedUntil = ({ session: { relieved }, now }: Moment): Date | undefined =>
  relieved && relieved.until > now.toISOString() ? new Date(relieved.until) : undefined;

/**
 * Whether the message is for the person who has taken over; it is kept, and nothing is said. STOP and the rights over
 * one's data always work; a keyword, a command or a button calls the machine back.
 */
export function leftToPerson(
  moment: Moment,
  event: Said,
  { text, command, called }: { text: string; command: Command | undefined; called: () => boolean },
): boolean {
  const { relieved, consent } = moment.session;
  if (!relieved || relieved.channel !== event.channel || consent === 'stopped') return false;
  if (!relievedUntil(moment) || called() || calls(command)) {
    moment.set({ relieved: undefined });
    moment.introduces = true;
    return false;
  }
  if (isRight(command) || confirms(moment, text)) return false;
  const files = filesIn(event);
  if (files.length > 0) attach(moment, files);
  const { place } = event;
  const kept = text.trim() || (place ? placeText(place) : '');
  if (kept || files.length > 0) moment.do({ type: 'keep', text: kept, why: 'relieved' });
  return true;
}

const RIGHTS = new Set(['stop', 'stop?', 'erase', 'erase?', 'myData']);
const isRight = (command: Command | undefined): boolean =>
  command !== undefined && RIGHTS.has(command.command);

/** Misspelt, or only a language's name, it may be something said to the person. */
const calls = (command: Command | undefined): boolean =>
  command !== undefined && !isRight(command) && !('near' in command) && !('bare' in command);

/** The answer to what the machine itself has asked about STOP or a right. */
function confirms(moment: Moment, text: string): boolean {
  const kind = moment.session.aside?.kind;
  const asked = kind === 'stop' || kind === 'erase' || kind === 'data';
  return asked && readYesNo(text, moment.language).kind === 'value';
}

/** Whether what is said next begins with who is speaking. */
export function introduce(moment: Moment): void {
  const { met } = moment.session;
  if (moment.rich && (!met || moment.now.getTime() - Date.parse(met) > LAPSE_DAYS * DAY))
    moment.introduces = true;
}

/** The day of our last word, where that counts. */
export function remember(moment: Moment): void {
  const met = moment.at.slice(0, 10);
  if (moment.rich && moment.hasSaid && moment.session.id && moment.session.met !== met) moment.set({ met });
}
