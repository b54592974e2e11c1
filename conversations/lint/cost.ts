/**
 * What each message of a survey costs by SMS, as the engine really says it. One part in languages that GSM-7 can
 * write, as docs/message-parts.md has it for every phrase of ours; three in scripts of 70 characters a part, two in
 * Chinese, which says the same in fewer signs.
 */
import { dayName, parisMoment } from '../hours.ts';
import { Moment } from '../moment.ts';
import { led } from '../offer.ts';
import { local } from '../phrase.ts';
import { pagesOf } from '../questions/options.ts';
import { type Question, typeOf } from '../questions.ts';
import { newSession } from '../session.ts';
import { foldToGsm, measure, shortest, sms } from '../shape.ts';
import type { Survey } from '../survey.ts';
import { askable } from '../survey-paths.ts';
import { asked } from '../survey-questions.ts';
import { type Finding, type Rule, type Sheet, shown } from './finding.ts';
import { atItsLongest } from './posed-longest.ts';
import { isSaid } from './texts-of.ts';

const MOST_PARTS: Record<string, number> = { ar: 3, ta: 3, ur: 3, bn: 3, zh: 2 };
const mostParts = (language: string): number => MOST_PARTS[language] ?? 1;
/** Twilio refuses longer bodies (error 21617). */
const MOST_UNITS = 1600;

interface Sent {
  place: string;
  question?: string;
  text: string;
  what: string;
}

export const cost: Rule = (sheet) => [
  ...sheet.survey.languages.flatMap((language) =>
    sentIn(sheet, language).flatMap((sent) => overLong(sent, language)),
  ),
  ...rareLetters(sheet),
];

function overLong({ place, question, text, what }: Sent, language: string): Finding[] {
  const { parts, units, encoding } = sms(text);
  const most = mostParts(language);
  const at = { place: `${place}.${language}`, language, ...(question && { question }) };
  if (text.length > MOST_UNITS)
    return [
      {
        rule: 'too-long-to-send',
        severity: 'error',
        ...at,
        message: `${what} a ${text.length} caractères: aucun SMS n'en porte plus de ${MOST_UNITS}. Coupez le texte, ou posez plusieurs questions`,
      },
    ];
  if (parts <= most) return [];
  return [
    {
      rule: 'parts',
      severity: 'warning',
      ...at,
      message: `${what} prend ${parts} SMS (${units} ${encoding === 'GSM-7' ? 'caractères' : 'caractères, 70 par SMS dans cette écriture'}), et en « ${language} » ${most === 1 ? 'un seul' : most} suffit d'habitude: ${shown(text)}. Raccourcissez le texte ou les choix`,
    },
  ];
}

/** Every message in one language, in the mode of the lists that the survey is meant for. */
export function sentIn(sheet: Sheet, language: string): Sent[] {
  const { city } = sheet;
  const { world, survey } = atItsLongest(sheet, language);
  const event = { type: 'said', id: 'lint', channel: 'sms', text: '' } as const;
  const session = { ...newSession('lint'), language, ...(sheet.plain && { plain: 'on' as const }) };
  const moment = new Moment(world, session, event, new Date(0));
  const said = (key: keyof typeof survey): string => local(survey[key] as Record<string, string>, language);
  const intro = moment.plain
    ? moment.phrase('plain.survey.ask', { intro: said('intro'), townHall: local(city.townHall, language) })
    : moment.phrase('survey.start', { city: city.shortName, intro: said('intro') });
  const [first] = askable(survey);
  const invitation =
    survey.opening === 'question' && first
      ? `${moment.phrase('survey.invite', { city: city.shortName, intro: said('intro') })} ${asked(moment, survey, first).text}`
      : intro;
  const count = askable(survey).length;
  const day = survey.promise && dayName(parisMoment(survey.promise, '12:00'), language);
  const thanks = [said('thanks'), ...(day ? [moment.phrase('survey.promise', { day })] : [])].join(' ');
  const words = { count, total: count, thanks };
  const thanksSaid = shortest([
    moment.phrase('survey.thanks', words),
    moment.phrase('survey.thanksShort', words),
  ]);
  const whole: Sent[] = [
    { place: 'intro', text: invitation, what: "l'invitation" },
    {
      place: 'thanks',
      text: thanksSaid,
      what: 'le remerciement',
    },
    { place: 'over', text: said('over'), what: 'le message de fin' },
    ...(survey.results
      ? [{ place: 'results', text: said('results'), what: 'le message des résultats' }]
      : []),
  ];
  const atTheEnd = notesBefore(survey, survey.questions.length);
  whole.push(...toldBefore(atTheEnd, thanksSaid, language, 'la note, avec le remerciement,'));
  return [
    ...whole,
    ...survey.questions.flatMap((question, index) => ofQuestion(moment, survey, question, index)),
  ];
}

