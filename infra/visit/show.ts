/** `npm run visit -- voir ID`: one visit, its messages, what is wrong with it, and who has done what. */
import { spoken } from '../../conversations/announcement-acts.ts';
import { followUps } from '../../conversations/follow-up.ts';
import { taken, waiting } from '../../conversations/seats.ts';
import { beginsAt } from '../../conversations/visit.ts';
import { lintVisit } from '../../conversations/visit-lint.ts';
import { invitationBySms } from '../../conversations/visit-words.ts';
import { FOLLOW_UPS, messageName } from '../../functions/runtime/visit-told.ts';
import { findingLines } from '../command/findings.ts';
import { Refused } from '../command/refused.ts';
import { peopleWord, visitLine } from './said.ts';
import { findVisit, withVisits } from './saved.ts';

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run visit -- voir ID');
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, id);
    const { around, visits, rsvps, seats } = saved;
    const all = await seats.read(visit.number);
    const answers: Record<string, number> = {};
    for await (const { answer } of rsvps.answers(visit.number)) answers[answer] = (answers[answer] ?? 0) + 1;
    const from = new Date(visit.moves.at(-1)?.at ?? visit.approved?.at ?? saved.now);
    const messages = followUps({ day: visit.day, begins: beginsAt(visit) }, around.city.sending, from);
    const lines = [
      visitLine(visit),
      `avec: ${visit.host.fr}; durée: ${visit.minutes} min;${visit.transport ? ' transport demandé;' : ''} lieu: ${visit.meeting.latitude === undefined ? 'sans position' : `${visit.meeting.latitude}, ${visit.meeting.longitude}`}`,
      ...visit.stops.map((stop, index) => `arrêt ${index + 1}: ${stop}`),
      `invitation: ${invitationBySms(visit, 'fr', around.city)}`,
      ...(all
        ? [`places: ${peopleWord(taken(all))} sur ${all.capacity}, ${waiting(all).length} en liste d'attente`]
        : []),
      `ne viennent pas: ${peopleWord(answers.no ?? 0)}`,
      ...messages.map(({ name, at }) => `${FOLLOW_UPS[name]}: ${at ? spoken(at) : 'pas de moment permis'}`),
      ...(visit.report
        ? [`bilan${visit.report.approved ? '' : ', à valider'}: ${visit.report.texts.fr}`]
        : []),
      ...Object.entries(visit.planned).map(
        ([name, announcement]) => `message « ${messageName(name)} »: ${announcement}`,
      ),
      ...(visit.state === 'draft' ? findingLines(lintVisit(visit, around)) : []),
      'journal:',
      ...(await visits.acts(visit.number)).map(
        ({ by, what, at, note }) =>
          `  ${spoken(new Date(at))}  ${by}  ${what}${note === undefined ? '' : `: ${note}`}`,
      ),
    ];
    console.log(lines.join('\n'));
  });
}
