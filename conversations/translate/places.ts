/** The places of a text that the program fills: `{{count}}` in our phrases, `${id}` in surveys; found, compared, explained. */
import type { Rules } from './entry.ts';

const PHRASE = /\{\{\w+\}\}/g;
const SURVEY = /\$\{\s*[A-Za-z_][A-Za-z0-9_.-]*\s*\}/g;

const patternOf = (kind: Rules['places']): RegExp => (kind === 'phrase' ? PHRASE : SURVEY);

/** Each place once, in the order in which they come. */
export const placesIn = (text: string, kind: Rules['places']): string[] => [
  ...new Set(text.match(patternOf(kind))?.map((place) => place.replace(/\s/g, ''))),
];

/** What of the braces belongs to no place: `{{count}`, `{ {count}}`, `$t(`, which i18next would follow. */
function strays(text: string, kind: Rules['places']): string[] {
  const rest = text.replace(patternOf(kind), ' ');
  const found = rest.match(/\$?\{+[^{}\s]{0,30}\}*|\}+/g) ?? [];
  return kind === 'phrase' ? [...found, ...(rest.match(/\$t\(/g) ?? [])] : found;
}

/** What is wrong with the places of a translation, in French; nothing where they are those of its source. */
export function wrongPlaces(source: string, text: string, { places, optional = [] }: Rules): string[] {
  const wanted = placesIn(source, places);
  const got = placesIn(text, places);
  const missing = wanted.filter((place) => !got.includes(place) && !optional.includes(place));
  const unknown = got.filter((place) => !wanted.includes(place));
  const usual = strays(source, places);
  const broken = strays(text, places).filter((stray) => !usual.includes(stray));
  return [
    ...broken.map((stray) => `repère mal écrit « ${stray} »`),
    ...unknown.map((place) => `repère inconnu « ${place} »`),
    ...missing.map((place) => `il manque le repère « ${place} »`),
  ];
}

/** What a place of our phrases holds, for translators. A test holds that every one of them is here. */
export const MEANINGS: Record<string, string> = {
  city: 'le nom de la ville',
  quartier: 'le nom du quartier',
  max: 'un nombre: le plus grand possible, ou le nombre de messages par mois',
  menu: 'les choix numérotés',
  site: "l'adresse du site de la ville",
  phone: 'le téléphone de la mairie',
  keyword: 'le mot à envoyer pour commencer',
  topic: 'le sujet du sondage, comme « le square »',
  intro: 'la présentation du sondage: une ou deux phrases entières',
  thanks: 'ce que le sondage dit à la fin: une phrase entière',
  options: 'les choix numérotés',
  list: 'les visites, numérotées: « 1 samedi 12 décembre 10h 2 samedi 19 décembre 10h »',
  title: 'ce qui a lieu: « visite de quartier »',
  host: 'avec qui: « Mme la Maire »',
  time: "l'heure, comme « 10h »",
  place: 'le lieu du rendez-vous, ou son nom',
  how: 'comment répondre: « 1 oui 2 non », ou rien',
  link: "l'adresse d'une page ou d'un fichier",
  when: "le jour et l'heure, comme « jeudi 26 19h »",
  until: "jusqu'à quand: « jeudi 26 12h »",
  linkAt: "le jour et l'heure en début de phrase: « Jeudi 26 18h45 »",
  subject: 'de quoi on parle: « travaux du bas Clichy »',
  asks: 'un nombre de questions',
  minute: 'un endroit de la vidéo: « 12:40 »',
  reason: 'une raison, écrite par la mairie',
  ahead: "le rang sur la liste d'attente",
  why: 'rien, ou la raison entre parenthèses avec une espace devant: « (pluie) »',
  example: 'un ordre possible, en chiffres: « 5 2 1 »',
  choices: 'les chiffres possibles',
  got: 'ce que la personne a répondu',
  low: 'le nom du bas de l’échelle',
  high: 'le nom du haut de l’échelle',
  min: 'un nombre: le plus petit possible',
  count: 'un nombre',
  total: 'un nombre: combien de questions en tout',
  day: 'un jour, écrit dans la langue du message',
  from: 'une heure de début',
  to: 'une heure de fin',
  proof: 'un numéro de preuve',
  code: 'un code',
  age: "une tranche d'âge, comme « 25-59 »",
  words: "des mots à envoyer, qu'on ne traduit pas",
  name: "le nom d'une langue",
  value: 'la réponse telle que comprise',
  option: "le texte d'un choix",
  reference: 'un numéro de demande',
  townHall: 'la mairie ou la ville, écrit dans la langue du message',
  channel: 'WhatsApp, Messenger ou SMS',
  at: 'un nombre ou un numéro de téléphone',
  number: 'un numéro de téléphone',
  page: "le nom d'une page Messenger",
  kind: 'une sorte de messages, comme « sondages »',
  word: 'le mot qui suit STOP ou REPRENDRE',
  what: 'la liste des données gardées',
  controller: 'le nom du responsable des données',
  address: 'une adresse postale',
  taskArticle: "le numéro d'un article de loi",
  consentArticle: "le numéro d'un article de loi",
  aws: "le nom d'une entreprise",
  twilio: "le nom d'une entreprise",
  meta: "le nom d'une entreprise",
  framework: "le nom d'un accord entre pays",
  contactTime: 'une durée',
  messageTime: 'une durée',
  answerTime: 'une durée',
  strangerTime: 'une durée',
  dpo: "l'adresse électronique du délégué à la protection des données",
  cnil: "l'adresse du site de la CNIL",
  cnilAddress: "l'adresse postale de la CNIL",
};

/** `{{STOP}}`: a word that residents send; it is said in every language as it stands. */
const SENT = /^[A-Z]+$/;

/** "{{city}} = le nom de la ville, par exemple « Ville de Clichy »"; one line a place. */
export function explained(text: string, example: (name: string) => string | undefined): string[] {
  return placesIn(text, 'phrase').map((place) => {
    const name = place.slice(2, -2);
    const meaning = SENT.test(name)
      ? `le mot ${name}, tel qu'on l'envoie`
      : (MEANINGS[name] ?? 'rempli par le programme');
    const sample = example(name);
    return `${place} = ${meaning}${sample === undefined ? '' : `, par exemple « ${sample} »`}`;
  });
}
