/** A form of another tool: what it does not say is made up once, and stays as it is from then on. */
import { describe, expect, it } from 'vitest';
import { readSurvey, type Survey } from '../../../conversations/survey.ts';
import { readForm } from '../../../conversations/xlsform/read-form.ts';
import { form, KNOWN } from './forms.ts';

const FORM = (settings: string[]) => form({ survey: ['type|name|label', 'text|q1|Votre idée?'], settings });
const read = (settings: string[], before?: (key: string) => Survey | undefined) =>
  readForm(FORM(settings), { ...KNOWN, before });

describe('a new survey', () => {
  it('is open from today for sixty days, and says what is asked in its own words', () => {
    const { survey, notices } = read(['form_title|form_id', 'Les bancs|bancs_2026']);
    expect(survey).toMatchObject({
      key: 'bancs-2026',
      keywords: ['BANCS2026'],
      opens: '2026-05-24',
      closes: '2026-07-23',
      topic: { fr: 'Les bancs' },
      intro: { fr: 'Les bancs. Questions: 1. Réponses confidentielles.' },
      form: { title: 'Les bancs', id: 'bancs_2026' },
    });
    expect(notices.map(({ reason }) => reason.split(' ')[1])).toEqual([
      'key',
      'topic',
      'keywords',
      'opens',
      'closes',
      'intro',
      'thanks',
      'over',
    ]);
  });

  it.each([
    [['form_id', 'Été à la Mairie'], 'ete-a-la-mairie', 'ETEALAMAIRIE'],
    [['form_id|sms_keyword', 'x1|bancs'], 'x1', 'BANCS'],
    // A keyword that is a command is none.
    [['form_id|form_title', 'stop|Les bancs'], 'stop', 'LESBANCS'],
    [['form_id', '你好'], 'fichier', 'FICHIER'],
    [['version', '3'], 'fichier', 'FICHIER'],
  ])('%j gives the key %s and the keyword %s', (settings, key, keyword) => {
    expect(read(settings).survey).toMatchObject({ key, keywords: [keyword] });
  });
});

describe('a survey that there is already', () => {
  const first = read(['form_id', 'bancs']).survey;
  const before = readSurvey(
    {
      ...first,
      revision: 4,
      opens: '2026-01-01',
      closes: '2026-12-31',
      intro: { fr: 'À vous!' },
      lists: ['aines'],
      anonymous: true,
      promise: '2027-01-31',
    },
    'bancs',
  );

  it('keeps what the form does not say', () => {
    const { survey, notices } = read(['form_id|form_title', 'bancs|Les bancs'], (key) =>
      key === 'bancs' ? before : undefined,
    );
    const { revision: _, form: __, ...kept } = before;
    expect(survey).toEqual({ ...kept, form: { title: 'Les bancs', id: 'bancs' } });
    expect(notices.map(({ reason }) => reason)).toContain(
      "« anonymous » n'est pas dit: comme dans la révision 4",
    );
    expect(notices.map(({ reason }) => reason)).toContain(
      "« closes » n'est pas dit: comme dans la révision 4",
    );
  });

  it('has only what our sheet says, where the form has one', () => {
    const workbook = form({
      survey: ['type|name|label', 'text|q1|Votre idée?'],
      porte_voix: ['field|value', 'key|bancs', 'closes|2026-11-30'],
    });
    const { survey } = readForm(workbook, { ...KNOWN, before: () => before });
    expect(survey).toMatchObject({ closes: '2026-11-30', opens: '2026-01-01' });
    expect(survey).not.toHaveProperty('anonymous');
  });
});
