/** What a survey asks, in words and as something to tap: a question, again, read back, "other: what?", whether to begin. */
import { inWords } from './answer.ts';
import type { Answer } from './events.ts';
import type { Moment, Tapping } from './moment.ts';
import { type Asked, followed, type Lead, led, wordsOfLead, yesOrNo } from './offer.ts';
import { local } from './phrase.ts';
import { type Posed, pose } from './posed.ts';
import type { Texts } from './questions/type.ts';
import { type Question, typeOf } from './questions.ts';
import type { OpenSurvey, Session } from './session.ts';
import type { Survey, SurveyShelf } from './survey.ts';
import { type Answers, placeAmong, questionWith } from './survey-paths.ts';

/** The place of who has not said yes to the survey yet: no question's name begins with a figure. */
export const INTRO = '0';

/** Sessions of versions before this one have a word for it, which is now a question's to have. */
const FORMER_INTRO = 'intro';

/** A session as this version would have stored it. */
export function upToDate(session: Session, surveys: SurveyShelf): Session {
  const { survey: open } = session;
  if (open?.at !== FORMER_INTRO) return session;
  const survey = surveys.get(open.key, open.revision);
  return survey && questionWith(survey, FORMER_INTRO)
    ? session
    : { ...session, survey: { ...open, at: INTRO } };
}

/** The definition an open survey is pinned to. */
export const definition = (moment: Moment, open: { key: string; revision: number }): Survey | undefined =>
  moment.world.surveys.get(open.key, open.revision);

export const questionAt = (survey: Survey, id: string): Question => questionWith(survey, id) as Question;

/** What is worked out has no text: it is never said. */
const textOf = (question: Question): Texts => ('text' in question ? question.text : {});

/** Which question is asked: the revision too, since its options may be others. No `:` may stand in it. */
export const placeOf = ({ key, revision }: { key: string; revision: number }, question: string): string =>
  `${key}.${revision}.${question}`;

/** "2/5 ": which of how many it is for this resident. */
function numberOf(survey: Survey, question: Question, answers: Answers): string {
  const { number, total } = placeAmong(survey, question, answers);
  return `${number}/${total} `;
}

/** Where what is on offer hangs on other answers, a button of another list is not to be taken for one of this. */
export const placeOfPosed = (survey: Survey, { question, numbers }: Posed): string =>
  placeOf(survey, numbers ? `${question.id}.of-${shortHash(numbers.join())}` : question.id);

/** Told apart, not kept secret. */
const shortHash = (text: string): string =>
  [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 2_147_483_647, 7).toString(36);

/** The question for who can tap: without its numbers, which stand on the buttons. */
function tapping(moment: Moment, survey: Survey, posed: Posed, before: string): Tapping {
  const { shown, dynamic } = posed;
  const { choices, hint } = typeOf(shown).choices(shown, moment);
  const text = `${before}${local(textOf(shown), moment.language)}`;
  return {
    place: placeOfPosed(survey, posed),
    choices,
    text: hint ? `${text} ${hint}` : text,
    ...(dynamic && { dynamic }),
  };
}

/** Prompts by question, language, page and kind of channel; in plain mode they may hold what is the city's. */
const prompts = new WeakMap<Question, Map<string, string>>();

/** Without its n/total. Words of the resident's are never kept: `shown` is then a question of its own, used once. */
function promptOf(moment: Moment, shown: Question): string {
  const made = (): string => typeOf(shown).prompt(shown, moment);
  if (moment.plain) return made();
  const known = prompts.get(shown) ?? new Map<string, string>();
  prompts.set(shown, known);
  const name = `${moment.language} ${moment.page} ${moment.rich}`;
  const prompt = known.get(name) ?? made();
  known.set(name, prompt);
  return prompt;
}

/** The question as it is asked, with its n/total. */
export function questionAsked(
  moment: Moment,
  survey: Survey,
  question: Question,
  answers: Answers = {},
): Asked {
  const number = numberOf(survey, question, answers);
  const posed = pose(survey, question, answers);
  return moment.asked(`${number}${promptOf(moment, posed.shown)}`, () =>
    tapping(moment, survey, posed, number),
  );
}

/** The question as it was written, by itself: nothing is known of the other answers. */
export const questionAlone = (moment: Moment, place: string, question: Question, number: string): Asked =>
  moment.asked(`${number}${typeOf(question).prompt(question, moment)}`, () => {
    const { choices, hint } = typeOf(question).choices(question, moment);
    const text = `${number}${local(textOf(question), moment.language)}`;
    return { place, choices, text: hint ? `${text} ${hint}` : text };
  });

