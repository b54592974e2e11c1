/** EFFACER (J12): the resident is asked once, then everything about them goes; answers stay without their words. */
import type { Answer } from './events.ts';
import { DAY } from './hours.ts';
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import { reference } from './reference.ts';
import { newSession, type OpenSurvey } from './session.ts';
import { sheetOf } from './survey-steps.ts';
import { readYesNo } from './understand/yes-no.ts';

export function askErase(moment: Moment): void {
  const { join } = moment.session;
  // Whoever asks to be erased has not said yes to an offer: a later "1" must not count as one.
  const offered = join?.step === 'quartier' || join?.step === 'consent';
  moment.set({ aside: { kind: 'erase', at: moment.at }, ...(offered && { join: undefined }) });
  moment.say(eraseQuestion(moment));
}

export const eraseQuestion = (moment: Moment): Asked =>
  moment.asked(moment.phrase('erase.ask'), () => ({
    place: 'aside.erase',
    text: moment.phrase('tap.erase'),
    choices: [
      { token: '1', label: moment.phrase('question.yes') },
      { token: '2', label: moment.phrase('question.no') },
    ],
  }));

/** The answer to EFFACER. Returns false where it is neither yes nor no: then it was not about erasing. */
export function hearErase(moment: Moment, text: string): boolean {
  const { aside } = moment.session;
  // Whatever is answered tomorrow answers something else: nobody is erased by a belated "1".
  if (aside?.kind !== 'erase' || moment.now.getTime() - Date.parse(aside.at) > DAY) return false;
  const reading = readYesNo(text, moment.language);
  if (reading.kind === 'unclear') return false;
  moment.set({ aside: undefined });
  // Only a plain yes erases: what would be read back anywhere else is no here.
  if (reading.kind !== 'value' || !reading.value || reading.certainty === 'ask') {
    moment.say(moment.phrase('erase.kept'));
    return true;
  }
  const proof = reference('E', moment.event.id);
  const goodbye = moment.phrase('erase.done', { proof });
  forget(moment, { proof });
  moment.do({ type: 'suppress' });
  moment.say(goodbye);
  return true;
}

/**
 * Everything about the resident goes, this session too. What they answered stays, without a word of theirs; of a
 * child's open survey not even that.
 */
export function forget(
  moment: Moment,
  { proof = reference('E', moment.event.id), keepAnswers = true } = {},
): void {
  const { survey, ended } = moment.session;
  if (keepAnswers && survey && Object.keys(survey.answers).length > 0) {
    const { source, ...sheet } = sheetOf(moment, withoutWords(survey), 'erased');
    moment.do({ type: 'record', sheet });
  }
  moment.do({
    type: 'erase',
    proof,
    surveys: [...new Set([...Object.keys(ended), ...(survey ? [survey.key] : [])])],
  });
  moment.session = newSession('');
}

const withoutWords = (survey: OpenSurvey): OpenSurvey => ({
  ...survey,
  answers: Object.fromEntries(Object.entries(survey.answers).map(([id, answer]) => [id, wordless(answer)])),
});

/** An answer without anything the resident wrote: numbers and choices stay, an open answer is marked erased. */
export function wordless(answer: Answer): Answer {
  const { v, m, t } = answer;
  if (typeof v === 'string') return { m: 'erased', t };
  return { ...(v !== undefined && { v }), ...(m && { m }), t };
}
