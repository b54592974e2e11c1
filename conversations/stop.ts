/** STOP and REPRENDRE: on every list and every channel at once, one acknowledgement, the proof kept. */
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import { closeSurvey } from './survey-steps.ts';
import { readYesNo } from './understand/yes-no.ts';
import { leaveWaitingLists } from './visit-answers.ts';
import { quartierName } from './welcome.ts';

/**
 * The messages stop. `quiet`: the provider has said so already, or it is said otherwise; `text` is what is said, `left`
 * the lists that the resident is on.
 */
export function stop(
  moment: Moment,
  {
    quiet = false,
    text = moment.phrase('stop.done'),
    left,
  }: { quiet?: boolean; text?: string; left?: string[] } = {},
): void {
  closeSurvey(moment, 'stopped');
  leaveWaitingLists(moment);
  const { join, lists } = moment.session;
  // Who has said OUI is asked nothing again when they come back.
  if (join?.quartier && (join.step === 'language' || join.step === 'age'))
    moment.set({ lists: [...new Set([...lists, join.quartier])] });
  for (const list of left ?? moment.session.lists) moment.do({ type: 'unsubscribe', list });
  moment.do(
    { type: 'consent', kind: 'stopped', text, version: moment.city.consentVersion },
    { type: 'suppress' },
  );
  moment.set({ consent: 'stopped', aside: undefined, amend: undefined, join: undefined, live: undefined });
  if (!quiet) moment.say(text);
}

/** Back on the lists that STOP left, because the resident says so. */
export function resume(moment: Moment, { quiet = false } = {}): void {
  const { consent, lists } = moment.session;
  if (consent !== 'stopped') {
    if (!quiet) moment.say(moment.phrase('stop.notStopped'));
    return;
  }
  const text =
    lists.length > 0
      ? moment.phrase('stop.resumed', {
          quartier: lists.map((list) => quartierName(moment, list)).join(', '),
        })
      : moment.phrase('stop.resumedNoList');
  moment.set({ consent: lists.length > 0 ? 'given' : 'none', aside: undefined });
  moment.do(
    { type: 'consent', kind: 'resumed', text, version: moment.city.consentVersion },
    { type: 'unsuppress' },
  );
  for (const list of lists) moment.do({ type: 'subscribe', list });
  if (!quiet) moment.say(text, moment.phrase('stop.resumedNoList'));
}

/** "stop aux voitures rue X": the text waits while we ask what was meant. */
export function askStop(moment: Moment, text: string): void {
  moment.set({ aside: { kind: 'stop', text, ...(moment.rich && { from: moment.event.id }) } });
  moment.say(stopQuestion(moment));
}

export const stopQuestion = (moment: Moment): Asked =>
  moment.asked(moment.phrase('stop.confirm'), () => ({
    place: 'aside.stop',
    text: moment.phrase('tap.stop'),
    choices: [
      { token: '1', label: moment.phrase('question.yes') },
      { token: '2', label: moment.phrase('question.no') },
    ],
  }));

/** Returns the text that was an answer after all, or undefined where the messages have been stopped or asked again. */
export function hearStop(
  moment: Moment,
  text: string,
  { text: waiting, from }: { text: string; from?: string | undefined },
): string | undefined {
  const reading = readYesNo(text, moment.language);
  moment.set({ aside: undefined });
  if (reading.kind === 'value' && reading.value) {
    stop(moment);
    return undefined;
  }
  // What is heard now was written before.
  moment.tapped = false;
  if (from) moment.sources = [from, ...moment.sources];
  // Not a clear yes: nobody is cut off on a guess, and what they wrote is not lost.
  return reading.kind === 'unclear' && text.trim() ? `${waiting} ${text}` : waiting;
}
