/**
 * Surveys saved by staff: a log in which every item is one revision and never changes. Two savers at once write to
 * the same place in the log; one of them gets it, the other takes the next.
 *
 * The log is one partition on purpose. An instance reads it whole when it starts (twenty surveys of 15 kB: one page,
 * 75 read units) and then, once a minute, what came after the last entry it knows: half a unit. A thousand instances
 * are 17 reads a second, where a partition takes 3,000.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Around, Finding } from '../../conversations/lint/finding.ts';
import { lintSurvey } from '../../conversations/lint.ts';
import { revisionFindings } from '../../conversations/revision-rules.ts';
import { readSurvey, Survey, surveyShelf } from '../../conversations/survey.ts';
import type { Db } from './db.ts';
import { keys, SURVEYS } from './table.ts';

/** An item holds 400 kB, its keys and names included: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MOST_BYTES = 390_000;
/** More savers than this at one instant do not exist. */
const TRIES = 20;

/** A revision as it stands in the log. `survey` is missing where it was saved by a version that knew more than we do. */
export interface Entry {
  number: number;
  /** When it was saved, ISO 8601. */
  at: string;
  name: string;
  survey?: Survey;
}

/** Where a survey is to run. */
export interface Place extends Pick<Around, 'city'> {
  /** In Paris, YYYY-MM-DD. */
  today: string;
}

/** `findings`: what the lint says all the same. `before`: the revision that was the latest until now. */
export type SaveResult =
  | { saved: Survey; findings: Finding[]; before?: Survey }
  | { refused: Finding[] }
  | 'unchanged';

export interface SurveyStore {
  /**
   * Gives the survey the next revision number of its key and saves it; whatever number it came with is ignored.
   * Refused with all its findings where the lint has an error among them, or where it would break a promise.
   * Throws what `readSurvey` throws.
   */
  save(data: unknown, place: Place): Promise<SaveResult>;
  /** Everything saved, in the order of saving. */
  all(): Promise<Survey[]>;
  get(key: string, revision: number): Promise<Survey | undefined>;
  /** The log behind an entry: one query, page by page. */
  since(number: number): AsyncGenerator<Entry>;
}

/** `shipped`: those that come with the app count as the first revisions of their keys. */
export function createSurveyStore(db: Db, shipped: Survey[], now: () => Date): SurveyStore {
  async function* since(number: number): AsyncGenerator<Entry> {
    for await (const item of db.query(SURVEYS, keys.survey(number).sk)) {
      const read = Survey.safeParse(JSON.parse(String(item.survey)));
      yield {
        number: Number(item.sk),
        at: String(item.at),
        name: String(item.name),
        ...(read.success && { survey: read.data }),
      };
    }
  }
  const all = async (): Promise<Survey[]> => {
    const surveys: Survey[] = [];
    for await (const { survey } of since(0)) if (survey) surveys.push(survey);
    return surveys;
  };
  return {
    since,
    all,
    async get(key, revision) {
      const isIt = (survey: Survey): boolean => survey.key === key && survey.revision === revision;
      return shipped.find(isIt) ?? (await all()).find(isIt);
    },
    async save(data, place) {
      for (let round = 0; round < TRIES; round += 1) {
        let last = 0;
        const names = new Set<string>();
        const known = [...shipped];
        for await (const entry of since(0)) {
          last = entry.number;
          names.add(entry.name);
          if (entry.survey) known.push(entry.survey);
        }
        const given = readSurvey({ ...(data as object), revision: 1 }, nameIn(data));
        const shelf = surveyShelf(known);
        const before = shelf.every().filter(({ key }) => key === given.key);
        const others = shelf.all().filter(({ key }) => key !== given.key);
        const latest = before.at(-1);
        if (latest && isDeepStrictEqual({ ...given, revision: 0 }, { ...latest, revision: 0 }))
          return 'unchanged';
        // A revision that we cannot read keeps its number.
        let revision = (latest?.revision ?? 0) + 1;
        while (names.has(nameOf(given.key, revision))) revision += 1;
        const saved = { ...given, revision };
        const text = JSON.stringify(saved);
        const bytes = Buffer.byteLength(text);
        if (bytes > MOST_BYTES) return { refused: [tooLarge(bytes)] };
        const findings = [
          ...lintSurvey(given, { ...place, others }),
          ...(latest ? revisionFindings(given, latest, place.today) : []),
        ];
        if (findings.some(({ severity }) => severity === 'error')) return { refused: findings };
        const item = {
          ...keys.survey(last + 1),
          name: nameOf(saved.key, revision),
          at: now().toISOString(),
          survey: text,
        };
        if (await db.put(item, { text: 'attribute_not_exists(pk)' }))
          return { saved, findings, ...(latest && { before: latest }) };
      }
      throw new Error(`others saved surveys ${TRIES} times meanwhile: nothing was saved, try again`);
    },
  };
}

const tooLarge = (bytes: number): Finding => ({
  rule: 'too-large',
  severity: 'error',
  place: '',
  message: `le sondage fait ${bytes} octets, ${MOST_BYTES} au plus: faites-en deux, ou retirez une langue`,
});

const nameOf = (key: string, revision: number): string => `${key}.r${revision}`;

const nameIn = (data: unknown): string =>
  data && typeof data === 'object' && 'key' in data ? String(data.key).slice(0, 60) : 'without a key';
