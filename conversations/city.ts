/**
 * What one city decides: its name, its quartiers, its languages, its hours, its own commands.
 * One validated file a city; the engine and the pages read it, nothing else holds a city's facts.
 */
import * as z from 'zod';
import { languages } from '../locales/index.ts';
import { Channel } from './events.ts';
import { faultsIn, invalid } from './faults.ts';
import { local, phrase } from './phrase.ts';
import { sms } from './shape.ts';

const Language = z.enum(languages);
/** A text in every language the city offers; French is the one that must exist. */
const LocalText = z.partialRecord(Language, z.string().min(1)).and(z.object({ fr: z.string().min(1) }));
export const Keyword = z
  .string()
  .regex(/^[A-Z0-9]{2,20}$/, 'a keyword is 2 to 20 capital letters or digits, without accents');
const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number is + and 7 to 15 digits, without spaces');
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM');

/**
 * A WhatsApp message that Meta has approved, for when the 24 hours are over. `variables` says what fills "1", "2", …
 * (channels.md 1.6: a variable is never first, last or beside another; 63021).
 */
export const Template = z.strictObject({
  purpose: z.enum(['reminder', 'information', 'visit', 'live', 'survey', 'urgent', 'answer']),
  category: z.enum(['UTILITY', 'MARKETING']),
  language: Language,
  contentSid: z.string().regex(/^HX[0-9a-f]{32}$/, 'a content sid is HX and 32 hexadecimal digits'),
  variables: z.record(z.string().regex(/^\d{1,2}$/), z.enum(['text', 'city', 'phone'])),
});
export type Template = z.infer<typeof Template>;

/** What keeps a flood, a loop or a mistake from costing more than the city has agreed to (speed-and-faults.md 3.4). */
const Limits = z.strictObject({
  /** Where SMS may go at all; France and its départements d'outre-mer unless the city says more. */
  prefixes: z
    .array(z.string().regex(/^\+\d{1,7}$/, 'a prefix is + and 1 to 7 digits'))
    .default(['+33', '+262', '+590', '+594', '+596']),
  /** Messages from one resident that are answered within an hour. */
  perPersonHour: z.int().min(5).default(40),
  /** Replies within an hour to people nobody knows whose numbers share their first seven digits. */
  perPrefixHour: z.int().min(10).default(300),
  /** Euros a day for SMS; what is over is not sent, and staff are told. */
  dailyEuros: z.number().positive().default(300),
  /** Of these, the part that people who have not joined may use up. */
  strangersShare: z.number().min(0.05).max(0.95).default(0.4),
  /** Euros for one part, as the city's contract says; the example is a guess (channels.md 6: prices not verified). */
  partEuros: z.number().positive().default(0.08),
  /** Announcements within seven days that one resident gets; what is urgent always goes, and counts. */
  pushesPerWeek: z.int().min(1).max(7).default(2),
  /** Messages a second that a sender may hand over, where the contract says otherwise. */
  perSecond: z.record(z.string(), z.number().positive()).default({}),
  /**
   * Residents a WhatsApp sender may write to first within 24 hours, by template: 250, 1,000, 10,000 or 100,000, as Meta
   * shows it. By lane, `twilio-whatsapp`; without it there is no such limit.
   */
  begunPerDay: z.record(z.string(), z.int().positive()).default({}),
});
export type Limits = z.infer<typeof Limits>;

/** What a provider charges from a day on; staff copy it from the contract or the price list, and say which. */
export const Price = z.strictObject({
  channel: Channel,
  /** Without it, whoever carries that channel. */
  provider: z.enum(['twilio', 'sns', 'meta']).optional(),
  /** Euros for one part by SMS, for one message elsewhere; 0 where nothing is charged. */
  euros: z.number().min(0).max(10),
  from: z.iso.date(),
  source: z.string().min(1),
});
export type Price = z.infer<typeof Price>;

