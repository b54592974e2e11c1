/** What goes to a translator: every text there is, under a name that stays, with what they must know. */
import { expect, it } from 'vitest';
import { readSurvey, type Survey } from '../../../conversations/survey.ts';
import {
  changedSinceRead,
  surveyCatalogue,
  surveyNamed,
  translated,
} from '../../../conversations/translate/of-survey.ts';
import { explained, MEANINGS, placesIn, wrongPlaces } from '../../../conversations/translate/places.ts';
import { languages, phrases } from '../../../locales/index.ts';
import { notices } from '../../../locales/notice.ts';

const both = (fr: string, tr = `${fr} (tr)`) => ({ fr, tr });

/** Every kind of text a survey can hold. */
const SURVEY = readSurvey(
  {
    key: 'marche',
    revision: 3,
    keywords: ['MARCHE'],
    opens: '2026-01-01',
    closes: '2026-12-31',
    languages: ['fr', 'tr'],
    topic: both('le marché'),
    intro: both('Trois questions sur le marché.'),
    thanks: both('À bientôt.'),
    over: both('C’est fini.'),
    results: both('Le marché change de jour.'),
    sections: [{ id: 's1', title: both('Vous') }],
    questions: [
      {
        id: 'venue',
        section: 's1',
        type: 'single',
        text: both('Comment venez-vous?'),
        hint: both('Le plus souvent'),
        guidance: both('Lire les choix'),
        options: [
          { id: 'pied', label: both('à pied') },
          { id: 'velo', label: both('à vélo') },
        ],
      },
      {
        id: 'note',
        type: 'scale',
        min: 1,
        max: 5,
        text: both('Votre note, vous qui venez ${venue}?', 'Notunuz, ${venue} gelen?'),
        low: both('mauvais'),
        high: both('très bon'),
        constraint: '. > 0',
        constraintMessage: both('De 1 à 5.'),
      },
    ],
  },
  'marche',
);

/** Every record with French in it, wherever it stands. */
function textsIn(value: unknown): string[] {
  if (!value || typeof value !== 'object') return [];
  const { fr } = value as { fr?: unknown };
  return typeof fr === 'string' ? [fr] : Object.values(value).flatMap(textsIn);
}

it('a survey goes out with every text it has', () => {
  const { name, entries } = surveyCatalogue(SURVEY, 'tr', {});
  expect(name).toBe('survey marche r3');
  expect(surveyNamed(name)).toEqual({ key: 'marche', revision: 3 });
  expect(entries.map(({ source }) => source).sort()).toEqual(textsIn(SURVEY).sort());
  expect(entries.map(({ key }) => key)).toEqual([
    'topic',
    'intro',
    'thanks',
    'over',
    'results',
    'section/s1/title',
    'question/venue/text',
    'question/venue/hint',
    'question/venue/guidance',
    'question/venue/option/pied',
    'question/venue/option/velo',
    'question/note/text',
    'question/note/constraintMessage',
    'question/note/low',
    'question/note/high',
  ]);
});

it('its questions say where they stand, what they cost with their choices, and what is put in', () => {
  const { entries } = surveyCatalogue(SURVEY, 'tr', {});
  const notes = entries.find(({ key }) => key === 'question/note/text')?.notes.join('\n');
  expect(notes).toContain('Question 2 sur 2, une échelle.');
  expect(notes).toMatch(
    /Rempli au plus long, aujourd'hui: \d+ caractères de l'alphabet SMS, 1 SMS\. Au plus 1 SMS/,
  );
  expect(notes).toContain('${venue} = la réponse à « Comment venez-vous? »');
});

it('names do not change where questions change places', () => {
  const turned: Survey = { ...SURVEY, questions: [...SURVEY.questions].reverse() };
  const keys = (survey: Survey) =>
    surveyCatalogue(survey, 'tr', {})
      .entries.map(({ key }) => key)
      .sort();
  expect(keys(turned)).toEqual(keys(SURVEY));
});

it('what comes back stands in the survey, and the one before stays as it was', () => {
  const before = structuredClone(SURVEY);
  const next = translated(
    SURVEY,
    'tr',
    [{ key: 'question/venue/option/velo', text: 'bisikletle' }],
    undefined,
  );
  expect(SURVEY).toEqual(before);
  expect(next.questions[0]).toMatchObject({
    options: [{ label: both('à pied') }, { label: both('à vélo', 'bisikletle') }],
  });
  expect(readSurvey(next, 'marche')).toEqual(next);
});

