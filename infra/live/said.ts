/** How lives and their questions read in a terminal. */
import { spoken } from '../../conversations/announcement-acts.ts';
import { beginsAt, type Live } from '../../conversations/live.ts';
import { liveStateName } from '../../conversations/live-acts.ts';
import { type Moderated, questionName, questionState } from '../../conversations/live-board.ts';
import { Refused } from '../command/refused.ts';

/** "L-2026-001  ouvert  jeudi 26 novembre 2026 à 19:00  TRAVAUX  travaux du bas Clichy" */
export const liveLine = (live: Live): string =>
  `${live.id}  ${liveStateName(live.state)}  ${spoken(beginsAt(live))}  ${live.keyword}  ${live.subject.fr ?? ''}`;

/** Q-77, 77. Throws `Refused` where it is neither. */
export function questionIn(given: string): number {
  const digits = /^(?:Q-?)?(\d{1,8})$/i.exec(given)?.[1];
  if (digits === undefined || Number(digits) < 1)
    throw new Refused(`une question est Q-77, reçu « ${given} »`);
  return Number(digits);
}

export const votesWord = (count: number): string => `${count} ${count > 1 ? 'votes' : 'vote'}`;

/** "acceptée, avec Q-77", "refusée, à valider" */
export function stateWords(question: Moderated | undefined): string {
  const waits = (question?.state === 'answered' || question?.state === 'refused') && !question.signed;
  return [
    questionState(question),
    ...(question?.into === undefined ? [] : [`avec ${questionName(question.into)}`]),
    ...(waits ? ['à valider'] : []),
  ].join(', ');
}
