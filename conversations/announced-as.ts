/** An announcement as somebody reads it who knows the service and has not answered yet, on a channel and in a language. */
import { announce } from './announce.ts';
import { type Announcement, announcedText, saidOf } from './announcement.ts';
import type { Channel, Event } from './events.ts';
import { Moment, type World } from './moment.ts';
import type { Asked } from './offer.ts';
import { newSession } from './session.ts';

/** `at`: when it goes out, for a survey and a visit are open then or not; what they add is left out where they are not. */
export function announcedAs(
  world: World,
  announcement: Announcement,
  { language, channel, at }: { language: string; channel: Channel; at: Date },
): Asked {
  const met = at.toISOString().slice(0, 10);
  const session = { ...newSession('apercu'), consent: 'given' as const, language, channel, met };
  const event: Event = { type: 'announced', id: 'apercu', ...saidOf(announcement) };
  const asIf = new Moment(world, session, event, at);
  announce(asIf, event);
  const said = asIf.effects.find((effect) => effect.type === 'say');
  return said
    ? { text: said.text, ...(said.offer && { offer: said.offer }) }
    : { text: announcedText(announcement, language, channel) };
}