it('a language that has every text is offered from then on', () => {
  const all = surveyCatalogue(SURVEY, 'es', {}).entries;
  const texts = all.map(({ key, source }) => ({ key, text: `${source}!` }));
  expect(translated(SURVEY, 'es', texts.slice(1), undefined).languages).toEqual(['fr', 'tr']);
  const whole = translated(SURVEY, 'es', texts, true);
  expect(whole).toMatchObject({ languages: ['fr', 'tr', 'es'], review: { es: 'reviewed' } });
  expect(readSurvey(whole, 'marche')).toEqual(whole);
});

it('a text that was read is unread again where its source changes without it', () => {
  const read: Survey = { ...SURVEY, review: { tr: 'reviewed' } };
  const later: Survey = { ...structuredClone(read), revision: 4, topic: both('la foire', 'le marché (tr)') };
  const unread = (survey: Survey, before?: Survey) =>
    surveyCatalogue(survey, 'tr', {}, before)
      .entries.filter((entry) => entry.unread)
      .map(({ key }) => key);
  expect(unread(read)).toEqual([]);
  expect(unread(later, read)).toEqual(['topic']);
  expect(changedSinceRead([read, later], 'tr')).toBe(1);
  expect(changedSinceRead([SURVEY], 'tr')).toBeUndefined();
});

it('every place of our texts is explained', () => {
  const texts = languages.flatMap((language) => [
    ...Object.values(phrases[language]),
    ...Object.values(notices[language]),
  ]) as string[];
  const names = new Set(texts.flatMap((text) => placesIn(text, 'phrase')).map((place) => place.slice(2, -2)));
  const unknown = [...names].filter((name) => !(name in MEANINGS) && !/^[A-Z]+$/.test(name));
  expect(unknown).toEqual([]);
  expect(explained('Envoyez {{STOP}}', () => undefined)).toEqual([
    "{{STOP}} = le mot STOP, tel qu'on l'envoie",
  ]);
});

it.each([
  ['as in the source', '{{a}} et {{b}}', '{{b}} {{a}}', []],
  ['twice', '{{a}}', '{{a}} {{a}}', []],
  ['left out', '{{a}} et {{b}}', '{{a}}', ['il manque le repère « {{b}} »']],
  [
    'with a space',
    '{{a}}',
    '{{ a }}',
    ['repère mal écrit « {{ »', 'repère mal écrit « }} »', 'il manque le repère « {{a}} »'],
  ],
  ['with one brace', '{{a}}', '{a}', ['repère mal écrit « {a} »', 'il manque le repère « {{a}} »']],
  ['with three braces', '{{a}}', '{{{a}}}', ['repère mal écrit « { »', 'repère mal écrit « } »']],
  [
    'of another name',
    '{{count}}',
    '{{cout}}',
    ['repère inconnu « {{cout}} »', 'il manque le repère « {{count}} »'],
  ],
  ['of a survey in a phrase', '{{a}}', '{{a}} ${b}', ['repère mal écrit « ${b} »']],
])('a place %s', (_, source, text, faults) => {
  expect(wrongPlaces(source, text, { places: 'phrase' })).toEqual(faults);
});

it.each([
  ['as in the source', 'Vous, ${a}?', '${a}, siz?', []],
  ['with spaces', 'Vous, ${a}?', '${ a }, siz?', []],
  ['left out', 'Vous, ${a}?', 'Siz?', ['il manque le repère « ${a} »']],
  [
    'without its brace',
    'Vous, ${a}?',
    '${a, siz?',
    ['repère mal écrit « ${a, »', 'il manque le repère « ${a} »'],
  ],
  ['of another name', '${a.b}', '${a.c}', ['repère inconnu « ${a.c} »', 'il manque le repère « ${a.b} »']],
  ['in braces that are in the source', 'Un {mot}', 'Bir {mot}', []],
])('a place of a survey %s', (_, source, text, faults) => {
  expect(wrongPlaces(source, text, { places: 'survey' })).toEqual(faults);
});

it('a figure may be a word where there is one or two', () => {
  expect(
    wrongPlaces('{{count}} {{topic}}', 'سؤال {{topic}}', { places: 'phrase', optional: ['{{count}}'] }),
  ).toEqual([]);
});
