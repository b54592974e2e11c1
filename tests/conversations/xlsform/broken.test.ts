/** Forms with something wrong in them: refused, with the cell; and nothing comes of them. */
import { describe, expect, it } from 'vitest';
import { readForm } from '../../../conversations/xlsform/read-form.ts';
import { readFormFile, writeFormFile } from '../../../functions/forms/form-file.ts';
import { form, KNOWN } from './forms.ts';

const HEAD = 'type|name|label';
const TEXT = 'text|q1|Your idea?';
const survey = (...lines: string[]) => ({ survey: [HEAD, TEXT, ...lines] });
const LISTS = ['list_name|name|label|region', 'l|a|First|north', 'l|b|Second|south'];

type Sheets = Record<string, string[]>;

/** What is wrong · the sheets · each fault's sheet and cell with what must be in its reason. */
const BROKEN: [what: string, sheets: Sheets, ...faults: [at: string, reason: RegExp][]][] = [
  [
    'a repeat',
    survey('begin repeat|kids|Children', 'integer|age|Age?', 'end repeat||'),
    ['survey A3', /répétée/],
  ],
  ['a loop', survey('begin loop over l|kids|Children', 'end loop||'), ['survey A3', /répétée/]],
  ['a barcode', survey('barcode|code|Scan it'), ['survey A3', /code-barres/]],
  ['a video', survey('video|film|Film it'), ['survey A3', /vidéo/]],
  ['a geotrace', survey('geotrace|way|Your way'), ['survey A3', /tracé/]],
  ['a geoshape', survey('geoshape|field|Your field'), ['survey A3', /surface/]],
  [
    'choices in a file',
    survey('select_one_from_file places.csv|place|Where?'),
    ['survey A3', /fichier à part/],
  ],
  ['an external select', survey('select_one_external places|place|Where?'), ['survey A3', /fichier à part/]],
  ['choices from a repeat', survey('select_one ${q1}|place|Where?'), ['survey A3', /autres réponses/]],
  ['an unknown type', survey('slider|s|How much?'), ['survey A3', /type inconnu/]],
  ['a box to tick', survey('acknowledge|ok|I have read it'), ['survey A3', /case à cocher/]],
  ['a missing type', survey('|q2|Which?'), ['survey A3', /type de la question manque/]],
  ['a missing list', survey('select_one nothing|q2|Which?'), ['survey A3', /liste « nothing »/]],
  ['a select without a list', survey('select_one|q2|Which?'), ['survey A3', /nom de la liste/]],
  ['a name used twice', survey('text|q1|Again?'), ['survey B3', /déjà en B2/]],
  [
    'a name that is none',
    survey('text|2nd name|Name?', 'text|prénom|Name?'),
    ['survey B3', /nom n'est pas possible/],
    ['survey B4', /nom n'est pas possible/],
  ],
  ['a missing name', survey('text||Name?'), ['survey B3', /nom manque/]],
  ['a missing label', survey('text|q2|'), ['survey C3', /texte de la question manque/]],
  [
    'choices twice and without a label',
    { ...survey('select_one l|q2|Which?'), choices: [...LISTS, 'l|a|Third', 'l|c|'] },
    ['choices B4', /déjà en B2/],
    ['choices C5', /texte du choix manque/],
  ],
  [
    'a choice without a name',
    { ...survey('select_one l|q2|Which?'), choices: [...LISTS, 'l||Third'] },
    ['choices B4', /nom du choix manque/],
  ],
  [
    'a choice name with a blank',
    { ...survey('select_one l|q2|Which?'), choices: [...LISTS, 'l|not me|Third'] },
    ['choices B4', /nom de choix/],
  ],
  [
    'an unknown reference in a formula',
    { survey: [`${HEAD}|relevant`, `${TEXT}|`, 'text|q2|Why?|${nobody} = 1'] },
    ['survey D3', /« \$\{nobody\} » n'est le nom/],
  ],
  ['an unknown reference in a text', survey('note|n|Hello ${nobody}'), ['survey C3', /\$\{nobody\}/]],
  [
    'a reference to what the device writes',
    { survey: [`${HEAD}|relevant`, 'today|today||', 'text|q2|Why?|${today} > 1'] },
    ['survey D3', /écrit par l'appareil/],
  ],
  [
    'a function that is not there',
    { survey: [`${HEAD}|constraint`, "text|q1|Code?|regex(., '^[0-9]+$')", 'text|q2|Day?|today() > 1'] },
    ['survey D2', /fonction n'est pas disponible .*regex/],
    ['survey D3', /fonction n'est pas disponible .*today/],
  ],
  [
    'a formula that is none',
    { survey: [`${HEAD}|relevant|calculation`, `${TEXT}||`, 'text|q2|Why?|${q1} = |', 'calculate|c|||1 +'] },
    ['survey D3', /il manque une valeur/],
    ['survey E4', /il manque une valeur/],
  ],
  [
    'a plain word in a condition',
    { survey: [`${HEAD}|relevant`, `${TEXT}|`, 'text|q2|Why?|${q1} = yes'] },
    ['survey D3', /« yes » n'est ni une réponse/],
  ],
  [
    'the answer at hand in a condition',
    { survey: [`${HEAD}|relevant`, `${TEXT}|`, 'text|q2|Why?|. > 3'] },
    ['survey D3', /seule une contrainte/],
  ],
  [
    'a condition that depends on itself',
    { survey: [`${HEAD}|relevant`, 'text|q1|Why?|${q1} = 1'] },
    ['survey B2', /propre réponse/],
  ],
  [
    'a filter on a column that no choice has',
    {
      survey: [`${HEAD}|choice_filter`, `${TEXT}|`, 'select_one l|q2|Which?|district = ${q1}'],
      choices: LISTS,
    },
    ['survey D3', /colonne « district »/],
  ],
  [
    'or_other with a filter',
    {
      survey: [`${HEAD}|choice_filter`, `${TEXT}|`, 'select_one l or_other|q2|Which?|region = ${q1}'],
      choices: LISTS,
    },
    ['survey D3', /or_other/],
  ],
  [
    'required by a condition',
    { survey: [`${HEAD}|required`, 'text|q1|Why?|${q1} > 3'] },
    ['survey D2', /sous condition/],
  ],
  [
    'a group that is not closed',
    survey('begin group|g|Group', 'text|q2|Why?'),
    ['survey A3', /rien ne ferme/],
  ],
  ['an end with no beginning', survey('end group||'), ['survey A3', /rien n'est ouvert/]],
  [
    'a group closed as a repeat',
    survey('begin group|g|Group', 'text|q2|Why?', 'end repeat||', 'end group||'),
    ['survey A5', /à fermer d'abord/],
  ],
  [
    'an image beside a label',
    { survey: [`${HEAD}|media::image`, `${TEXT}|map.png`] },
    ['survey D2', /image/],
  ],
  [
    'an image of a choice',
    {
      ...survey('select_one l|q2|Which?'),
      choices: ['list_name|name|label|image', 'l|a|First|a.png', 'l|b|Second|'],
    },
    ['choices D2', /image/],
  ],
  ['a trigger', { survey: [`${HEAD}|trigger`, `${TEXT}|`, 'text|q2|Why?|${q1}'] }, ['survey D3', /trigger/]],
  [
    'a question that cannot be filled in',
    { survey: [`${HEAD}|read_only`, `${TEXT}|yes`] },
    ['survey D2', /ne se remplit pas/],
  ],
  [
    'a calculation in a question',
    { survey: [`${HEAD}|calculation`, `${TEXT}|1 + 1`] },
    ['survey D2', /calcul/],
  ],
  ['a calculation without a formula', survey('calculate|c|'), ['survey A3', /calcul manque/]],
  [
    'defaults that cannot be',
    {
      survey: [
        `${HEAD}|default`,
        'select_one l|q1|Which?|c',
        'integer|q2|How many?|many',
        'date|q3|When?|today()',
        'date|q4|When?|tomorrow',
      ],
      choices: LISTS,
    },
    ['survey D2', /n'est pas dans la liste/],
    ['survey D3', /par défaut/],
    ['survey D4', /calculée/],
    ['survey D5', /par défaut/],
  ],
  [
    'an unknown language code',
    { survey: ['type|name|label::Klingon (tlhx)', 'text|q1|Why?'] },
    ['survey C1', /langue « tlhx »/],
  ],
  ['a column twice', { survey: ['type|name|label|label', 'text|q1|Why?|Why'] }, ['survey D1', /déjà en C1/]],
  [
    'two columns of one language',
    { survey: ['type|name|label::English (en)|label::en', 'text|q1|Why?|Why'] },
    ['survey D1', /déjà en C1/],
  ],
  ['no survey sheet', { questions: [HEAD, TEXT] }, ['survey A1', /feuille « survey » manque/]],
  ['an empty survey sheet', { survey: [HEAD] }, ['survey A1', /vide/]],
  ['no type column', { survey: ['name|label', 'q1|Why?'] }, ['survey A1', /colonne « type »/]],
  [
    'a form without questions',
    { survey: [HEAD, 'start|start|', 'end|end|'] },
    ['survey A1', /aucune question/],
  ],
  [
    'a range by halves',
    { survey: [`${HEAD}|parameters`, 'range|q1|How much?|start=0 end=1 step=0.5'] },
    ['survey D2', /range/],
  ],
  [
    'our own sheet with values that cannot be',
    {
      ...survey(),
      porte_voix: [
        'field|value',
        'key|Not A Key',
        'closes|tomorrow',
        'keywords|ok',
        'remind_after|999',
        'colour|blue',
      ],
    },
    ['porte_voix B2', /valeur impossible/],
    ['porte_voix B3', /valeur impossible/],
    ['porte_voix B4', /valeur impossible/],
    ['porte_voix B5', /valeur impossible/],
    ['porte_voix A6', /champ inconnu/],
  ],
  [
    'a survey that closes before it opens',
    { ...survey(), porte_voix: ['field|value', 'opens|2026-06-01', 'closes|2026-05-01'] },
    ['porte_voix B3', /avant celui de l'ouverture/],
  ],
  ['a name that no question can have', survey('text|constructor|Why?'), ['survey B3', /ce nom est pris/]],
  ['a name that is another and a dot', survey('text|q1.other|Why?'), ['survey B3', /suivi d'un point/]],
  [
    'more questions than there can be',
    survey(...Array.from({ length: 205 }, (_, index) => `text|more${index}|Why?`)),
    ['survey A202', /trop de questions/],
  ],
  [
    'more choices than there can be',
    {
      ...survey('select_one l|q2|Which?'),
      choices: [
        'list_name|name|label',
        ...Array.from({ length: 501 }, (_, index) => `l|c${index}|Choice ${index}`),
      ],
    },
    ['choices B502', /501 choix/],
  ],
  [
    'everything at once, in the order of the form',
    {
      survey: [
        `${HEAD}|relevant|required`,
        'text|bad name|Why?||',
        'video|v|Film|${nobody}|',
        'select_one l|q3|Which?||maybe',
      ],
      choices: ['list_name|name|label', 'l|a|First', 'l|a|Second'],
    },
    ['survey B2', /nom/],
    ['survey A3', /vidéo/],
    ['survey E4', /sous condition/],
    ['choices B3', /déjà/],
  ],
];

describe.each(BROKEN)('%s', (_, sheets, ...expected) => {
  it('is refused with its cell and its reason, and nothing comes of it', () => {
    const { survey, faults } = readForm(form(sheets), KNOWN);
    expect(survey).toBeUndefined();
    expect(faults.map(({ sheet, cell }) => `${sheet} ${cell}`)).toEqual(expected.map(([at]) => at));
    for (const [index, [, reason]] of expected.entries()) expect(faults[index]?.reason).toMatch(reason);
  });

  it('is refused at the same cells of a .xlsx', async () => {
    const file = await writeFormFile(form(sheets), 'xlsx');
    const { survey, faults } = readForm(await readFormFile('f.xlsx', file), KNOWN);
    expect(survey).toBeUndefined();
    expect(faults.map(({ sheet, cell }) => `${sheet} ${cell}`)).toEqual(expected.map(([at]) => at));
  });
});

it('in a .csv, cells and rows are those of the file: sheets stand under each other, from column B', async () => {
  const csv =
    'survey\n,type,name,label\n,text,q1,Why?\n,video,v,Film\nchoices\n,list_name,name,label\n,l,a,\nsettings\n';
  const { faults } = readForm(await readFormFile('f.csv', Buffer.from(csv)), KNOWN);
  expect(faults).toMatchObject([{ sheet: 'survey', row: 4, cell: 'B4', column: 'type', got: 'video' }]);
});

it('a fault says what was got and what is allowed', () => {
  const { faults } = readForm(form(survey('slider|s|How much?')), KNOWN);
  expect(faults[0]).toEqual({
    sheet: 'survey',
    row: 3,
    cell: 'A3',
    column: 'type',
    got: 'slider',
    reason: 'type inconnu',
    allowed: expect.stringContaining('select_one LISTE'),
  });
});
