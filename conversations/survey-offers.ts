/** What a survey's questions offer to tap in one language: for who has to make buttons before anybody is asked. */
import type { Offer } from './events.ts';
import { Moment, type World } from './moment.ts';
import { newSession } from './session.ts';
import type { Survey } from './survey.ts';
import { askable } from './survey-paths.ts';
import { introAsked, questionAsked } from './survey-questions.ts';

/** As they stand on WhatsApp, without what may come before them. */
export function surveyOffers(world: World, survey: Survey, language: string, now: Date): Offer[] {
  const event = { type: 'said', id: 'offers', channel: 'whatsapp', text: '' } as const;
  const moment = new Moment(world, { ...newSession('offers'), language }, event, now);
  const asked = [
    introAsked(moment, survey, ''),
    ...askable(survey).map((question) => questionAsked(moment, survey, question)),
  ];
  return asked.flatMap(({ offer }) => (offer && !offer.dynamic ? [offer] : []));
}
