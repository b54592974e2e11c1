/** What has been asked and not been answered, as it reads in the language of the moment: the last thing first. */
import { correctionQuestion } from './correction.ts';
import { eraseQuestion } from './erase.ts';
import { languageAsked } from './language.ts';
import { continueQuestion } from './link.ts';
import { liveQuestion } from './live-conversation.ts';
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import { stopQuestion } from './stop.ts';
import { surveyQuestion } from './survey-questions.ts';
import { visitQuestion } from './visit-conversation.ts';
import { joinQuestion } from './welcome.ts';

/** What was asked over everything else. */
export function asideQuestion(moment: Moment): Asked | undefined {
  const { aside } = moment.session;
  switch (aside?.kind) {
    case 'stop':
      return stopQuestion(moment);
    case 'erase':
      return eraseQuestion(moment);
    case 'language':
      return languageAsked(moment, 'aside.language', { more: aside.more ?? false, key: 'language.again' });
    case 'continue':
      return continueQuestion(moment);
    default:
      return undefined;
  }
}

/** What lies below: a correction, a join, a visit, a live, a survey. */
export const openQuestion = (moment: Moment): Asked | undefined =>
  correctionQuestion(moment) ??
  joinQuestion(moment) ??
  visitQuestion(moment) ??
  liveQuestion(moment) ??
  surveyQuestion(moment);

export const questionAtHand = (moment: Moment): Asked | undefined =>
  asideQuestion(moment) ?? openQuestion(moment);
