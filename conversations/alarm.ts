/**
 * Someone is in danger, from themselves or from others. The script stops, the emergency numbers are given, and a
 * person is told at once; nothing of it becomes an answer (participation.md, "Gérer des conflits" and S18).
 *
 * The numbers: 15, 17, 112 and 114 (by text message) are the national emergency numbers; 3114 suicide prevention,
 * 3919 violence against women, 119 children in danger.
 */
import { DAY } from './hours.ts';
import type { Moment } from './moment.ts';
import { closeSurvey } from './survey-steps.ts';
import type { Danger } from './understand/distress.ts';
import { finishJoin } from './welcome.ts';

export function raiseAlarm(moment: Moment, danger: Danger, text: string): void {
  keepForPerson(moment, danger, text);
  // After STOP nothing is sent that was not asked for (design.md 3); the flag is raised all the same.
  if (moment.session.consent === 'stopped') return;
  closeSurvey(moment, 'expired');
  const { join } = moment.session;
  if (join?.step === 'language' || join?.step === 'age') finishJoin(moment);
  moment.set({
    join: undefined,
    amend: undefined,
    visit: undefined,
    live: undefined,
    aside: { kind: 'alarm', danger, at: moment.at },
  });
  moment.say(moment.phrase(danger === 'self' ? 'alarm.self' : 'alarm.violence'));
}

/** For a day after, what they write goes to a person too. Returns false once that is over. */
export function hearAfterAlarm(moment: Moment, text: string): boolean {
  const { aside } = moment.session;
  if (aside?.kind !== 'alarm' || moment.now.getTime() - Date.parse(aside.at) > DAY) return false;
  if (text.trim()) keepForPerson(moment, aside.danger, text);
  moment.say(moment.phrase('alarm.kept'));
  return true;
}

const keepForPerson = (moment: Moment, alarm: Danger, text: string): void =>
  moment.do({ type: 'keep', text, why: 'alarm', alarm });
