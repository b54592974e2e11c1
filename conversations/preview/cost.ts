/** What one completed survey costs: the messages and SMS parts of a dialogue, and the city's price for them. */
import type { City } from '../city.ts';
import type { Channel } from '../events.ts';
import type { Line } from './walk.ts';
import { counted, fill, words } from './words.ts';

interface Sent {
  messages: number;
  /** SMS parts; none on channels that do not count by the part. */
  parts: number;
}

export interface Cost {
  city: Sent;
  resident: Sent;
  /** Euros, for what the city sends: replies within the day are free on WhatsApp and Messenger (channels.md 1.6). */
  euros: number;
}

export const costOf = (lines: Line[], city: City): Cost => {
  const sent = (from: Line['from']): Sent => {
    const own = lines.filter((line) => line.from === from);
    return { messages: own.length, parts: own.reduce((sum, line) => sum + (line.sms?.parts ?? 0), 0) };
  };
  const ours = sent('city');
  return { city: ours, resident: sent('resident'), euros: ours.parts * city.limits.partEuros };
};

/** The cheapest and the dearest of several paths. */
export interface Range {
  least: Cost;
  most: Cost;
}

export function rangeOf(costs: Cost[]): Range {
  const sorted = [...costs].sort((a, b) => a.euros - b.euros || a.city.messages - b.city.messages);
  return { least: sorted[0] as Cost, most: sorted.at(-1) as Cost };
}

const euro = new Intl.NumberFormat('fr-FR', {
  style: 'currency',
  currency: 'EUR',
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});

/** "0,08 €" */
export const inEuros = (euros: number): string => euro.format(Math.round(euros * 10_000) / 10_000);

/** "7 messages, 9 SMS", or only "7 messages" where nobody counts by the part. */
export function sentInWords({ messages, parts }: Sent, channel: Channel): string {
  const all = counted('messages', messages);
  return channel === 'sms' ? fill(words.total, { messages: all, parts: counted('parts', parts) }) : all;
}

/** What a completed survey costs over all paths, and where that comes from: one sentence each. */
export function priceInWords({ least, most }: Range, channel: Channel, city: City): string[] {
  if (channel !== 'sms') {
    const name = words.channels[channel];
    return [fill(channel === 'messenger' ? words.freeInside : words.free, { channel: name })];
  }
  const same = least.city.parts === most.city.parts;
  const price = same
    ? fill(words.price, { price: inEuros(most.euros) })
    : fill(words.priceBetween, { least: inEuros(least.euros), most: inEuros(most.euros) });
  const parts = same
    ? counted('parts', most.city.parts)
    : fill(words.partsOf, { least: least.city.parts, most: most.city.parts });
  return [
    `${price}.`,
    `${fill(words.rate, { parts, rate: inEuros(city.limits.partEuros) })}.`,
    words.inbound,
  ];
}
