/** What `readSurvey` says of a survey, in French: for staff who wrote it in a form or a spreadsheet. */

/** What only the whole can be wrong about. */
const WHOLE: [said: RegExp, reason: string][] = [
  [/depends on itself/, 'sa condition ou son calcul dépend de sa propre réponse'],
  [/begins with the id/, "ce nom est celui d'une autre question suivi d'un point: prenez-en un autre"],
  [/is taken, use another/, 'ce nom est pris: prenez-en un autre'],
  [/is before it opens/, "le jour de fermeture est avant celui de l'ouverture"],
  [/base language .* is not among/, "la langue par défaut n'est pas parmi les langues du sondage"],
  [/has no text in/, 'il manque le texte dans la langue par défaut'],
  [/is more than its \d+ options/, 'plus de choix à classer que la liste n’en a'],
  [/have the same name/, 'oui et non ont le même nom'],
  [/is not above min/, 'le plus grand nombre n’est pas au-dessus du plus petit'],
];

/** What a form can leave out or get wrong, by the end of its place. */
const PARTS: [place: RegExp, said: RegExp, reason: string][] = [
  [/^key$/, /./, 'la clé se compose de lettres minuscules sans accent, de chiffres et de tirets'],
  [
    /^keywords/,
    /./,
    'donnez un mot-clé de 3 à 20 lettres majuscules ou chiffres, sans accent ni espace: PARC',
  ],
  [/^(opens|closes|promise)$/, /./, 'donnez un jour'],
  [/^questions$/, /./, 'écrivez au moins une question'],
  [/^(topic|intro|thanks|over)$/, /./, 'écrivez-le en français, ou dans la langue de base du sondage'],
  [/\.(text|label|low|high)$/, /./, 'écrivez-le dans la langue de base du sondage'],
  [/\.options$/, /./, 'donnez au moins un choix, un par ligne'],
  [/\.id$/, /is used twice/, 'ce nom sert deux fois: donnez-en un autre'],
  [
    /\.id$/,
    /./,
    'un nom se compose de lettres sans accent, de chiffres, de « _ », « . » et « - », et commence par une lettre',
  ],
  [/\.section$/, /./, 'les questions d’une même partie se suivent: remettez-les ensemble'],
  [
    /\.(relevant|constraint|filter|calculation)$/,
    /there is no question/,
    'la formule parle d’une question qui n’existe pas',
  ],
  [/\.(relevant|constraint|filter|calculation)$/, /./, 'la formule ne se lit pas'],
  [/\.(min|max|most)$/, /./, 'donnez un nombre qui est permis ici'],
  [/\.accepts$/, /./, 'choisissez ce qui est attendu: une photo, un message vocal ou un fichier'],
  [/remindAfter/, /./, 'donnez un nombre d’heures, de 1 à 144'],
];

/** Undefined where it is a fault of one part of it. */
export const wholeInFrench = (text: string): string | undefined =>
  WHOLE.find(([said]) => said.test(text))?.[1];

const TEXTS: Record<string, string> = {
  topic: 'sujet',
  intro: 'présentation',
  thanks: 'remerciement',
  over: 'mot de quand c’est fini',
  text: 'texte',
  label: 'libellé',
  low: 'nom du plus bas',
  high: 'nom du plus haut',
};

/** Of `questions[1].options[0].label`: "libellé, choix 1, question 2". */
function textName(place: string): string {
  const name = /(\w+)$/.exec(place)?.[1] ?? '';
  const option = /options\[(\d+)\]/.exec(place)?.[1];
  const question = /questions\[(\d+)\]/.exec(place)?.[1];
  return [
    TEXTS[name] ?? 'texte',
    ...(option === undefined ? [] : [`choix ${Number(option) + 1}`]),
    ...(question === undefined ? [] : [`question ${Number(question) + 1}`]),
  ].join(', ');
}

/** `text`: a fault of `readSurvey`'s without its place; the value that it names is kept. */
export function inFrench(place: string, text: string): string {
  const whole = wholeInFrench(text);
  if (whole) return whole;
  const part = PARTS.find(([where, said]) => where.test(place) && said.test(text))?.[2];
  const got = /"([^"]+)"/.exec(text)?.[1];
  if (part?.startsWith('écrivez-le')) return `${textName(place)}: ${part}`;
  if (part) return got ? `${part} (reçu: « ${got} »)` : part;
  return `« ${place} » n’est pas possible ainsi: ${text}`;
}
