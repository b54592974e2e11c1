import type { Reading } from '../../../conversations/understand/reading.ts';

/** A reading in a word: the value, with "?" where it is asked first; "-" asked again, "skip", "dk" does not know. */
export function shownAs(reading: Reading<unknown>): string {
  if (reading.kind === 'skip') return 'skip';
  if (reading.kind === 'dontKnow') return 'dk';
  if (reading.kind === 'unclear') return '-';
  return `${reading.value}${reading.certainty === 'ask' ? '?' : ''}`;
}
