/** The surveys that are shipped have no finding at all, whatever the lint comes to look at. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintSurvey } from '../../../conversations/lint.ts';
import { readSurvey } from '../../../conversations/survey.ts';
import { localWorld } from '../../../infra/local/city.ts';

const folder = new URL('../../../conversations/surveys/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string) => readSurvey(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file);

describe('the surveys that are shipped', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(1);
  });

  it.each(files)('%s has no finding', (file) => {
    const { city, surveys } = localWorld();
    expect(lintSurvey(read(file), { city, others: surveys.all() })).toEqual([]);
  });
});
