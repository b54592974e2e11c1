/** One fault planted at a time: the lint finds it, at its place and in its language, and nothing else. */
import { describe, expect, it } from 'vitest';
import type { Around, Finding } from '../../../conversations/lint/finding.ts';
import optOut from '../../vectors/optout-keywords.json';
import { around, city, found, type Loose, world } from './planted.ts';

const q = (survey: Loose, id: string): Loose => survey.questions.find((each: Loose) => each.id === id);
/** The same text in every language of the survey. */
const all = (text: string) => ({ fr: text, en: text, tr: text });
const option = (id: string, label: string = id, more: object = {}) => ({ id, label: all(label), ...more });

type Planted = [
  label: string,
  change: (survey: Loose) => void,
  expected: { rule: string; severity: Finding['severity']; place: string; language?: string; says?: string },
  around?: Partial<Around>,
];
const error = (rule: string, place: string, more: { language?: string; says?: string } = {}) =>
  ({ rule, severity: 'error', place, ...more }) as const;
const warning = (rule: string, place: string, more: { language?: string; says?: string } = {}) =>
  ({ rule, severity: 'warning', place, ...more }) as const;

const branches: Planted[] = [
  [
    'a condition that no answers make true',
    (s) => (q(s, 'combien').relevant = "${jour} = 'samedi' and ${jour} = 'mercredi'"),
    error('never-asked', 'questions[3].relevant'),
  ],
  [
    'a condition that no number makes true',
    (s) => (q(s, 'idee').relevant = '${combien} > 31'),
    error('never-asked', 'questions[4].relevant', { says: '${combien} > 31' }),
  ],
  [
    'a condition on what is not asked then',
    (s) => (q(s, 'idee').relevant = "${venir} = 'no' and ${jour} != ''"),
    error('never-asked', 'questions[4].relevant'),
  ],
  [
    'a section that nobody enters',
    (s) => {
      s.sections.push({ id: 'fin', relevant: "${venir} = 'yes' and ${venir} = 'no'" });
      q(s, 'idee').section = 'fin';
    },
    error('never-asked', 'sections[1].relevant'),
  ],
  [
    'a condition against the section it stands in',
    (s) => (q(s, 'combien').relevant = "${venir} = 'no'"),
    error('contradicts-section', 'questions[3].relevant'),
  ],
  [
    'a condition that is always true',
    (s) => (q(s, 'idee').relevant = "${venir} != 'no' or ${venir} = 'no'"),
    warning('always-asked', 'questions[4].relevant'),
  ],
  [
    'a condition on a later question',
    (s) => (q(s, 'combien').relevant = "${idee} != ''"),
    error('later-question', 'questions[3].relevant', { says: '« idee »' }),
  ],
  [
    'a later question behind a calculation',
    (s) => {
      s.questions.push({ id: 'double', type: 'calculate', calculation: '${combien} * 2' });
      q(s, 'stands').relevant = '${double} > 4';
    },
    error('later-question', 'questions[2].relevant', { says: '« combien »' }),
  ],
  [
    'a filter on a later question',
    (s) => (q(s, 'stands').filter = "quand = 'toujours' or ${combien} > 3"),
    error('later-question', 'questions[2].filter'),
  ],
  [
    'a section without a question',
    (s) => s.sections.push({ id: 'vide', title: all('Rien') }),
    warning('empty-section', 'sections[1]'),
  ],
];

describe('branches', () => plant(branches));

it('finds a survey that is over at once', () => {
  const findings = found((s) => {
    for (const question of s.questions) question.relevant = "${venir} = 'yes'";
    delete q(s, 'venir').relevant;
    s.questions.shift();
    s.questions.unshift({ id: 'venir', type: 'calculate', calculation: "'no'" });
  });
  expect(findings).toContainEqual(expect.objectContaining(error('nothing-asked', 'questions')));
});

