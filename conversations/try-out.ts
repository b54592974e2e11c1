/** A test of an announcement, to somebody of staff's: what a resident would read, said without any of it happening. */
import { announce } from './announce.ts';
import { announcedText } from './announcement.ts';
import type { Event } from './events.ts';
import { Moment } from './moment.ts';

/** Before the text, in every language: it is for staff. */
const MARK = '[essai]';

/** Without buttons: a tap on one would be an answer. The session stays as it was. */
export function sayTest(moment: Moment, { id, announced }: Extract<Event, { type: 'tested' }>): void {
  const { session, world, now, language, channel } = moment;
  // As to a resident who has heard and answered nothing yet.
  const { pushed: _, muted: __, relieved: ___, survey: ____, visits: _____, ...plain } = session;
  const event = { type: 'announced', id, ...announced } as const;
  const asIf = new Moment(world, { ...plain, ended: {} }, event, now);
  announce(asIf, event);
  const said = asIf.effects.find((effect) => effect.type === 'say');
  moment.say(`${MARK} ${said?.text ?? announcedText(announced, language, channel)}`);
}
