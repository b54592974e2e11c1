/** Whom an announcement reaches now, and what that costs: for the commands that count and that plan. */
import { type Announcement, textLanguage } from '../../conversations/announcement.ts';
import { type PriceList, priceOf } from '../../conversations/announcement-price.ts';
import { parisTime } from '../../conversations/hours.ts';
import { type AudienceCount, countAudience } from '../../functions/runtime/count-audience.ts';
import type { Carriers } from '../../functions/runtime/route.ts';
import { createListStore } from '../../functions/store/lists.ts';
import { createLiveRows } from '../../functions/store/live-rows.ts';
import { createLiveStore } from '../../functions/store/lives.ts';
import { createSeatStore } from '../../functions/store/seats.ts';
import { createTurnStore } from '../../functions/store/turns.ts';
import type { Saved } from './saved.ts';

/** Who carries what, as `functions/runtime/providers.ts` has it where SNS does not stand in. */
const CARRIERS: Carriers = { sms: ['twilio'], whatsapp: ['twilio'], messenger: ['meta'] };

export async function priced(
  { city, db, world, now, around }: Saved,
  announcement: Announcement,
): Promise<{ counted: AudienceCount; price: PriceList }> {
  const { kind, texts, audience, begins, at, survey, visit } = announcement;
  const deps = {
    db,
    lists: createListStore(db),
    seats: createSeatStore(db),
    lives: createLiveStore(db),
    liveRows: createLiveRows(db, city.notice.messageDays),
    turns: createTurnStore(db),
    carriers: CARRIERS,
    world,
    now: () => now,
  };
  const textIn = (language: string): string => texts[textLanguage(announcement, language)] ?? '';
  const counted = await countAudience(deps, audience, { kind, survey, visit, textIn });
  const day = (begins ? parisTime(new Date(begins)) : (at ?? around.now)).slice(0, 10);
  return { counted, price: priceOf(announcement, counted.ways, city, day) };
}

/** As it is kept with the announcement. */
export const estimateOf = (
  { people, parts, euros, unpriced }: PriceList,
  now: Date,
): NonNullable<Announcement['estimate']> => ({ people, parts, euros, unpriced, at: now.toISOString() });
