/** Settings as staff read them. */
import type { City, Price, Template } from '../../../conversations/city.ts';
import type { Channel } from '../../../conversations/events.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import type { Change, Entry } from '../../../conversations/settings.ts';
import { euros, figure, percent } from '../said.ts';

export const CHANNELS: Record<Channel, string> = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };
export const PROVIDERS: Record<NonNullable<Price['provider']>, string> = {
  twilio: 'Twilio',
  sns: 'Amazon SNS',
  meta: 'Meta',
};
export const PURPOSES: Record<Template['purpose'], string> = {
  reminder: 'Relance',
  information: 'Information',
  visit: 'Visite',
  live: 'Direct',
  survey: 'Sondage',
  urgent: 'Urgence',
  answer: 'Réponse',
};
export const CATEGORIES: Record<Template['category'], string> = {
  UTILITY: 'utilitaire',
  MARKETING: 'marketing',
};
export const NAMES: Record<Change['setting'], string> = {
  prices: 'Prix',
  elections: 'Scrutins',
  templates: 'Modèles WhatsApp',
  sending: 'Heures d’envoi',
  callHours: 'Heures de rappel',
  phone: 'Téléphone donné aux habitants',
  pushesPerWeek: 'Annonces par personne',
  dailyEuros: 'SMS par jour',
  strangersShare: 'Part des non-inscrits',
  quartier: 'Quartier',
};
export const KINDS: Record<Entry['kind'], string> = {
  changed: 'réglage changé',
  proposed: 'réglage proposé',
  approved: 'réglage validé',
  dropped: 'proposition retirée',
};
const DIGITS = 4;

export const priceSaid = (price: number): string => euros(price, DIGITS);
export const day = (iso: string): string => iso.split('-').reverse().join('/');
export const providerSaid = (provider: string): string =>
  Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider as keyof typeof PROVIDERS] : provider;
export const carriedBy = ({ channel, provider }: Pick<Price, 'channel' | 'provider'>): string =>
  `${CHANNELS[channel]}${provider ? ` par ${PROVIDERS[provider]}` : ''}`;

/** What a change is of. */
export const settingSaid = ({ setting, id }: Change, city: City): string =>
  id === undefined
    ? NAMES[setting]
    : `${NAMES[setting]} ${city.quartiers.find((each) => each.id === id)?.name ?? id}`;

type Said = (value: never) => string;
const hours = ({ from, to }: City['sending']): string => `de ${from} à ${to}`;
const VALUES: Record<Change['setting'], Said> = {
  prices: ((price: Price) =>
    `${carriedBy(price)}, ${priceSaid(price.euros)} depuis le ${day(price.from)} (${price.source})`) as Said,
  elections: day as Said,
  templates: (({ purpose, language, contentSid }: Template) =>
    `${PURPOSES[purpose]}, ${languageName(language)}, ${contentSid}`) as Said,
  sending: hours as Said,
  callHours: hours as Said,
  phone: String as Said,
  pushesPerWeek: ((count: number) => `${figure(count)} en sept jours`) as Said,
  dailyEuros: ((value: number) => `${euros(value)} au plus`) as Said,
  strangersShare: ((share: number) => percent(share, 1)) as Said,
  quartier: (({ name, menu, keywords }: City['quartiers'][number]) =>
    [name, menu && `au menu ${typeof menu === 'string' ? menu : menu.fr}`, `mots ${keywords.join(', ')}`]
      .filter(Boolean)
      .join(', ')) as Said,
};
const MANY: Change['setting'][] = ['prices', 'elections', 'templates'];

/** A value of a setting; null is nothing where it holds many, else what the file says. */
export function valueSaid(setting: Change['setting'], value: Change['to']): string {
  if (value === null) return MANY.includes(setting) ? '–' : 'celui du fichier';
  return VALUES[setting](value as never);
}
