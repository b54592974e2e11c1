/**
 * Before a survey is asked: its buttons exist at Twilio, in each of its languages (channels.md 1.6). What is missing
 * all the same, or has other words before it, is made when it is first sent.
 */
import { DAY, inParis } from '../../conversations/hours.ts';
import { surveyOffers } from '../../conversations/survey-offers.ts';
import type { Deps } from './deps.ts';
import { describe } from './log.ts';

/** Returns how many buttons and lists there are for surveys that are open, or open tomorrow. */
export async function prepareOffers(deps: Deps): Promise<number> {
  const { prepare, world } = deps;
  if (!prepare) return 0;
  const [today, tomorrow] = [deps.now(), new Date(deps.now().getTime() + DAY)].map(
    (time) => inParis(time).date,
  ) as [string, string];
  let count = 0;
  for (const survey of world.surveys.all()) {
    if (survey.opens > tomorrow || survey.closes < today) continue;
    for (const language of survey.languages.filter((each) =>
      world.city.languages.some((one) => one === each),
    ))
      for (const offer of surveyOffers(world, survey, language, deps.now()))
        try {
          await prepare(offer, language);
          count += 1;
        } catch (error) {
          deps.log.error('offer-unprepared', describe(error));
        }
  }
  return count;
}
