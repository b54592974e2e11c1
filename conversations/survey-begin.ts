/** How a survey begins for one resident: by its keyword, by an invitation, or with answers all in one message. */
import type { Language } from '../locales/index.ts';
import { isCut } from './anonymous.ts';
import type { Mode } from './events.ts';
import { dayName, inParis, parisMoment } from './hours.ts';
import type { Moment } from './moment.ts';
import { type Asked, asAsked, led, withPrefix } from './offer.ts';
import { local } from './phrase.ts';
import type { OpenSurvey } from './session.ts';
import { sms } from './shape.ts';
import type { Survey } from './survey.ts';
import { askable, nextAfter } from './survey-paths.ts';
import { asked, INTRO, surveyQuestion } from './survey-questions.ts';
import { ask, closeSurvey, isOpen, keywordOf } from './survey-steps.ts';

export interface How {
  mode: Mode;
  source?: string | undefined;
  language?: Language | undefined;
  /** Said before it, in place of its own introduction where it begins with its first question. */
  told?: string;
}

/** A keyword or an invitation: the survey introduces itself and asks whether to begin. */
export function beginSurvey(moment: Moment, survey: Survey, how: How): void {
  if (how.language && moment.city.languages.includes(how.language)) moment.set({ language: how.language });
  const question = moment.session.survey?.key === survey.key ? surveyQuestion(moment) : undefined;
  if (question !== undefined) {
    sayWith(moment, how.told, question);
    return;
  }
  const open = opened(moment, survey, how);
  if (!open || (moment.plain && how.told === undefined && beginAtOnce(moment, survey, open))) return;
  const isUnasked = moment.event.type === 'invited' || how.told !== undefined;
  if (isUnasked && survey.opening === 'question') {
    const { city, language } = moment;
    const words = { city: city.shortName, intro: local(survey.intro, language) };
    ask(moment, survey, open, nextAfter(survey, {}, undefined), {
      told: [how.told ?? moment.phrase('survey.invite', words)],
    });
    return;
  }
  moment.set({ survey: open });
  sayWith(moment, how.told, surveyQuestion(moment) as Asked);
}

const sayWith = (moment: Moment, told: string | undefined, question: string | Asked): void =>
  void moment.say(told === undefined ? question : led(told, asAsked(question)));

/** The survey as it stands before its first question; undefined where it cannot begin, and that has been said. */
export function opened(moment: Moment, survey: Survey, how: How): OpenSurvey | undefined {
  const { session } = moment;
  const ended = session.ended[survey.key];
  const accepting = isOpen(survey, moment.now);
  if (ended?.end === 'done' && (accepting || !(survey.results || isCut(survey, moment.now)))) {
    const total = ended.asked?.length ?? askable(survey).length;
    moment.say(moment.phrase('survey.already', { total }));
    return undefined;
  }
  if (!accepting) {
    sayClosed(moment, survey);
    return undefined;
  }
  // One survey at a time: the other one's answers are kept as far as they go.
  if (session.survey) closeSurvey(moment, 'expired');
  return {
    key: survey.key,
    revision: survey.revision,
    channel: moment.channel,
    mode: how.mode,
    ...(how.source && { source: how.source }),
    started: moment.at,
    last: moment.at,
    at: INTRO,
    reminders: 0,
    answers: {},
    ...(session.ended[survey.key] && { again: true as const }),
  };
}

/** What became of it, where that is known; else that it is over. */
export const overText = (survey: Survey, language: string): string =>
  local(survey.results ?? survey.over, language);

function sayClosed(moment: Moment, survey: Survey): void {
  const later = inParis(moment.now).date < survey.opens;
  const day = dayName(parisMoment(survey.opens, '12:00'), moment.language);
  moment.say(
    later
      ? moment.phrase('survey.notYet', { day, keyword: keywordOf(survey) })
      : overText(survey, moment.language),
  );
}

/** In plain mode a short survey asks its first question with its first words (J14). */
function beginAtOnce(moment: Moment, survey: Survey, open: OpenSurvey): boolean {
  const { question: first, notes } = nextAfter(survey, {}, undefined);
  if (!first || notes.length > 0) return false;
  const { language, city } = moment;
  const start = { intro: local(survey.intro, language), townHall: local(city.townHall, language) };
  const [question] = withPrefix([moment.phrase('plain.survey.start', start)], asked(moment, survey, first));
  if (!question || sms(question.text).parts > 1) return false;
  moment.set({ survey: { ...open, at: first.id } });
  moment.say(question);
  return true;
}
