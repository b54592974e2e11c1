/** MODIF n: correcting an answer, while the survey is open or after it has ended. */
import { isCut } from './anonymous.ts';
import { carried, confirmed, judged, pageAsked, readAnswer, wantsOther } from './answer.ts';
import type { Answer } from './events.ts';
import { DAY } from './hours.ts';
import { readMark, withMarks } from './marks.ts';
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import { posedAlone } from './posed.ts';
import type { Question } from './questions.ts';
import { type Amend, MAX_TRIES, type OpenSurvey } from './session.ts';
import type { Survey } from './survey.ts';
import { askable, relevantQuestions } from './survey-paths.ts';
import {
  asked,
  askedAgain,
  checkAsked,
  definition,
  otherAsked,
  placeOf,
  questionAlone,
  questionAt,
  refused,
} from './survey-questions.ts';
import { cleared } from './survey-steps.ts';
import { normalise } from './understand/normalise.ts';
import { passes } from './understand/reading.ts';

/** A correction that was begun is waited for this long; then what is written is about something else. */
const WAIT = DAY;

/** MODIF, with or without a number. Returns whether a question is asked again. */
export function correct(moment: Moment, number: number | undefined): boolean {
  const open = moment.session.survey;
  const survey = open && definition(moment, open);
  if (open && survey && Object.keys(open.answers).length > 0) {
    const questions = relevantQuestions(survey, open.answers);
    const reached = questions.filter((question) => question.id in open.answers).length;
    const question = questions[(number ?? 0) - 1];
    if (!question || !(question.id in open.answers)) {
      moment.say(moment.phrase('survey.modifyRange', { total: reached }));
      return false;
    }
    reopen(moment, open, question);
    moment.say(asked(moment, survey, question, { answers: open.answers }));
    return true;
  }
  return correctEnded(moment, number);
}

/** Back to a question that was answered; from it the conversation returns to where it is now. */
export function reopen(moment: Moment, open: OpenSurvey, question: Question): void {
  moment.set({
    survey: {
      ...cleared(open),
      at: question.id,
      back: open.back ?? open.at,
      ...(open.other && !open.back && { backOther: true as const }),
      other: undefined,
      last: moment.at,
    },
  });
}

function correctEnded(moment: Moment, number: number | undefined): boolean {
  const last = Object.entries(moment.session.ended)
    .filter(([, each]) => each.end === 'done')
    .sort(([, a], [, b]) => (a.at < b.at ? 1 : -1))[0];
  const survey = last && moment.world.surveys.get(last[0], last[1].revision);
  if (!last || !survey) {
    moment.say(moment.phrase('survey.noModify'));
    return false;
  }
  if (isCut(survey, moment.now)) {
    moment.say(moment.phrase('survey.cut'));
    return false;
  }
  const were = askedThen(survey, last[1]);
  const question = were[(number ?? 0) - 1];
  if (!question) {
    moment.say(moment.phrase('survey.modifyRange', { total: were.length }));
    return false;
  }
  moment.set({
    amend: {
      survey: survey.key,
      revision: survey.revision,
      question: question.id,
      started: moment.at,
    },
  });
  moment.say(correctionQuestion(moment) as Asked);
  return true;
}

/** The correction at hand, while it is waited for. */
function waiting({ session: { amend }, now, world }: Moment): Amend | undefined {
  // Overnight the answers may have become nobody's.
  if (amend && isCut(world.surveys.get(amend.survey, amend.revision), now)) return undefined;
  return amend && now.getTime() - Date.parse(amend.started) < WAIT ? amend : undefined;
}

/** What the correction of an ended survey asks, as it reads in the language of the moment. */
export function correctionQuestion(moment: Moment): Asked | undefined {
  const amend = waiting(moment);
  if (!amend) return undefined;
  const survey = moment.world.surveys.get(amend.survey, amend.revision) as Survey;
  if (amend.other) return otherAsked(moment, survey, amend.question);
  const question = questionAt(survey, amend.question);
  if (amend.check?.v !== undefined) return checkAsked(moment, survey, question, amend.check);
  return askedAlone(moment, survey, question, amend);
}

