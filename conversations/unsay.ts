/**
 * A message was taken back: nothing of it stays. No reply: beside STOP this is the one event that is met with
 * silence, since whoever takes a word back has not said anything.
 */
import type { Answer } from './events.ts';
import type { Moment } from './moment.ts';
import type { Amend, OpenSurvey } from './session.ts';

export function unsay(moment: Moment, of: string): void {
  const { survey, amend, aside, ended } = moment.session;
  moment.do({ type: 'unkeep', event: of, surveys: Object.keys(ended) });
  moment.set({
    survey: survey && withoutMessage(survey, of),
    amend: amend && amendWithout(amend, of),
    // The question stays: whoever answers it later must not be taken to answer another.
    ...(aside?.kind === 'stop' && aside.from === of && { aside: { kind: 'stop', text: '' } }),
  });
}

/** An answer that came with the message is no answer any more, whole or in part. */
export const unsaid = (answer: Answer, of: string): Answer =>
  answer.e?.includes(of) ? { m: 'erased', t: answer.t } : answer;

function withoutMessage(open: OpenSurvey, of: string): OpenSurvey {
  const { texts = [], textsFrom = [], check } = open;
  const kept = texts.filter((_, index) => textsFrom[index] !== of);
  const from = textsFrom.filter((each) => each !== of);
  return {
    ...open,
    ...(kept.length < texts.length && {
      texts: kept.length > 0 ? kept : undefined,
      textsFrom: from.length > 0 ? from : undefined,
    }),
    ...(check && { check: unsaid(check, of) }),
    answers: Object.fromEntries(Object.entries(open.answers).map(([id, answer]) => [id, unsaid(answer, of)])),
  };
}

const amendWithout = ({ check, other, ...amend }: Amend, of: string): Amend => ({
  ...amend,
  ...(check && { check: unsaid(check, of) }),
  ...(other && { other: unsaid(other, of) }),
});
