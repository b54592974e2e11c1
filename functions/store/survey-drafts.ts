/**
 * Surveys that staff are writing: one item each with a version, so that of two who write at once neither overwrites the
 * other unseen. Nobody receives a draft; when it is published it goes to the log of surveys and is gone from here.
 */
import { SurveyDraft } from '../../conversations/drafts/draft.ts';
import type { Db, Expression, Item } from './db.ts';
import { keys, SURVEY_DRAFTS } from './table.ts';

export interface KeptDraft {
  draft: SurveyDraft;
  /** From 1. */
  version: number;
  /** Who wrote last, and when (ISO, UTC). */
  by: string;
  at: string;
}

/** As a saved survey: an item holds 400 kB, its keys and names included. */
const MOST_BYTES = 390_000;

export interface SurveyDraftStore {
  get(key: string): Promise<KeptDraft | undefined>;
  /** By their keys. */
  all(): AsyncGenerator<KeptDraft>;
  /**
   * `before` is the version that it was made from, 0 for a new one. `overtaken` where another has written since:
   * nothing was written then.
   */
  write(
    draft: SurveyDraft,
    before: number,
    by: string,
    at: Date,
  ): Promise<KeptDraft | 'overtaken' | 'too-large'>;
  /** False where another has written since that version, which is kept then. */
  delete(key: string, version: number): Promise<boolean>;
}

export const createSurveyDrafts = (db: Db): SurveyDraftStore => ({
  async get(key) {
    const item = await db.get(keys.surveyDraft(key));
    return item && keptIn(item);
  },
  async *all() {
    for await (const item of db.query(SURVEY_DRAFTS)) yield keptIn(item);
  },
  async write(draft, before, by, at) {
    const text = JSON.stringify(draft);
    if (Buffer.byteLength(text) > MOST_BYTES) return 'too-large';
    const kept = { draft, version: before + 1, by, at: at.toISOString() };
    const written = await db.put(
      { ...keys.surveyDraft(draft.survey.key), draft: text, version: kept.version, by, at: kept.at },
      before === 0 ? { text: 'attribute_not_exists(pk)' } : isVersion(before),
    );
    return written ? kept : 'overtaken';
  },
  delete: (key, version) => db.deleteWhere(keys.surveyDraft(key), isVersion(version)),
});

const isVersion = (before: number): Expression => ({
  text: '#version = :before',
  names: { '#version': 'version' },
  values: { ':before': before },
});

const keptIn = (item: Item): KeptDraft => ({
  draft: SurveyDraft.parse(JSON.parse(String(item.draft))),
  version: Number(item.version),
  by: String(item.by),
  at: String(item.at),
});