const formulas: Planted[] = [
  [
    'an option that the question does not have',
    (s) => (q(s, 'combien').relevant = "${jour} != 'dimanche'"),
    error('unknown-option', 'questions[3].relevant', { says: '« dimanche »' }),
  ],
  [
    'an option that a multiple choice does not have',
    (s) => (q(s, 'idee').relevant = "not(selected(${stands}, 'viande'))"),
    error('unknown-option', 'questions[4].relevant', { says: '« fruits », « pain » ou « poisson »' }),
  ],
  [
    'yes in French',
    (s) => (q(s, 'idee').relevant = "not(${venir} = 'oui')"),
    error('unknown-option', 'questions[4].relevant', { says: '« yes » ou « no »' }),
  ],
  [
    'selected() of a number',
    (s) => (q(s, 'idee').relevant = "not(selected(${combien}, '3'))"),
    error('wrong-type', 'questions[4].relevant'),
  ],
  [
    'a number compared with a word',
    (s) => (q(s, 'idee').relevant = "${combien} != 'beaucoup'"),
    error('wrong-type', 'questions[4].relevant', { says: 'un nombre' }),
  ],
  [
    'a choice that is reckoned with',
    (s) => s.questions.push({ id: 'double', type: 'calculate', calculation: '${jour} * 2' }),
    error('wrong-type', 'questions[5].calculation'),
  ],
  [
    'count-selected() of a single choice',
    (s) => s.questions.push({ id: 'total', type: 'calculate', calculation: 'count-selected(${jour})' }),
    error('wrong-type', 'questions[5].calculation'),
  ],
  [
    'one choice of several compared as the only one',
    (s) => (q(s, 'idee').relevant = "${stands} = 'pain'"),
    warning('selected-instead', 'questions[4].relevant', { says: "selected(${stands}, 'pain')" }),
  ],
];

describe('formulas', () => plant(formulas));

const answers: Planted[] = [
  [
    'a constraint that nothing meets',
    (s) => (q(s, 'combien').constraint = '. > 31 and . < 12'),
    error('constraint-never-met', 'questions[3].constraint'),
  ],
  [
    'a constraint beyond the limits',
    (s) => (q(s, 'combien').constraint = '. > 99'),
    error('constraint-never-met', 'questions[3].constraint'),
  ],
  [
    'a constraint without a message',
    (s) => delete q(s, 'combien').constraintMessage,
    warning('constraint-without-message', 'questions[3].constraint'),
  ],
  [
    'a message without a constraint',
    (s) => delete q(s, 'combien').constraint,
    warning('message-without-constraint', 'questions[3].constraintMessage'),
  ],
  [
    'a message that lacks a language',
    (s) => delete q(s, 'combien').constraintMessage.tr,
    warning('constraint-message-untranslated', 'questions[3].constraintMessage.tr', { language: 'tr' }),
  ],
  [
    'a default that is no option',
    (s) => (q(s, 'jour').default = 'dimanche'),
    error('default-no-answer', 'questions[1].default', { says: '« dimanche »' }),
  ],
  [
    'a default that is no number',
    (s) => (q(s, 'combien').default = 'quatre'),
    error('default-no-answer', 'questions[3].default', { says: 'de 1 à 99' }),
  ],
  [
    'a default that the constraint refuses',
    (s) => (q(s, 'combien').default = '45'),
    error('default-against-constraint', 'questions[3].default'),
  ],
  [
    'an option that its filter never lets through',
    (s) => (q(s, 'stands').options[1].columns.quand = 'mercredis'),
    warning('option-never-offered', 'questions[2].options[1]', { says: '« pain »' }),
  ],
  [
    'a filter that may leave nothing',
    (s) => (q(s, 'stands').options[0].columns.quand = 'samedi'),
    warning('filter-leaves-nothing', 'questions[2].filter', { says: '« jour » est sans réponse' }),
  ],
];

describe('answers', () => plant(answers));

