/** What an announcement will cost, before it is sent: people × parts × the price that holds on the day. */
import { announcedText, type Draft } from './announcement.ts';
import type { City, Price } from './city.ts';
import type { Channel } from './events.ts';
import { sms } from './shape.ts';

/** How many people one text goes to, one way. */
export interface Reached {
  language: string;
  channel: Channel;
  provider: NonNullable<Price['provider']>;
  people: number;
}

/** `each` and `euros` are missing where the city has no price for it. */
export interface PriceLine extends Reached {
  parts: number;
  each?: number;
  euros?: number;
  /** Where the price is from: the table's source and day, or `limits.partEuros`. */
  source?: string;
}

/** `unpriced`: people whose message has no price in the city's file. */
export interface PriceList {
  lines: PriceLine[];
  euros: number;
  people: number;
  parts: number;
  unpriced: number;
}

/** `day`: YYYY-MM-DD in Paris, on which it goes out. */
export function priceOf(
  announcement: Pick<Draft, 'texts' | 'base'>,
  reached: Reached[],
  city: City,
  day: string,
): PriceList {
  const lines = reached.map((line): PriceLine => {
    const text = announcedText(announcement, line.language, line.channel);
    const parts = line.channel === 'sms' ? sms(text).parts : 1;
    const price = priceOn(city, line, day);
    return {
      ...line,
      parts,
      ...(price && {
        each: price.euros,
        source: price.source,
        euros: cents(line.people * parts * price.euros),
      }),
    };
  });
  const sum = (value: (line: PriceLine) => number): number =>
    lines.reduce((all, line) => all + value(line), 0);
  return {
    lines,
    euros: cents(sum(({ people, parts, each = 0 }) => people * parts * each)),
    people: sum(({ people }) => people),
    parts: sum(({ people, parts }) => people * parts),
    unpriced: sum(({ people, each }) => (each === undefined ? people : 0)),
  };
}

const cents = (euros: number): number => Math.round(euros * 100) / 100;

/** The latest price that holds on the day; a provider's own before one of its channel. */
export function priceOn(
  { prices, limits }: City,
  { channel, provider }: Pick<Reached, 'channel' | 'provider'>,
  day: string,
): Pick<Price, 'euros' | 'source'> | undefined {
  const holding = prices
    .filter((price) => price.channel === channel && price.from <= day)
    .sort((a, b) => b.from.localeCompare(a.from));
  const price =
    holding.find((each) => each.provider === provider) ?? holding.find((each) => each.provider === undefined);
  if (price) return { euros: price.euros, source: `${price.source}, depuis le ${price.from}` };
  return channel === 'sms'
    ? { euros: limits.partEuros, source: 'limits.partEuros du fichier de la ville, sans date' }
    : undefined;
}
