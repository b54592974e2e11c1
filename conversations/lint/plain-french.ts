/**
 * French that everybody reads: short sentences, no acronyms, figures instead of number words (participation.md 5.3,
 * after « Communiquer pour tous », Santé publique France), and the reading ease of Kandel and Moles: "Application de
 * l'indice de Flesch à la langue française", Cahiers d'études de radio-télévision 19, 1958.
 */
import { normaliseName } from '../understand/normalise.ts';
import { type Finding, type Rule, type Sheet, shown } from './finding.ts';
import { isSaid, type PlacedTexts } from './texts-of.ts';

const FRENCH = ['fr', 'fr-facile'];
const MOST_WORDS = 12;
/** Under 50 Flesch calls a text difficult. */
const EASY = 50;
/** A formula of averages says nothing of fewer words. */
const FEWEST_WORDS = 10;

export const plainFrench: Rule = (sheet) => [
  ...sheet.texts.filter(isSaid).flatMap((placed) =>
    FRENCH.flatMap((language) => {
      const text = placed.texts[language];
      return text === undefined ? [] : inFrench(sheet, placed, language, text);
    }),
  ),
  ...address(sheet),
];

function inFrench(sheet: Sheet, { place, question }: PlacedTexts, language: string, text: string): Finding[] {
  const at = { place: `${place}.${language}`, language, ...(question && { question: question.id }) };
  const warn = (rule: string, message: string): Finding => ({ rule, severity: 'warning', ...at, message });
  const sentences = sentencesOf(text);
  const long = sentences.filter((sentence) => wordsOf(sentence).length > MOST_WORDS);
  const score = readingEase(text);
  const acronyms = acronymsIn(sheet, text);
  const spelled = spelledNumbers(text);
  return [
    ...long.map((sentence) =>
      warn(
        'long-sentence',
        `une phrase de ${wordsOf(sentence).length} mots: ${shown(sentence)}. Coupez-la: ${MOST_WORDS} mots au plus, une idée par phrase`,
      ),
    ),
    ...(long.length === 0 && score !== undefined && score < EASY
      ? [
          warn(
            'hard-text',
            `texte difficile: ${Math.max(0, Math.round(score))} sur 100 à l'échelle de lisibilité de Kandel et Moles, ${EASY} au moins est souhaitable: ${shown(text)}. Prenez des mots plus courts`,
          ),
        ]
      : []),
    ...acronyms.map((acronym) =>
      warn(
        'acronym',
        `« ${acronym} » est un sigle que tous ne connaissent pas. Écrivez-le en toutes lettres`,
      ),
    ),
    ...spelled.map((word) =>
      warn('spelled-number', `« ${word} » se lit mieux en chiffres. Écrivez « ${NUMBERS[word]} »`),
    ),
  ];
}

const sentencesOf = (text: string): string[] =>
  text
    .replace(/\$\{[^}]*\}/gu, 'mot')
    .split(/(?<=[.!?…])\s+|[;:\n]\s*/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

/** What stands between spaces and has a letter or a figure: "l'eau" is one word. */
const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));

/** 207 − 1.015 × words a sentence − 73.6 × syllables a word; undefined for a few words. */
export function readingEase(text: string): number | undefined {
  const words = wordsOf(text.replace(/\$\{[^}]*\}/gu, 'mot'));
  if (words.length < FEWEST_WORDS) return undefined;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 207 - 1.015 * (words.length / sentencesOf(text).length) - 73.6 * (syllables / words.length);
}

/**
 * Groups of vowels, an accented é or è after another vowel being one more, without the mute e at the end. Near enough
 * for an average: French has no rule for it without a dictionary ("couvent" of nuns, and hens that "couvent").
 */
function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replace(/[^\p{L}]/gu, '');
  const mute =
    letters.length > 3 ? letters.replace(/(?<![aeiouyéèêàâîôûëïù])es?$|(?<=[iuéy])es?$/u, '') : letters;
  const groups = mute.match(/[éèêë]|[aàâiîïoôuùûüyœæ]+[eiouy]*|e[aiouy]*/gu) ?? [];
  return Math.max(1, groups.length);
}

/** Words in capitals that residents are told to send, and two that everybody knows. */
const KNOWN = new Set([
  'sms',
  'oui',
  'non',
  'ok',
  'stop',
  'aide',
  'rappel',
  'modif',
  'langue',
  'effacer',
  'contact',
  'ouimerci',
]);

function acronymsIn({ survey, city }: Sheet, text: string): string[] {
  const own = new Set(
    [...survey.keywords, ...[...city.quartiers, ...city.commands].flatMap(({ keywords }) => keywords)].map(
      normaliseName,
    ),
  );
  const found = text.match(/(?<![\p{L}\p{N}${])\p{Lu}(?:\.?\p{Lu}){1,}(?![\p{L}])/gu) ?? [];
  // A whole text in capitals is shouted, and is no row of acronyms.
  if (text === text.toUpperCase() && wordsOf(text).length > 1) return [];
  return [...new Set(found)].filter(
    (word) => !KNOWN.has(normaliseName(word)) && !own.has(normaliseName(word)),
  );
}

const NUMBERS: Record<string, number> = {
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  six: 6,
  sept: 7,
  huit: 8,
  dix: 10,
  onze: 11,
  douze: 12,
  treize: 13,
  quatorze: 14,
  quinze: 15,
  seize: 16,
  vingt: 20,
  trente: 30,
  quarante: 40,
  cinquante: 50,
  soixante: 60,
};

/** "un" is an article too, "neuf" is new and "cent" half of a per cent: these stay. */
const spelledNumbers = (text: string): string[] => [
  ...new Set((text.toLowerCase().match(/\p{L}+/gu) ?? []).filter((word) => Object.hasOwn(NUMBERS, word))),
];

const TU = /(?<![\p{L}'’])(?:tu|toi|te|tes|ta)(?![\p{L}'’])|(?<!\p{L})t['’]/iu;
const VOUS = /(?<!\p{L})(?:vous|votre|vos)(?!\p{L})/iu;

/** vous; tu only in a survey that says tu throughout (participation.md 2.3). */
function address({ texts }: Sheet): Finding[] {
  return FRENCH.flatMap((language) => {
    const said = texts.filter((each) => isSaid(each) && each.texts[language] !== undefined);
    const text = ({ texts: each }: PlacedTexts): string => each[language] as string;
    const polite = said.find((each) => VOUS.test(text(each)));
    const familiar = said.filter((each) => TU.test(text(each)));
    if (!polite) return [];
    return familiar.map(
      (each): Finding => ({
        rule: 'mixed-address',
        severity: 'warning',
        place: `${each.place}.${language}`,
        language,
        ...(each.question && { question: each.question.id }),
        message: `ici on dit « tu »: ${shown(text(each))}, et « vous » à ${polite.place}. Dites « vous » partout`,
      }),
    );
  });
}
