/** Over how many days an announcement spreads where WhatsApp lets a sender begin with only so many people in 24 hours. */
export interface Begun {
  channel: string;
  /** Outside their own 24 hours: only a template reaches them, and it counts. */
  template: boolean;
  people: number;
}

/** Days of sending at least; 1 where all go on one, or the city names no tier. */
export function daysToBegin(ways: readonly Begun[], tier: number | undefined): number {
  const begun = ways
    .filter(({ channel, template }) => channel === 'whatsapp' && template)
    .reduce((sum, { people }) => sum + people, 0);
  return tier === undefined ? 1 : Math.max(1, Math.ceil(begun / tier));
}