const options: Planted[] = [
  [
    'two options with one label',
    (s) => (q(s, 'jour').options[1].label.en = 'wednesday'),
    error('same-label', 'questions[1].options[1].label.en', { language: 'en' }),
  ],
  [
    'a label that is the number of another option',
    (s) => (q(s, 'jour').options[0].label.tr = '2'),
    error('label-reads-as-other', 'questions[1].options[0].label.tr', { language: 'tr' }),
  ],
  [
    'a label that is the French of another option',
    (s) => (q(s, 'jour').options[1].label.en = 'Mercredi'),
    error('label-reads-as-other', 'questions[1].options[1].label.en', { language: 'en' }),
  ],
  [
    'labels that WhatsApp cuts to the same',
    (s) => {
      q(s, 'jour').options[0].label.fr = 'le mercredi matin de bonne heure';
      q(s, 'jour').options[1].label.fr = 'le mercredi matin de 9h à midi';
    },
    warning('labels-cut-alike', 'questions[1].options[0].label.fr', { language: 'fr', says: '20' }),
  ],
  [
    'one option alone',
    (s) => (s.questions[4] = { ...q(s, 'idee'), type: 'single', options: [option('oui-da')] }),
    warning('one-option', 'questions[4].options'),
  ],
  [
    'more than nine options',
    (s) =>
      (q(s, 'jour').options = [
        ...q(s, 'jour').options,
        ...['lundi', 'mardi', 'jeudi', 'vendredi', 'dimanche', 'Noël', 'Pâques', 'été'].map((day, index) =>
          option(`o${index}`, day),
        ),
      ]),
    warning('many-options', 'questions[1].options', { says: '10 choix' }),
  ],
  [
    'a typed name that is the number of another option',
    (s) => (q(s, 'jour').options[0].typed = '2'),
    error('same-typed', 'questions[1].options[0].typed'),
  ],
];

describe('options', () => plant(options));

const taken: Planted[] = [
  [
    'a label that is a command',
    (s) => (q(s, 'jour').options[1].label.fr = 'Stop'),
    error('reserved-word', 'questions[1].options[1].label.fr', { language: 'fr' }),
  ],
  [
    'a label that Twilio takes',
    (s) => (q(s, 'jour').options[1].label.en = 'yes'),
    error('reserved-word', 'questions[1].options[1].label.en', { language: 'en', says: 'Twilio' }),
  ],
  [
    'a typed name that is a command',
    (s) => (q(s, 'jour').options[1].typed = 'aide'),
    error('reserved-word', 'questions[1].options[1].typed', { language: 'fr' }),
  ],
  ['a keyword that is a command', (s) => (s.keywords = ['AIDE']), error('reserved-keyword', 'keywords[0]')],
  [
    'a keyword of another survey',
    (s) => s.keywords.push('SQUARE'),
    error('taken-keyword', 'keywords[1]', { says: '« square »' }),
  ],
  [
    'a keyword of a quartier',
    (s) => s.keywords.push('HAUT'),
    error('taken-keyword', 'keywords[1]', { says: '« Haut Clichy »' }),
  ],
  [
    "a keyword that is the city's own command",
    (s) => s.keywords.push('HORAIRES'),
    error('taken-keyword', 'keywords[1]'),
  ],
  ['a keyword twice', (s) => s.keywords.push('MARCHE'), warning('same-keyword', 'keywords[1]')],
  [
    'two questions in one column of the export',
    (s) => s.questions.splice(4, 1, { ...q(s, 'venir'), id: 'combien_commentaire' }),
    error('same-column', 'questions[4].id', { says: '« combien_commentaire »' }),
  ],
];

describe('words that are taken', () => plant(taken));

it.each(optOut.reservedAsAnswers)('finds the answer %s, which Twilio or we take for a command', (word) => {
  const label = word.toLowerCase();
  expect(found((s) => (q(s, 'jour').options[1].label.en = label))).toEqual([
    expect.objectContaining(error('reserved-word', 'questions[1].options[1].label.en', { language: 'en' })),
  ]);
});

