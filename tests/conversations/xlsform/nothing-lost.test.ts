/** What forms from public collections say and a survey cannot keep: never dropped without a word. */
import { describe, expect, it } from 'vitest';
import { readForm } from '../../../conversations/xlsform/read-form.ts';
import { form, KNOWN } from './forms.ts';

const read = (sheets: Record<string, string[]>) => readForm(form(sheets), KNOWN);
const said = (findings: { sheet: string; cell: string; reason: string }[]): string[] =>
  findings.map(({ sheet, cell, reason }) => `${sheet} ${cell}: ${reason}`);

describe('a column without a language beside one in French', () => {
  const survey = ['type|name|label|label::French', 'text|q1|Your name?|Votre nom?'];

  it('is refused where the form does not say which language that is', () => {
    const { survey: made, faults } = read({ survey });
    expect(made).toBeUndefined();
    expect(faults).toMatchObject([{ sheet: 'survey', cell: 'C1', got: 'label' }]);
    expect(faults[0]?.reason).toMatch(/« label::French ».*D1, ligne 2/);
    expect(faults[0]?.allowed).toContain('default_language');
  });

  it('is refused in the choices too', () => {
    const { faults } = read({
      survey: ['type|name|label::French', 'select_one l|q1|Lequel?'],
      choices: ['list_name|name|label|label::French', 'l|a|One|Un', 'l|b|Two|Deux'],
    });
    expect(faults).toMatchObject([{ sheet: 'choices', cell: 'C1' }]);
  });

  it('is English where the form says so', () => {
    const { survey: made, faults } = read({ survey, settings: ['default_language', 'English (en)'] });
    expect(faults).toEqual([]);
    expect(made?.questions).toMatchObject([{ text: { en: 'Your name?', fr: 'Votre nom?' } }]);
  });

  it('is left out with a note where the form says that it is French', () => {
    const { survey: made, notices } = read({ survey, settings: ['default_language', 'French (fr)'] });
    expect(made?.questions).toMatchObject([{ text: { fr: 'Votre nom?' } }]);
    expect(said(notices)).toContainEqual(expect.stringMatching(/^survey C2: .*le second est gardé/));
  });

  it('may say the same, or fill what the other leaves open', () => {
    const { survey: made, faults } = read({
      survey: ['type|name|label|label::French', 'text|q1|Votre nom?|Votre nom?', 'text|q2|Votre âge?|'],
    });
    expect(faults).toEqual([]);
    expect(made?.questions).toMatchObject([{ text: { fr: 'Votre nom?' } }, { text: { fr: 'Votre âge?' } }]);
  });
});

it("pyxform's phone number is a question, not what the device knows: refused, never left out", () => {
  const { faults } = read({
    survey: ['type|name|label', 'text|q1|Name?', 'phone number|tel|Your number?', 'percentage|p|How much?'],
  });
  expect(faults).toMatchObject([{ cell: 'A3' }, { cell: 'A4' }]);
});

it('the label of a calculation, a second row of settings and a choice of no list are named', () => {
  const { faults, notices } = read({
    survey: ['type|name|label|calculation', 'integer|n|How many?|', 'calculate|twice|In all|${n} * 2'],
    choices: ['list_name|name|label', '||Nowhere'],
    settings: ['form_title|form_id', 'One|one', 'Two|two'],
  });
  expect(faults).toEqual([]);
  expect(said(notices)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^survey C3: /),
      expect.stringMatching(/^choices A2: /),
      expect.stringMatching(/^settings A3: /),
    ]),
  );
});

describe('a default', () => {
  const at = (value: string) => read({ survey: ['type|name|label|default', `text|q1|Why?|${value}`] });

  it.each(['now()', "concat('a', 'b')", 'once(random()) * 3', '1 + 1', '7 div 2'])(
    '%s is worked out, and refused',
    (value) => {
      expect(at(value).faults).toMatchObject([{ cell: 'D2' }]);
    },
  );

  it.each(['oui (toujours)', '2026-05-24', '06 12 34 56 78', 'a + b'])('%s is a text', (value) => {
    expect(at(value).survey?.questions).toMatchObject([{ default: value }]);
  });
});

it.each(["${q1} == 'a'", "${q1} = 'a' ?", "if(${q1} = 'a')", '('.repeat(300)])(
  'what may stand in a formula is said in French: %s',
  (formula) => {
    const { faults } = read({ survey: ['type|name|label|relevant', 'text|q1|A?|', `text|q2|B?|${formula}`] });
    expect(faults).toMatchObject([{ cell: 'D3' }]);
    expect(faults[0]?.allowed).not.toMatch(/number|quoted|answers|levels|of them/);
  },
);
