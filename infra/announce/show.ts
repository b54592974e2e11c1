/** `npm run announce -- voir ID`: one announcement, what is wrong with it, and who has done what. */
import { spoken } from '../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { filtersOf } from '../../conversations/audience.ts';
import { describeAudience } from '../../conversations/describe-audience.ts';
import { changedWords } from '../../conversations/first-words.ts';
import { progressLines } from '../../functions/runtime/progress-words.ts';
import { createLedger } from '../../functions/store/ledger.ts';
import { findingLines } from '../command/findings.ts';
import { Refused } from '../command/refused.ts';
import { oneLine, PURPOSES, wordFor } from './said.ts';
import { find, withAnnouncements } from './saved.ts';

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run announce -- voir ID');
  await withAnnouncements(async (saved) => {
    const { announcement } = await find(saved, id);
    const { number, audience, purpose, texts, survey, at, reason, review, started } = announcement;
    const ledger = createLedger(saved.db, saved.city.notice.messageDays);
    const facts = await saved.announcements.facts(number);
    const lines = [
      oneLine(announcement),
      `pour: ${describeAudience(audience, saved.world)}`,
      `finalité: ${wordFor(PURPOSES, purpose)}`,
      ...(survey ? [`sondage: ${survey}`] : []),
      ...(at ? [`souhaitée: ${at}`] : []),
      ...(reason ? [`motif: ${reason}`] : []),
      ...(review ? [`relue avant l'élection par ${review.by}: ${review.note}`] : []),
      ...Object.entries(texts).map(([language, text]) => `texte ${language}: ${text}`),
      ...(started ? progressLines(await ledger.progress(number), filtersOf(audience)) : []),
      ...findingLines([
        ...lintAnnouncement(announcement, saved.around),
        ...changedWords(announcement, saved.world.surveys),
      ]),
      'journal:',
      ...facts.map(
        ({ by, what, at: when, note }) =>
          `  ${spoken(new Date(when))}  ${by}  ${what}${note === undefined ? '' : `: ${note}`}`,
      ),
    ];
    console.log(lines.join('\n'));
  });
}