const texts: Planted[] = [
  [
    'an option that lacks a language',
    (s) => delete q(s, 'jour').options[0].label.tr,
    warning('missing-language', 'questions[1].options[0].label.tr', { language: 'tr', says: '« mercredi »' }),
  ],
  [
    'an intro that lacks a language',
    (s) => delete s.intro.en,
    warning('missing-language', 'intro.en', { language: 'en' }),
  ],
  [
    'a hint that lacks a language',
    (s) => delete q(s, 'idee').hint.tr,
    warning('missing-language', 'questions[4].hint.tr', { language: 'tr' }),
  ],
  [
    'a text in a language that the survey does not name',
    (s) => (s.thanks.es = 'Gracias.'),
    warning('unlisted-language', 'thanks.es', { language: 'es' }),
  ],
  [
    'a language of the city left out',
    () => {},
    warning('untranslated', 'languages', { says: '« es »' }),
    { city: { ...city, languages: [...city.languages, 'fr-facile', 'es'] } },
  ],
  [
    'a place that is no question',
    (s) => (q(s, 'idee').text = all('Une idée pour ${lieu}?')),
    error('unknown-place', 'questions[4].text.fr', { language: 'fr' }),
  ],
  [
    'a place that is asked later',
    (s) => (q(s, 'venir').text = all('Et ${idee}?')),
    error('later-place', 'questions[0].text.fr', { language: 'fr' }),
  ],
  [
    'a place that a translation lost',
    (s) => (q(s, 'stands').text.tr = 'Ne ararsınız?'),
    error('places-differ', 'questions[2].text.tr', { language: 'tr', says: '${jour}' }),
  ],
  [
    'a place that is not closed',
    (s) => (q(s, 'idee').text.en = 'Any idea for ${jour?'),
    error('broken-place', 'questions[4].text.en', { language: 'en' }),
  ],
  [
    'a French question of two parts',
    (s) =>
      (q(s, 'idee').text.fr =
        'Avez-vous une idée pour le marché? Dites-nous tout, cela nous aide. Les stands, les jours, les prix, le bruit, les camions, les poubelles. Que voulez-vous changer ici?'),
    warning('parts', 'questions[4].text.fr', { language: 'fr', says: '2 SMS' }),
  ],
  [
    'a Turkish invitation of two parts',
    (s) =>
      (s.intro.tr =
        'Pazar için 5 soru. 2 dakika, cevaplar gizli. Lütfen bütün soruları cevaplayın, çünkü belediye yeni pazarı sizinle birlikte planlamak istiyor.'),
    warning('parts', 'intro.tr', { language: 'tr' }),
  ],
  [
    'a note that no SMS carries',
    (s) =>
      s.questions.push({
        id: 'loi',
        type: 'note',
        text: { fr: 'Oui. '.repeat(330), en: 'So.', tr: 'Evet.' },
      }),
    error('too-long-to-send', 'questions[5].text.fr', { language: 'fr' }),
  ],
  [
    'a sign that halves what an SMS carries',
    (s) => (s.over.en = 'This survey is over 😀'),
    warning('rare-letter', 'over.en', { language: 'en', says: '😀' }),
  ],
  [
    'a sentence of 25 words',
    (s) =>
      (q(s, 'idee').text.fr =
        'Si la ville change le marché, est-ce que vous avez une idée à lui dire pour que tous y viennent plus, même le soir sinon'),
    warning('long-sentence', 'questions[4].text.fr', { language: 'fr', says: '25 mots' }),
  ],
  [
    'long words',
    (s) =>
      (q(s, 'idee').text.fr =
        'Avez-vous déjà participé à une réunion de concertation organisée par la municipalité?'),
    warning('hard-text', 'questions[4].text.fr', { language: 'fr', says: 'Kandel et Moles' }),
  ],
  [
    'an acronym',
    (s) => (s.thanks.fr = 'La DIVAQ lit chaque réponse.'),
    warning('acronym', 'thanks.fr', { language: 'fr', says: '« DIVAQ »' }),
  ],
  [
    'a number in words',
    (s) => (s.over.fr = 'Ce sondage a duré deux mois.'),
    warning('spelled-number', 'over.fr', { language: 'fr', says: '« 2 »' }),
  ],
  [
    'tu among vous',
    (s) => (q(s, 'idee').text.fr = 'As-tu une idée pour le marché?'),
    warning('mixed-address', 'questions[4].text.fr', { language: 'fr' }),
  ],
];

describe('texts', () => plant(texts));

