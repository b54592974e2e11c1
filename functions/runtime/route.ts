/**
 * Which of a resident's addresses a message goes to, and as what: free text inside the 24 hours, a template outside
 * them, or nothing and why. Pure: decides, and sends nothing.
 */
import type { City } from '../../conversations/city.ts';
import { DAY } from '../../conversations/hours.ts';
import { type Address, channelOf, type FilledTemplate, nameIn, type Provider } from '../channels/channel.ts';
import { type Purpose, templateFor } from '../channels/templates.ts';
import type { Known, TurnItem } from '../store/turn-item.ts';

/** Why a message goes nowhere; what staff read beside it. */
export type Refused =
  | 'window'
  | 'no-template'
  | 'foreign-prefix'
  | 'no-sender'
  | 'bad-address'
  | 'no-address'
  | 'stopped';

export interface Way {
  to: Address;
  /** Who carries it, in order: the second only while the first is stopped. */
  providers: Provider[];
  template?: FilledTemplate;
}

export interface Wanted {
  /** Where the message it answers came from; undefined for what we begin. */
  to?: Address;
  text: string;
  purpose: Purpose;
  language: string;
  /** Addresses that have just refused. */
  except?: Address[];
}

/** Providers there are, by channel. */
export type Carriers = Partial<Record<'sms' | 'whatsapp' | 'messenger', Provider[]>>;

/** A minute less than the provider counts: a message is on its way for a while. */
const WINDOW = DAY - 60_000;

export function routeOf(
  item: Pick<TurnItem, 'address' | 'known' | 'others'>,
  wanted: Wanted,
  about: { now: Date; city: City; carriers: Carriers },
): Way | { refused: Refused } {
  const all: Known[] = [{ address: item.address, ...item.known }, ...item.others];
  const first = all.filter(({ address }) => address === (wanted.to ?? item.address));
  const candidates = [...first, ...all.filter((each) => !first.includes(each))].filter(
    ({ address }) => address && !wanted.except?.includes(address),
  );
  let refused: Refused = 'no-address';
  for (const [index, known] of candidates.entries()) {
    const way = wayTo(known, wanted, about);
    if (!('refused' in way)) return way;
    if (index === 0) refused = way.refused;
  }
  return { refused };
}

function wayTo(
  known: Known,
  wanted: Wanted,
  { now, city, carriers }: { now: Date; city: City; carriers: Carriers },
): Way | { refused: Refused } {
  const { address, heard, bad } = known;
  const channel = channelOf(address);
  const providers = carriers[channel] ?? [];
  if (providers.length === 0) return { refused: 'no-sender' };
  if (bad) return { refused: 'bad-address' };
  if (channel === 'sms')
    return mayReach(city, address) ? { to: address, providers } : { refused: 'foreign-prefix' };
  if (heard !== undefined && now.getTime() - Date.parse(heard) < WINDOW) return { to: address, providers };
  // Outside its window nothing at all goes out on Messenger in Europe (channels.md 0.3).
  if (channel === 'messenger') return { refused: 'window' };
  const template = templateFor(city, wanted);
  return template ? { to: address, providers, template } : { refused: 'no-template' };
}

/** SMS goes to the prefixes that the city allows, and nowhere else: foreign ones are how fraud is paid. */
export const mayReach = ({ limits }: City, address: Address): boolean =>
  limits.prefixes.some((prefix) => nameIn(address).startsWith(prefix));
