/**
 * Saving a survey: checked, given the next revision number of its key, written at the end of the log. Two savers at
 * once want the same place in it; one of them gets it, the other looks again and takes the next.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Around, Finding } from '../../conversations/lint/finding.ts';
import { lintSurvey } from '../../conversations/lint.ts';
import { revisionFindings } from '../../conversations/revision-rules.ts';
import { readSurvey, type Survey, surveyShelf } from '../../conversations/survey.ts';
import type { Db } from './db.ts';
import { livesOn } from './lives.ts';
import { createSurveyLog, nameOf } from './survey-log.ts';

/** An item holds 400 kB, its keys and names included: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MOST_BYTES = 390_000;
/** More savers than this at one instant do not exist. */
const TRIES = 20;

/** Where a survey is to run. */
export interface Place extends Pick<Around, 'city'> {
  /** In Paris, YYYY-MM-DD. */
  today: string;
  /** The revision that it was made from: refused where another has been saved since. */
  onto?: number;
  /** Languages of the revision before that are to go. */
  without?: string[];
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
}

/** `shipped`: those that come with the app count as the first revisions of their keys. */
export function createSurveyStore(db: Db, shipped: Survey[], now: () => Date): SurveyStore {
  const log = createSurveyLog(db);
  const all = async (): Promise<Survey[]> => {
    const surveys: Survey[] = [];
    for await (const { survey } of log.since(0)) if (survey) surveys.push(survey);
    return surveys;
  };
  return {
    all,
    async get(key, revision) {
      const isIt = (survey: Survey): boolean => survey.key === key && survey.revision === revision;
      return shipped.find(isIt) ?? (await all()).find(isIt);
    },
    async save(data, place) {
      for (let round = 0; round < TRIES; round += 1) {
        const lives = await livesOn(db);
        let last = 0;
        const names = new Set<string>();
        const known = [...shipped];
        for await (const entry of log.since(0)) {
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
        if (place.onto !== undefined && place.onto !== latest?.revision)
          return { refused: [overtaken(place.onto, latest?.revision)] };
        // A revision that we cannot read keeps its number.
        const saved = { ...given, revision: (latest?.revision ?? 0) + 1 };
        while (names.has(nameOf(saved))) saved.revision += 1;
        const bytes = Buffer.byteLength(JSON.stringify(saved));
        if (bytes > MOST_BYTES) return { refused: [tooLarge(bytes)] };
        const findings = [
          ...lintSurvey(given, { ...place, others, lives }),
          ...(latest ? revisionFindings(given, latest, place) : []),
        ];
        if (findings.some(({ severity }) => severity === 'error')) return { refused: findings };
        if (await log.write(last + 1, saved, now()))
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

const overtaken = (onto: number, latest: number | undefined): Finding => ({
  rule: 'overtaken',
  severity: 'error',
  place: 'revision',
  message: `le sondage a été changé entre-temps: fait sur la révision ${onto}, la dernière est la ${latest ?? 0}. Recommencez sur celle-ci`,
});

const nameIn = (data: unknown): string =>
  data && typeof data === 'object' && 'key' in data ? String(data.key).slice(0, 60) : 'without a key';
