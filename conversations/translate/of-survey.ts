/** All texts of a survey as a catalogue, by ids and not by place, and a survey with what came back in it. */
import { baseOf } from '../lint/structure.ts';
import { optionsOf, type PlacedTexts, textsOf } from '../lint/texts-of.ts';
import { local, type Params, phrase } from '../phrase.ts';
import type { Texts } from '../questions/type.ts';
import type { Question } from '../questions.ts';
import { typeOf } from '../questions.ts';
import type { Survey } from '../survey.ts';
import type { Catalogue, Change, Entry, Rules } from './entry.ts';
import type { Filling } from './filled.ts';
import { lengthNote, mostParts } from './length.ts';

const READ = 'reviewed';
/** A row of a list on WhatsApp; a button takes 20. */
const ROW = 24;

export const nameOf = ({ key, revision }: Survey): string => `survey ${key} r${revision}`;
/** `survey square r1` → its key and revision. */
export function surveyNamed(name: string): { key: string; revision: number } | undefined {
  const [, key, revision] = name.match(/^survey ([a-z0-9-]+) r([1-9]\d{0,5})$/) ?? [];
  return key && revision ? { key, revision: Number(revision) } : undefined;
}

interface Place {
  key: string;
  /** As the lint names it: `questions[2].options[0].label`. */
  place: string;
  texts: Texts;
  notes: string[];
  /** The message in which the text goes out, where it is known. */
  filled?(text: string, language: string): string;
  width?: number;
}

/** What a text is filled with that our own phrases put around it. */
interface Around {
  survey: Survey;
  places: Filling;
}

const PIECES = {
  topic: 'Le sujet, comme il vient après « Il reste 2 questions sur… ».',
  intro: "La présentation, dans l'invitation.",
  thanks: 'Le merci de la fin.',
  over: 'Dit à qui vient une fois le sondage fini.',
  results: 'Les résultats, dits à qui vient une fois le sondage fini.',
} as const;
type Piece = keyof typeof PIECES;

function message(piece: Piece, text: string, language: string, { survey, places }: Around): string {
  const fill = (params: Params): Params => ({ ...places, ...params });
  const count = survey.questions.length;
  if (piece === 'topic') return phrase(language, 'survey.remaining', fill({ topic: text, count }));
  if (piece === 'intro') return phrase(language, 'survey.start', fill({ intro: text }));
  if (piece === 'thanks')
    return phrase(language, 'survey.thanksShort', fill({ thanks: text, count, total: count }));
  return text;
}

const FIELDS = {
  text: 'La question.',
  hint: "Une aide, à la suite de la question s'il y a la place.",
  guidance: 'Pour qui pose la question de vive voix: jamais envoyé.',
  constraintMessage: "La réponse quand ce qui est écrit n'est pas possible.",
  low: "Le bas de l'échelle.",
  high: "Le haut de l'échelle.",
} as const;
type Field = keyof typeof FIELDS;

const TYPES: Record<Question['type'], string> = {
  single: 'un choix',
  multiple: 'plusieurs choix',
  rank: 'un classement',
  yesno: 'oui ou non',
  scale: 'une échelle',
  number: 'un nombre',
  headcount: 'un nombre de personnes',
  text: 'une réponse libre',
  date: 'un jour',
  time: 'une heure',
  datetime: 'un jour et une heure',
  place: 'un lieu',
  media: 'une photo, un enregistrement ou un fichier',
  note: 'une information, sans réponse',
  calculate: 'un calcul',
};

/** The name of a text that stays where questions change places. */
function keyOf({ place, field, question, option }: PlacedTexts, { sections = [] }: Survey): string {
  const [, section] = place.match(/^sections\[(\d+)\]/) ?? [];
  if (section !== undefined) return `section/${sections[Number(section)]?.id}/${field}`;
  if (!question) return field;
  const id = option === undefined ? undefined : optionsOf(question)[option]?.id;
  return id === undefined ? `question/${question.id}/${field}` : `question/${question.id}/option/${id}`;
}