/** In plain mode: no n/total, and a multiple choice asks one option at a time. */
function plainQuestion(
  moment: Moment,
  survey: Survey,
  question: Question,
  { answers = {}, picked }: Partial<OpenSurvey>,
): Asked {
  const posed = pose(survey, question, answers);
  const { shown } = posed;
  const done = picked?.asked ?? 0;
  const option = typeOf(shown).oneByOne?.(shown, moment.language)?.[done];
  if (option === undefined)
    return moment.asked(typeOf(shown).prompt(shown, moment), () => tapping(moment, survey, posed, ''));
  const text = local(textOf(shown), moment.language);
  return moment.asked(`${text} ${moment.phrase('plain.question.option', { option })}`, () => ({
    place: `${placeOfPosed(survey, posed)}.${done + 1}`,
    text: `${text} ${moment.phrase('tap.option', { option })}`,
    choices: yesOrNo(moment),
  }));
}

export function asked(
  moment: Moment,
  survey: Survey,
  question: Question,
  open: Partial<OpenSurvey> = {},
): Asked {
  moment.page = open.page ?? 0;
  return moment.plain
    ? plainQuestion(moment, survey, question, open)
    : questionAsked(moment, survey, question, open.answers);
}

/**
 * How the question is asked again; where its options are asked one by one, that is a yes or no too. `before` is how
 * it was asked, `got` the number that is not on offer.
 */
export function askedAgain(moment: Moment, shown: Question, before: Asked, got?: string): Asked {
  const type = typeOf(shown);
  const again =
    moment.plain && type.oneByOne?.(shown, moment.language)
      ? moment.phrase('question.againYesno')
      : type.again(shown, moment, got);
  // What helps to answer is said now, whatever it costs.
  const hint = 'hint' in shown && shown.hint ? local(shown.hint, moment.language) : undefined;
  const text = hint ? `${again} ${hint}` : again;
  if (!before.offer) return { text };
  // Who types a number or a text is told what can be; who taps sees the buttons again.
  const typed = before.offer.choices.length === 1;
  const { offer } = typed
    ? { offer: { ...before.offer, text, ...(got !== undefined && { dynamic: true as const }) } }
    : led(moment.phrase('tap.again'), hint ? followed(before, hint) : before);
  return offer ? { text, offer } : { text };
}

/** An answer that may not be: why, and the question once more where it costs no part more. */
export function refused(why: Lead, before: Asked): Asked[] {
  const text = wordsOfLead(why);
  const dynamic = typeof why !== 'string' && { dynamic: true as const };
  const bare = before.offer ? { text, offer: { ...before.offer, text, ...dynamic } } : { text };
  return [led(why, before), bare];
}

/** An answer that is read back before it counts. */
export function checkAsked(moment: Moment, survey: Survey, question: Question, answer: Answer): Asked {
  const value = inWords(moment, question, answer);
  return moment.asked(moment.phrase('question.check', { value }), () => ({
    // Yes to one value is no yes to another.
    place: placeOf(survey, `${question.id}.is-${String(answer.v)}`),
    text: moment.phrase('tap.check', { value }),
    choices: yesOrNo(moment),
    // One label of the survey's is a text of ours; a number or several of them is the resident's.
    dynamic: Array.isArray(answer.v) || !typeOf(question).labels,
  }));
}

/** "Other: what?" */
export const otherAsked = (moment: Moment, survey: Survey, question: string): Asked =>
  moment.asked(moment.phrase('question.other'), () => ({
    place: placeOf(survey, `${question}.other`),
    text: moment.phrase('tap.other'),
    choices: [{ token: '0', label: moment.phrase('tap.skip') }],
  }));

/** Whether to begin. `text` is how it is asked. */
export const introAsked = (moment: Moment, survey: Survey, text: string): Asked =>
  moment.asked(text, () => {
    const intro = local(survey.intro, moment.language);
    const townHall = local(moment.city.townHall, moment.language);
    return {
      place: placeOf(survey, INTRO),
      text: moment.plain
        ? moment.phrase('plain.survey.start', { intro, townHall })
        : moment.phrase('tap.survey', { intro, city: moment.city.shortName }),
      // Asked in plain words, yes is 1 and no is 2; in the menu 2 is later.
      choices: moment.plain
        ? yesOrNo(moment)
        : [
            { token: '1', label: moment.phrase('tap.start') },
            { token: '2', label: moment.phrase('tap.later') },
            { token: '3', label: moment.phrase('tap.decline') },
          ],
    };
  });

/** The question at hand, as it is asked. */
export function surveyQuestion(moment: Moment): Asked | undefined {
  const open = moment.session.survey;
  const survey = open && definition(moment, open);
  if (!open || !survey) return undefined;
  if (open.at === INTRO) {
    const intro = local(survey.intro, moment.language);
    return introAsked(
      moment,
      survey,
      moment.plain
        ? moment.phrase('plain.survey.ask', { intro, townHall: local(moment.city.townHall, moment.language) })
        : moment.phrase('survey.start', { city: moment.city.shortName, intro }),
    );
  }
  if (open.other) return otherAsked(moment, survey, open.at);
  const question = questionAt(survey, open.at);
  // A later "1" answers what was asked last: the value that was read back.
  if (open.check?.v !== undefined) return checkAsked(moment, survey, question, open.check);
  return asked(moment, survey, question, open);
}