/** What was answered is no longer at hand; what was asked is. */
const askedThen = (survey: Survey, { asked }: { asked?: string[] | undefined } = {}): Question[] =>
  asked?.map((id) => questionAt(survey, id)) ?? askable(survey);

/** Asked by itself: what its texts and its filter hang on is not known any more. */
function askedAlone(moment: Moment, survey: Survey, question: Question, { page = 0 }: Amend): Asked {
  moment.page = page;
  const were = askedThen(survey, moment.session.ended[survey.key]);
  const number = `${were.indexOf(question) + 1}/${were.length} `;
  return questionAlone(moment, placeOf(survey, question.id), posedAlone(question).shown, number);
}

/** The new answer to a survey that has ended. Returns false where none is waited for. */
export function hearCorrection(moment: Moment, text: string): boolean {
  const amend = waiting(moment);
  moment.set({ amend: undefined });
  if (amend) takeCorrection(moment, amend, text);
  return amend !== undefined;
}

function takeCorrection(moment: Moment, amend: Amend, text: string): void {
  const survey = moment.world.surveys.get(amend.survey, amend.revision) as Survey;
  if (amend.other) {
    const what = passes(normalise(text), moment.language) || !text.trim() ? {} : { o: text.trim() };
    const { e = [], ...files } = carried(moment);
    const from = [...(amend.other.e ?? []), ...e];
    store(moment, amend, { ...amend.other, ...what, ...files, ...(from.length > 0 && { e: from }) });
    return;
  }
  const question = questionAt(survey, amend.question);
  const posed = posedAlone(question);
  const { shown } = posed;
  const before = (): Asked => askedAlone(moment, survey, question, amend);
  const { started, marked } = amend;
  const page = amend.check ? undefined : pageAsked(moment, shown, text, amend.page);
  if (page !== undefined) {
    const turned = { ...amend, page };
    moment.set({ amend: turned });
    moment.say(askedAlone(moment, survey, question, turned));
    return;
  }
  const mark = amend.check
    ? undefined
    : readMark(moment, shown, text, { before: marked, started, asked: before });
  if (mark?.kind === 'more') {
    moment.set({ amend: { ...amend, marked: mark.marked, tries: undefined } });
    moment.say(mark.question);
    return;
  }
  const yes = amend.check && confirmed(moment, text);
  const heard =
    amend.check && yes
      ? { kind: 'answer' as const, answer: amend.check }
      : yes === false
        ? { kind: 'again' as const }
        : judged(
            moment,
            survey,
            posed,
            undefined,
            mark
              ? { kind: 'answer', answer: mark.answer }
              : withMarks(moment, shown, marked, readAnswer(moment, shown, text, started)),
          );
  const { check, ...rest } = amend;
  if (heard.kind === 'check') {
    moment.set({ amend: { ...rest, check: heard.answer } });
    moment.say(checkAsked(moment, survey, question, heard.answer));
  } else if (heard.kind === 'again' || heard.kind === 'refused') {
    const tries = (amend.tries ?? 0) + 1;
    moment.set({ amend: tries < MAX_TRIES ? { ...rest, tries } : undefined });
    if (tries >= MAX_TRIES) moment.say(moment.phrase('survey.unchanged'));
    else if (heard.kind === 'refused') moment.say(...refused(heard.why, before()));
    else moment.say(askedAgain(moment, shown, before(), 'got' in heard ? heard.got : undefined));
  } else if (wantsOther(question, heard.answer)) {
    moment.set({ amend: { ...rest, other: heard.answer } });
    moment.say(otherAsked(moment, survey, question.id));
  } else store(moment, rest, heard.answer);
}

function store(moment: Moment, amend: Amend, answer: Answer): void {
  moment.do({ type: 'amend', survey: amend.survey, question: amend.question, answer });
  moment.say(moment.phrase('survey.correctedEnd'));
}
