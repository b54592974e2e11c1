/** The longest that each place of a phrase really holds, in the example city: what a message costs at most. */
import { sms } from '../../conversations/shape.ts';
import repas from '../../conversations/surveys/repas.r1.json';
import square from '../../conversations/surveys/square.r1.json';
import { localWorld } from '../../infra/local/city.ts';
import type { PhraseKey } from '../../locales/index.ts';

const { city } = localWorld();
const longest = (texts: string[]): string => texts.reduce((a, b) => (sms(b).units > sms(a).units ? b : a));
const languageMenu = '1 Français 2 English 3 Türkçe 4 Arabi';
const quartierMenu = city.quartiers
  .filter(({ inMenu }) => inMenu !== false)
  .map(({ name, menu }, index) => `${index + 1} ${menu ?? name}`)
  .join(' ');
const options = (question: { options?: { label: { fr: string } }[] }): string =>
  (question.options ?? []).map(({ label }, index) => `${index + 1} ${label.fr}`).join(' ');

/** The longest that each place really holds, in the example city. */
export const FILLED: Record<string, string | number> = {
  city: city.name,
  quartier: longest(city.quartiers.map(({ name }) => name)),
  max: 10,
  menu: quartierMenu,
  site: city.site,
  phone: city.phone,
  keyword: 'SQUARE',
  topic: square.topic.fr,
  intro: square.intro.fr,
  thanks: square.thanks.fr,
  options: longest(square.questions.map(options)),
  choices: '1, 2, 3, 4, 5, 6, 7, 8 ou 9',
  got: '999999999',
  low: 'pas du tout',
  high: 'tout à fait',
  min: 1,
  count: 20,
  total: 20,
  day: 'mercredi 30 septembre',
  from: city.callHours.from,
  to: city.callHours.to,
  proof: 'E-1929579',
  code: 'x8Kq2aB0_z',
  age: '25-59',
  words: 'SQUARE, HORAIRES, LANGUE, CONTACT, MES DONNEES, EFFACER, RAPPEL',
  name: 'Bambara',
  value: 'jeux enfants, bancs, éclairage, fleurs, terrain de sport',
  option: 'terrain de sport',
  reference: 'CL-99999',
  townHall: city.townHall.fr,
  channel: 'Messenger',
  at: 20,
  number: '+33639980200',
  page: 'VilledeClichysousBois',
  kind: 'visites de quartier',
  word: 'SONDAGE',
  what: 'votre numéro, Bois du Temple, Français, 25-59 ans, 2 sondages',
};
export const BY_KEY: Record<string, Record<string, string | number>> = {
  'link.whatsapp': { code: '48213097' },
  'link.messenger': { code: '48213097' },
  'link.sms': { code: '48213097' },
  'join.language': { menu: languageMenu },
  'join.languageAgain': { menu: languageMenu },
  'language.ask': { menu: languageMenu },
  'language.again': { menu: languageMenu },
  'survey.start': { city: city.shortName },
  // A scale's highest, not a quantity.
  'question.scaleHint': { max: 10 },
  'question.againScale': { max: 10 },
  'question.notInRange': { max: 1000 },
  'question.againNumber': { max: 1000 },
  // With MODIF, which is there once something has been answered, the city's own words make room.
  'language.more': { menu: '1 Francais facile 5 Soninké 6 Bambara 7 Pulaar 8 Wolof' },
  // Said without a welcome, only where the survey is for plain mode.
  'plain.survey.ask': { intro: repas.intro.fr },
  'plain.survey.start': { intro: repas.intro.fr },
  'help.commands': { words: 'SQUARE, LANGUE, CONTACT, MODIF 1, MES DONNEES, EFFACER, RAPPEL' },
};
/** Longer phrases that are said only where they fit, each with the shorter one that is said otherwise. */
export const SHORTER: Partial<Record<string, PhraseKey>> = {
  'survey.thanks': 'survey.thanksShort',
  'data.summary': 'data.summaryShort',
  'plain.survey.thanks': 'plain.survey.thanksShort',
  // Said where a first message shows another language than French.
  'join.quartierGuessed': 'join.quartier',
};
