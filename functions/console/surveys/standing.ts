/** How a survey stands today, and who of staff sees it. */
import { inParis } from '../../../conversations/hours.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { Agent } from '../agent.ts';
import type { Tone } from '../list.tsx';

export type Standing = 'open' | 'coming' | 'over';

export function standingOf({ opens, closes }: Pick<Survey, 'opens' | 'closes'>, now: Date): Standing {
  const today = inParis(now).date;
  return today < opens ? 'coming' : today > closes ? 'over' : 'open';
}

export const STANDINGS: Record<Standing, { tone: Tone; name: string }> = {
  open: { tone: 'going', name: 'Ouvert' },
  coming: { tone: 'waits', name: 'À venir' },
  over: { tone: 'over', name: 'Clos' },
};

/** A relay sees what is asked in its language. */
export const sees = ({ role, language }: Agent, { languages }: Pick<Survey, 'languages'>): boolean =>
  role !== 'relay' || (language !== undefined && languages.includes(language));

/** The languages that this agent reads it in. */
export const languagesFor = (
  { role, language }: Agent,
  { languages }: Pick<Survey, 'languages'>,
): string[] => (role === 'relay' ? languages.filter((each) => each === language) : languages);
