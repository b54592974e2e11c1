/**
 * Lists that staff keep: a contact is put on one with the proof that they agreed, or taken off. No message is sent; the
 * first announcement introduces itself. Owns what staff may not do: bring back who said STOP, or who has left since.
 */
import { places } from './city.ts';
import type { Event } from './events.ts';
import type { Moment } from './moment.ts';
import type { Session } from './session.ts';

export type Enrolled = Extract<Event, { type: 'enrolled' }>;
type Removed = Extract<Event, { type: 'removed' }>;

/**
 * What putting somebody on a list comes to:
 * - `new` nobody knew them, or they had joined nothing
 * - `added` they were on another list
 * - `known` they are on it already: nothing changes
 * - `stopped` they said STOP: nothing changes until they say otherwise themselves
 * - `left` they were taken off it after the day of this proof: an older paper does not bring them back
 */
export type Enrolment = 'new' | 'added' | 'known' | 'stopped' | 'left';

/** For the trial of an import too, which changes nothing. */
export function enrolmentOf(session: Session, { list, proof }: Pick<Enrolled, 'list' | 'proof'>): Enrolment {
  if (session.consent === 'stopped') return 'stopped';
  if (session.lists.includes(list)) return 'known';
  const left = session.left?.[list];
  if (left !== undefined && proof.on <= left) return 'left';
  return session.consent === 'given' ? 'added' : 'new';
}

export function enrol(moment: Moment, event: Enrolled): void {
  const enrolment = enrolmentOf(moment.session, event);
  if (enrolment !== 'new' && enrolment !== 'added') return;
  const { list, proof, plain, language, age } = event;
  const { session, city } = moment;
  const place = places(city).some(({ id }) => id === list) ? list : undefined;
  // What residents said of themselves is theirs: staff fill in only what is not known.
  moment.set({
    consent: 'given',
    lists: [...session.lists, list],
    language: session.language ?? language,
    age: session.age ?? age,
    quartier: session.quartier ?? event.quartier ?? place,
    plain: session.plain ?? (plain ? 'on' : undefined),
    source: session.source ?? (enrolment === 'new' ? 'import' : undefined),
  });
  moment.do(
    {
      type: 'consent',
      kind: 'given',
      text: proof.what,
      version: city.consentVersion,
      list,
      source: 'import',
      on: proof.on,
      ...(proof.by && { by: proof.by }),
    },
    { type: 'subscribe', list },
  );
}

/** Off one list, or off all of them. They stay a contact: what they answered and their other lists are theirs. */
export function remove(moment: Moment, { list, on }: Removed): void {
  const { lists, left } = moment.session;
  const gone = lists.filter((each) => list === undefined || each === list);
  if (gone.length === 0) return;
  moment.set({
    lists: lists.filter((each) => !gone.includes(each)),
    left: { ...left, ...Object.fromEntries(gone.map((each) => [each, on])) },
  });
  // Who has said STOP left the store's lists then.
  for (const each of gone) moment.do({ type: 'unsubscribe', list: each });
}