const closed = '2027-03-01';
const promises: Planted[] = [
  [
    'a language that the city does not write',
    (s) => {
      s.languages.push('so');
      s.base = 'fr';
      fill(s, 'so');
    },
    error('unknown-language', 'languages[3]', { language: 'so' }),
  ],
  [
    'a promise before the closing',
    (s) => (s.promise = '2027-01-15'),
    warning('promise-before-closing', 'promise'),
  ],
  ['a promise for a Sunday', (s) => (s.promise = '2027-02-14'), warning('promise-on-quiet-day', 'promise')],
  ['a promise for a holiday', (s) => (s.promise = '2027-03-29'), warning('promise-on-quiet-day', 'promise')],
  ['a promise for another age', (s) => (s.promise = '2099-03-29'), warning('promise-far-off', 'promise')],
  [
    'a reminder after the 24 hours of WhatsApp',
    (s) => (s.remindAfter = 30),
    warning('reminder-after-window', 'remindAfter', { says: '« fr », « en » et « tr »' }),
  ],
  [
    'anonymity that is not kept',
    (s) => (s.intro.en = '5 questions about the market. Your answers are anonymous.'),
    error('says-anonymous', 'intro.en', { language: 'en' }),
  ],
  [
    'a name asked in an anonymous survey',
    (s) => {
      s.anonymous = true;
      q(s, 'idee').text.fr = 'Quel est votre nom?';
    },
    warning('anonymous-identifies', 'questions[4].text.fr', { language: 'fr' }),
  ],
  [
    'an answer said to be free',
    (s) => (s.thanks.fr = 'Votre réponse est gratuite.'),
    warning('says-free', 'thanks.fr', { language: 'fr' }),
  ],
  [
    'a rate that no contract promises',
    (s) => (s.thanks.fr = 'SMS non surtaxé.'),
    error('says-standard-rate', 'thanks.fr', { language: 'fr' }),
    { city: { ...city, standardRate: false } },
  ],
  [
    'a list that the city does not have',
    (s) => (s.lists = ['nord']),
    error('unknown-list', 'lists[0]', { says: '« haut »' }),
  ],
  [
    'a link for people in plain mode',
    (s) => {
      s.lists = ['aines'];
      s.thanks.fr = 'À lire: https://clichy.example';
    },
    warning('link-in-plain', 'thanks.fr', { language: 'fr' }),
  ],
  [
    'a ranking for people in plain mode',
    (s) => {
      s.lists = ['aines'];
      q(s, 'stands').type = 'rank';
    },
    warning('not-plain', 'questions[2]'),
  ],
  ['a survey that is over', () => {}, warning('closed-already', 'closes'), { today: closed }],
  [
    'results before the end',
    (s) => (s.results = all('Merci.')),
    warning('results-before-closing', 'results'),
    { today: '2026-12-24' },
  ],
  [
    'more than five questions',
    (s) => {
      s.intro = all('Le marché du centre.');
      s.questions.push({ ...q(s, 'venir'), id: 'encore' });
    },
    warning('many-questions', 'questions', { says: 'Echo Mobile' }),
  ],
  [
    'an invitation that promises fewer questions',
    (s) => (s.intro.en = '3 questions about the market. 2 minutes, answers kept confidential.'),
    warning('announced-count', 'intro.en', { language: 'en', says: "jusqu'à 5" }),
  ],
];

describe('promises and claims', () => plant(promises));

/** A text in one more language at every place. */
function fill(value: Loose, language: string): void {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.fr === 'string') value[language] = value.fr;
  else for (const inner of Object.values(value)) fill(inner, language);
}

function plant(table: Planted[]): void {
  it.each(table)('%s', (_label, change, { says, ...expected }, others) => {
    const findings = found(change, others);
    expect(
      findings.map(({ rule, severity, place, language }) => ({
        rule,
        severity,
        place,
        ...(language && { language }),
      })),
    ).toEqual([expected]);
    if (says) expect(findings[0]?.message).toContain(says);
    expect(findings[0]?.message).toMatch(/^.{20,}$/s);
  });
}

describe('the survey with nothing planted', () => {
  it('has no finding', () => {
    expect(found(() => {})).toEqual([]);
  });

  it('has none beside its own earlier revision', () => {
    expect(found(() => {}, { others: [...around.others, ...world.surveys.all()] })).toEqual([]);
  });
});
