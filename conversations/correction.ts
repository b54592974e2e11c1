/** MODIF n: correcting an answer, while the survey is open or after it has ended. */
import { askedAgain, confirmed, readAnswer, wantsOther } from './answer.ts';
import type { Answer } from './events.ts';
import { DAY } from './hours.ts';
import type { Moment } from './moment.ts';
import { type Amend, MAX_TRIES } from './session.ts';
import type { Survey } from './survey.ts';
import { asked, questionAt, questionText } from './survey-steps.ts';
import { normalise } from './understand/normalise.ts';
import { passes } from './understand/reading.ts';

/** A correction that was begun is waited for this long; then what is written is about something else. */
const WAIT = DAY;

/** MODIF, with or without a number. Returns whether a question is asked again. */
export function correct(moment: Moment, number: number | undefined): boolean {
  const open = moment.session.survey;
  const survey = open && moment.world.surveys.get(open.key, open.revision);
  if (open && survey && Object.keys(open.answers).length > 0) {
    const reached = survey.questions.filter((question) => question.id in open.answers).length;
    const question = survey.questions[(number ?? 0) - 1];
    if (!question || !(question.id in open.answers)) {
      moment.say(moment.phrase('survey.modifyRange', { total: reached }));
      return false;
    }
    moment.set({
      survey: {
        ...open,
        at: question.id,
        back: open.back ?? open.at,
        ...(open.other && !open.back && { backOther: true as const }),
        other: undefined,
        prev: undefined,
        check: undefined,
        picked: undefined,
        tries: undefined,
        texts: undefined,
        last: moment.at,
      },
    });
    moment.say(asked(moment, survey, question));
    return true;
  }
  return correctEnded(moment, number);
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
  const question = survey.questions[(number ?? 0) - 1];
  if (!question) {
    moment.say(moment.phrase('survey.modifyRange', { total: survey.questions.length }));
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
  moment.say(questionText(moment, survey, question));
  return true;
}

/** The correction at hand, while it is waited for. */
function waiting({ session: { amend }, now }: Moment): Amend | undefined {
  return amend && now.getTime() - Date.parse(amend.started) < WAIT ? amend : undefined;
}

/** What the correction of an ended survey asks, as it reads in the language of the moment. */
export function correctionQuestion(moment: Moment): string | undefined {
  const amend = waiting(moment);
  if (!amend) return undefined;
  if (amend.other) return moment.phrase('question.other');
  const survey = moment.world.surveys.get(amend.survey, amend.revision) as Survey;
  return questionText(moment, survey, questionAt(survey, amend.question));
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
    store(moment, amend, { ...amend.other, ...what });
    return;
  }
  const question = questionAt(survey, amend.question);
  const yes = amend.check && confirmed(moment, text);
  const heard =
    amend.check && yes
      ? { kind: 'answer' as const, answer: amend.check }
      : yes === false
        ? { kind: 'again' as const, question: askedAgain(moment, question) }
        : readAnswer(moment, question, text, amend.started);
  const { check, ...rest } = amend;
  if (heard.kind === 'check') {
    moment.set({ amend: { ...rest, check: heard.answer } });
    moment.say(heard.question);
  } else if (heard.kind === 'again') {
    const tries = (amend.tries ?? 0) + 1;
    moment.set({ amend: tries < MAX_TRIES ? { ...rest, tries } : undefined });
    moment.say(tries < MAX_TRIES ? heard.question : moment.phrase('survey.unchanged'));
  } else if (wantsOther(question, heard.answer)) {
    moment.set({ amend: { ...rest, other: heard.answer } });
    moment.say(moment.phrase('question.other'));
  } else store(moment, rest, heard.answer);
}

function store(moment: Moment, amend: Amend, answer: Answer): void {
  moment.do({ type: 'amend', survey: amend.survey, question: amend.question, answer });
  moment.say(moment.phrase('survey.correctedEnd'));
}
