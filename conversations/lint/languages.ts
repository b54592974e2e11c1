/** Texts language by language: what is missing, what nobody will read, and places that differ. */
import type { City } from '../city.ts';
import type { Survey } from '../survey.ts';
import { questionWith } from '../survey-paths.ts';
import { languageInFrench } from '../xlsform/languages.ts';
import { type Finding, quoted, type Rule, type Sheet, shown } from './finding.ts';
import { laterIn } from './formulas.ts';
import { isSaid, type PlacedTexts, placesIn } from './texts-of.ts';

export const languages: Rule = (sheet) => [...spoken(sheet), ...missing(sheet), ...places(sheet)];

/** Who chose easy French reads French where there is no other text. */
const STANDS_IN: Partial<Record<string, string>> = { 'fr-facile': 'fr' };

function spoken({ survey, city, base }: Sheet): Finding[] {
  const unknown = survey.languages.flatMap((language, index): Finding[] =>
    isOf(city, language)
      ? []
      : [
          {
            rule: 'unknown-language',
            severity: 'warning',
            place: `languages[${index}]`,
            language,
            message: `la ville n'écrit pas en « ${language} »: personne ne peut choisir cette langue. Langues de la ville: ${quoted(city.languages)}. Enlevez-la, ou ajoutez-la au fichier de la ville`,
          },
        ],
  );
  const unread = city.languages.filter((language) => {
    const meant = STANDS_IN[language] ?? language;
    return !survey.languages.includes(language) && !survey.languages.includes(meant);
  });
  if (unread.length === 0) return unknown;
  return [
    ...unknown,
    {
      rule: 'untranslated',
      severity: 'warning',
      place: 'languages',
      message: `sans texte en ${unread.map(languageInFrench).join(', ')}: qui a choisi cette langue lira ce sondage en ${languageInFrench(base)}. Faites-le traduire, ou sachez-le`,
    },
  ];
}

const isOf = (city: City, language: string): boolean => (city.languages as string[]).includes(language);

function missing({ survey, texts, base }: Sheet): Finding[] {
  return texts.filter(isSaid).flatMap(({ place, field, texts: said, question }): Finding[] => [
    ...survey.languages
      .filter((language) => language !== base && said[language] === undefined)
      .map((language) => ({
        rule: field === 'constraintMessage' ? 'constraint-message-untranslated' : 'missing-language',
        severity: 'warning' as const,
        place: `${place}.${language}`,
        language,
        ...(question && { question: question.id }),
        message: `il manque le texte en « ${language} »: on lira ${shown(said[base] ?? '')}, en « ${base} ». Faites-le traduire`,
      })),
    ...Object.keys(said)
      .filter((language) => !survey.languages.includes(language))
      .map((language) => ({
        rule: 'unlisted-language',
        severity: 'warning' as const,
        place: `${place}.${language}`,
        language,
        ...(question && { question: question.id }),
        message: `le sondage ne dit pas qu'il existe en « ${language} » (languages: ${survey.languages.join(', ')}): ce texte pourrait ne pas être relu. Ajoutez la langue, ou enlevez le texte`,
      })),
  ]);
}

/** `${name}` in the texts: an answer that is known by then, and the same ones in each language. */
function places(sheet: Sheet): Finding[] {
  return sheet.texts.flatMap((placed) =>
    Object.entries(placed.texts).flatMap(([language, text]) => placesOf(sheet, placed, language, text)),
  );
}

/** A section's title is said with its first question. */
function firstOf(survey: Survey, place: string): number {
  const section = survey.sections?.find((_, index) => place === `sections[${index}].title`);
  const first = survey.questions.findIndex((question) => question.section === section?.id);
  return first < 0 ? survey.questions.length : first;
}

/** Fields said when nothing has been answered yet, or by whoever has not answered at all. */
const BEFORE = new Set(['topic', 'intro', 'over', 'results']);

function placesOf(
  { survey, base }: Sheet,
  { place, field, texts, index, question }: PlacedTexts,
  language: string,
  text: string,
): Finding[] {
  const at = { place: `${place}.${language}`, language, ...(question && { question: question.id }) };
  const names = placesIn(text);
  const inBase = placesIn(texts[base] ?? '');
  // What is wrong in the base text is said there once.
  const own = names.filter((name) => language === base || !inBase.includes(name));
  const found = own.flatMap((name): Finding[] => {
    const asked = questionWith(survey, name);
    if (!asked)
      return [
        {
          rule: 'unknown-place',
          severity: 'error',
          ...at,
          message: `\${${name}} ne désigne aucune question. Questions: ${quoted(
            survey.questions.slice(0, 10).map(({ id }) => id),
            'ou',
          )}. Corrigez le nom`,
        },
      ];
    const turn = BEFORE.has(field)
      ? 0
      : field === 'title'
        ? firstOf(survey, place)
        : (index ?? survey.questions.length);
    const later = field === 'constraintMessage' ? [] : laterIn(survey, [name], turn);
    return later.length > 0
      ? [
          {
            rule: 'later-place',
            severity: 'error',
            ...at,
            message: `\${${name}} n'a pas encore de réponse quand ce texte est envoyé: ${shown(text)}. Posez « ${later[0]} » avant, ou enlevez-le`,
          },
        ]
      : [];
  });
  const open = text.replace(/\$\{\s*[^{}\s]+\s*\}/gu, '').includes('${');
  if (open)
    found.push({
      rule: 'broken-place',
      severity: 'error',
      ...at,
      message: `« \${ » n'est pas refermé par « } », ou ne contient pas un nom: ${shown(text)}. Écrivez \${nom}`,
    });
  const lost = inBase.filter((name) => !names.includes(name));
  const added = names.filter((name) => !inBase.includes(name));
  if (language !== base && (lost.length > 0 || added.length > 0))
    found.push({
      rule: 'places-differ',
      severity: 'warning',
      ...at,
      message: `${lost.length > 0 ? `il manque ${lost.map((name) => `\${${name}}`).join(', ')}, qui est` : `${added.map((name) => `\${${name}}`).join(', ')} n'est pas`} dans le texte en « ${base} »: ${shown(text)}. Mettez les mêmes dans les deux langues`,
    });
  return found;
}
