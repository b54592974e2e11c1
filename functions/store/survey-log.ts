/**
 * The log of surveys that staff have saved: every item is one revision and never changes.
 *
 * It is one partition on purpose. An instance reads it whole when it starts (twenty surveys of 15 kB: one page, 75
 * read units) and then, once a minute, what came after the last entry it knows: half a unit. A thousand instances are
 * 17 reads a second, where a partition takes 3,000.
 */
import { Survey } from '../../conversations/survey.ts';
import type { Db } from './db.ts';
import { keys, SURVEYS } from './table.ts';

/** A revision as it stands in the log. `survey` is missing where it was saved by a version that knew more than we do. */
export interface Entry {
  number: number;
  /** Its key and revision, `square.r2`. */
  name: string;
  survey?: Survey;
}

export interface SurveyLog {
  /** What stands behind an entry, 0 for everything: one query, page by page. */
  since(number: number): AsyncGenerator<Entry>;
  /** Writes the entry with this number. False where another has: nothing was written. */
  write(number: number, survey: Survey, at: Date): Promise<boolean>;
}

export const nameOf = ({ key, revision }: Survey): string => `${key}.r${revision}`;

export const createSurveyLog = (db: Db): SurveyLog => ({
  async *since(number) {
    for await (const item of db.query(SURVEYS, keys.survey(number).sk)) {
      const read = Survey.safeParse(JSON.parse(String(item.survey)));
      yield {
        number: Number(item.sk),
        name: String(item.name),
        ...(read.success && { survey: read.data }),
      };
    }
  },
  write: (number, survey, at) =>
    db.put(
      {
        ...keys.survey(number),
        name: nameOf(survey),
        at: at.toISOString(),
        survey: JSON.stringify(survey),
      },
      { text: 'attribute_not_exists(pk)' },
    ),
});
