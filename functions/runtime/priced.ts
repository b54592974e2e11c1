/** Whom an announcement reaches now, and what that costs: for staff who look, count and plan. */
import { type Announcement, textLanguage } from '../../conversations/announcement.ts';
import { type PriceList, priceOf } from '../../conversations/announcement-price.ts';
import { parisTime } from '../../conversations/hours.ts';
import { type AudienceCount, type CountDeps, countAudience } from './count-audience.ts';

export interface Priced {
  counted: AudienceCount;
  price: PriceList;
}

/** Reads everyone on its lists: `countAudience`. */
export async function priced(deps: CountDeps, announcement: Announcement): Promise<Priced> {
  const { kind, texts, audience, begins, at, survey, visit } = announcement;
  const textIn = (language: string): string => texts[textLanguage(announcement, language)] ?? '';
  const counted = await countAudience(deps, audience, { kind, survey, visit, textIn });
  const day = (begins || at === undefined ? parisTime(begins ? new Date(begins) : deps.now()) : at).slice(
    0,
    10,
  );
  return { counted, price: priceOf(announcement, counted.ways, deps.world.city, day) };
}

/** As it is kept with the announcement. */
export const estimateOf = (
  { people, parts, euros, unpriced }: PriceList,
  now: Date,
): NonNullable<Announcement['estimate']> => ({ people, parts, euros, unpriced, at: now.toISOString() });