/** What is asked, with the notes that are told before it. */
function ofQuestion(moment: Moment, survey: Survey, question: Question, index: number): Sent[] {
  if (question.type === 'calculate' || question.type === 'note') return [];
  const place = `questions[${index}]`;
  const { language } = moment;
  const about = { question: question.id };
  const text = widest(askedIn(moment, survey, question));
  const notes = notesBefore(survey, index);
  return [
    { place: `${place}.text`, ...about, text, what: 'la question, avec ses choix,' },
    ...toldBefore(notes, text, language, 'la note, avec la question qui suit,'),
    ...(question.constraintMessage
      ? [
          {
            place: `${place}.constraintMessage`,
            ...about,
            text: local(question.constraintMessage, language),
            what: 'le message de refus',
          },
        ]
      : []),
  ];
}

const widest = (texts: string[]): string => texts.reduce((a, b) => (sms(b).units > sms(a).units ? b : a));

/** In every page, and in plain mode option by option. */
function askedIn(moment: Moment, survey: Survey, question: Question): string[] {
  if (!('options' in question)) return [asked(moment, survey, question).text];
  if (moment.plain && typeOf(question).oneByOne?.(question, moment.language))
    return question.options.map((option) => asked(moment, survey, { ...question, options: [option] }).text);
  const pages = pagesOf(question.options.length);
  return Array.from({ length: pages }, (_, page) => asked(moment, survey, question, { page }).text);
}

/** The notes that stand right before a question, or at the end. */
function notesBefore(
  survey: Survey,
  index: number,
): { note: Extract<Question, { type: 'note' }>; at: number }[] {
  const before = survey.questions.slice(0, index);
  const last = before.findLastIndex(({ type }) => type !== 'note' && type !== 'calculate');
  return before.flatMap((note, at) => (at > last && note.type === 'note' ? [{ note, at }] : []));
}

/** Said in one message with what follows: it is the note's cost. */
function toldBefore(
  notes: ReturnType<typeof notesBefore>,
  text: string,
  language: string,
  what: string,
): Sent[] {
  const [first] = notes;
  if (!first) return [];
  const together = notes.reduceRight((behind, { note }) => led(local(note.text, language), behind), { text });
  return [{ place: `questions[${first.at}].text`, question: first.note.id, text: together.text, what }];
}

/** A sign that no plain letter stands for halves what every SMS with it can carry. */
function rareLetters({ texts, survey }: Sheet): Finding[] {
  return texts.filter(isSaid).flatMap(({ place, texts: said, question }) =>
    survey.languages.flatMap((language): Finding[] => {
      const text = said[language];
      if (text === undefined || mostParts(language) > 1) return [];
      const rare = [...new Set(foldToGsm(text.replace(/\$\{[^}]*\}/gu, '')))].filter(
        (letter) => measure(letter).encoding === 'UCS-2',
      );
      if (rare.length === 0) return [];
      return [
        {
          rule: 'rare-letter',
          severity: 'warning',
          place: `${place}.${language}`,
          language,
          ...(question && { question: question.id }),
          message: `« ${rare.join(' ')} »: avec ce signe, un SMS ne porte plus que 70 caractères au lieu de 160. Enlevez-le`,
        },
      ];
    }),
  );
}