export const City = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  /** Shown wherever the facts are examples that a city must replace. */
  example: z.boolean(),
  name: z.string(),
  shortName: z.string(),
  /** As it stands after "Bonjour, ici": "la mairie de Clichy". */
  townHall: LocalText,
  phone: z.string(),
  /** Printed in messages without https:// to save septets. */
  site: z.string(),
  quartiers: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        name: z.string(),
        /** What the menu says where it differs from the name ("autre"). */
        menu: z.string().or(LocalText).optional(),
        keywords: z.array(Keyword).min(1),
        /** One plain question a message for everyone on this list (seniors, J14). */
        plain: z.literal(true).optional(),
        /** A list that is no place: joined by its keyword, or by staff. */
        inMenu: z.literal(false).optional(),
        qpv: z.string().optional(),
      }),
    )
    .min(1)
    .max(9, 'nine quartiers at most: the menu has one digit each'),
  languages: z.array(Language).min(1),
  /**
   * Languages that are spoken rather than written: chosen from the menu behind 9, answered by a relay who calls back.
   * `greeting` is a recording for the channels that carry voice, to be made by a speaker; without it staff see that
   * it is missing.
   */
  voices: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z]{2,3}$/, 'a language code is ISO 639: 2 or 3 small letters'),
        name: z.string().min(1),
        names: z.array(z.string().min(1)),
        greeting: z.url().optional(),
      }),
    )
    .max(4, 'four spoken languages at most: the menu behind 9 keeps the numbers 5 to 8 for them'),
  messagesPerMonth: z.int().min(1),
  /** Only true where the contract says so (participation.md 2.3, price claim). */
  standardRate: z.boolean(),
  consentVersion: z.string(),
  sending: z.strictObject({ zone: z.literal('Europe/Paris'), from: Time, to: Time }),
  limits: Limits.prefault({}),
  /** What announcements cost; without one for SMS, `limits.partEuros` is what a part is reckoned at. */
  prices: z.array(Price).default([]),
  /** Days on which people vote, each round; what the city sends in the six months before is looked at twice (L52-1). */
  elections: z.array(z.iso.date()).default([]),
  templates: z.array(Template).default([]),
  /** Where residents can write, for who wants to change (WHATSAPP, MESSENGER, SMS); what is missing is not there. */
  whatsappNumber: Phone.optional(),
  smsNumber: Phone.or(z.string().regex(/^\d{4,6}$/, 'a short code is 4 to 6 digits')).optional(),
  messengerPage: z
    .string()
    .regex(/^[A-Za-z0-9.]{3,50}$/, 'a page is its name in m.me links: letters, digits and dots')
    .optional(),
  callHours: z.strictObject({ from: z.string(), to: z.string() }),
  commands: z.array(z.strictObject({ keywords: z.array(Keyword).min(1), text: LocalText })),
  notice: z.strictObject({
    controller: z.string(),
    address: z.string(),
    dpo: z.string(),
    contactMonths: z.int().min(1),
    messageDays: z.int().min(1),
    answerMonths: z.int().min(1),
  }),
});
export type City = z.infer<typeof City>;

/** Reads a city's file. Throws with every fault, its place and the value, in one message. */
export function readCity(data: unknown, name: string): City {
  const read = tryCity(data);
  if ('city' in read) return read.city;
  throw invalid(`city file ${name}`, read.faults);
}

/** The city, or every fault with its place and value. */
export function tryCity(data: unknown): { city: City } | { faults: string[] } {
  const parsed = City.safeParse(data, { reportInput: true });
  if (!parsed.success) return { faults: faultsIn(parsed.error) };
  const faults = longMenu(parsed.data);
  return faults.length > 0 ? { faults } : { city: parsed.data };
}

/** The quartiers one chooses from; other lists are joined by their keyword. */
export const places = (city: City): City['quartiers'] =>
  city.quartiers.filter(({ inMenu }) => inMenu !== false);

export const menuName = ({ menu, name }: City['quartiers'][number], language: string): string =>
  typeof menu === 'string' ? menu : menu ? local(menu, language) : name;

/** "1 Haut Clichy 2 Bas Clichy 3 Chêne Pointu". */
export const quartierMenu = (city: City, language: string): string =>
  places(city)
    .map((quartier, index) => `${index + 1} ${menuName(quartier, language)}`)
    .join(' ');

/** Everyone who writes without a keyword gets this menu: in French it is one SMS part, asked again too. */
export function tooLongMenu(
  city: City,
): { question: string; parts: number; units: number; encoding: string } | undefined {
  const words = { city: city.name, menu: quartierMenu(city, 'fr') };
  return (['join.quartier', 'join.quartierAgain'] as const)
    .map((key) => phrase('fr', key, words))
    .map((question) => ({ question, ...sms(question) }))
    .find(({ parts }) => parts > 1);
}

function longMenu(city: City): string[] {
  const long = tooLongMenu(city);
  return long
    ? [
        `quartiers: the question with all of them takes ${long.parts} SMS parts (${long.units} ${long.encoding} units), one is ` +
          'allowed: give the longest a shorter "menu", or take lists that are no places out of it with ' +
          `"inMenu": false, got "${long.question}"`,
      ]
    : [];
}