function placesOf(survey: Survey, places: Filling): Place[] {
  const count = survey.questions.length;
  return textsOf(survey).map((each): Place => {
    const { place, field, texts, question, option, index = 0 } = each;
    const named = { key: keyOf(each, survey), place, texts };
    if (field in PIECES && !question) {
      const piece = field as Piece;
      const filled = (text: string, language: string): string =>
        message(piece, text, language, { survey, places });
      return { ...named, notes: [PIECES[piece]], filled };
    }
    if (!question) return { ...named, notes: ["Le titre d'une partie du sondage."] };
    const which = `Question ${index + 1} sur ${count}, ${TYPES[question.type]}.`;
    if (option !== undefined) {
      const button = `Choix ${option + 1}. Sur un bouton: 20 caractères, dans une liste: ${ROW}; au-delà il est abrégé.`;
      return { ...named, notes: [which, button], width: ROW };
    }
    const notes = [which, FIELDS[field as Field]];
    return field === 'text' ? { ...named, notes, filled: asked(question) } : { ...named, notes };
  });
}

/** The question as it is asked, with its choices in the language. */
const asked =
  (question: Question) =>
  (text: string, language: string): string => {
    const put = { ...question, text: { ...('text' in question ? question.text : {}), [language]: text } };
    return typeOf(question).prompt(put as Question, {
      language,
      plain: false,
      phrase: (key, params) => phrase(language, key, params),
    });
  };

const PIPED = /\$\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g;

/**
 * `read`: the revision as of which the language counts as read (`readAt`): a text whose source has changed since and
 * that has not changed with it is not read any more.
 */
export function surveyCatalogue(survey: Survey, language: string, places: Filling, read?: Survey): Catalogue {
  const base = baseOf(survey);
  const isRead = language === base || survey.review?.[language] === READ;
  const earlier = new Map(read && placesOf(read, places).map(({ key, texts }) => [key, texts]));
  const entries = placesOf(survey, places).map(({ key, texts, notes, filled, width }): Entry => {
    const source = texts[base] ?? '';
    const text = texts[language] ?? '';
    const old = earlier.get(key);
    const isOlder = language !== base && old !== undefined && old[base] !== source && old[language] === text;
    const rules: Rules = {
      places: 'survey',
      ...(width !== undefined && { width }),
      ...(filled && { filled: (each) => filled(each, language), most: mostParts(language) }),
    };
    const piped = [...source.matchAll(PIPED)].map(([all, id = '']) => explain(all, id, survey, base));
    return {
      key,
      source,
      text,
      unread: !isRead || isOlder,
      rules,
      notes: [...notes, ...lengthNote(text, rules), ...piped],
    };
  });
  return { name: nameOf(survey), language, entries };
}

function explain(place: string, id: string, { questions }: Survey, base: string): string {
  const question = questions.find((each) => each.id === id);
  const named =
    question && 'text' in question ? `la réponse à « ${local(question.text, base)} »` : 'une valeur calculée';
  return `${place} = ${named}`;
}

/** The survey with the texts in it; a language that has every text is offered from then on. */
export function translated(
  survey: Survey,
  language: string,
  changes: Pick<Change, 'key' | 'text'>[],
  isRead: boolean | undefined,
): Survey {
  const next = structuredClone(survey);
  const byKey = new Map(changes.map(({ key, text }) => [key, text]));
  const places = placesOf(next, {});
  for (const { key, texts } of places) {
    const text = byKey.get(key);
    if (text !== undefined) texts[language] = text;
  }
  const isWhole = places.every(({ texts }) => texts[language]);
  if (isWhole && !next.languages.includes(language)) next.languages.push(language);
  if (isRead !== undefined) next.review = { ...next.review, [language]: isRead ? READ : 'to be reviewed' };
  return next;
}

/** The name of the text that the lint speaks of, of this language or of all: `questions[2].options[0].label.tr`. */
export const keyAt = (survey: Survey, place: string, language: string): string | undefined =>
  placesOf(survey, {}).find((each) => place === each.place || place === `${each.place}.${language}`)?.key;

/** The revision as of which the language counts as read: the first of the last ones that say so. */
export function readAt(revisions: Survey[], language: string): Survey | undefined {
  let found: Survey | undefined;
  for (const survey of revisions.toReversed())
    if (survey.review?.[language] === READ) found = survey;
    else if (found) break;
  return found;
}

/** How many texts of the language, or their sources, are not what they were when last read; nothing if never read. */
export function changedSinceRead(revisions: Survey[], language: string): number | undefined {
  const latest = revisions.at(-1);
  const read = readAt(revisions, language);
  if (!latest || !read) return undefined;
  const base = baseOf(latest);
  const old = new Map(placesOf(read, {}).map(({ key, texts }) => [key, texts]));
  return placesOf(latest, {}).filter(({ key, texts }) => {
    const then = old.get(key);
    return then?.[language] !== texts[language] || then?.[base] !== texts[base];
  }).length;
}
