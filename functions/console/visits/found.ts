/** The visit that an address names, and what surrounds it. */
import { type Visit, visitNumber } from '../../../conversations/visit.ts';
import type { VisitAround } from '../../../conversations/visit-lint.ts';
import type { Entry } from '../../store/journal.ts';
import { type Asked, NotThere } from '../page.ts';

/** Throws `NotThere`. */
export async function found({ deps, params }: Pick<Asked, 'deps' | 'params'>): Promise<Entry<Visit>> {
  const number = visitNumber(params.id ?? '');
  const kept = number === undefined ? undefined : await deps.visits.get(number);
  if (kept?.thing.id !== params.id) throw new NotThere();
  return kept as Entry<Visit>;
}

/** Reads every visit there is: some dozens a year. */
export async function aroundOf({ deps, now }: Pick<Asked, 'deps' | 'now'>): Promise<VisitAround> {
  const visits: Visit[] = [];
  for await (const { thing } of deps.visits.list()) visits.push(thing);
  return { city: deps.world.city, now, visits };
}
