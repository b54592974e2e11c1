/** Faults in conditions, formulas and what may be answered. */
import { all, error, type Planted, q, warning } from './planted.ts';

export const branches: Planted[] = [
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
    'the same where another formula adds to that number',
    (s) => {
      s.questions.push({ id: 'double', type: 'calculate', calculation: '${combien} + 1' });
      q(s, 'idee').relevant = '${combien} < 3 and ${combien} > 7';
    },
    error('never-asked', 'questions[4].relevant'),
  ],
  [
    'a condition on what is not asked then',
    (s) => (q(s, 'idee').relevant = "${venir} = 'no' and ${jour} != ''"),
    error('never-asked', 'questions[4].relevant'),
  ],
  [
    'a question that is switched off',
    (s) => (q(s, 'idee').relevant = 'false()'),
    warning('never-asked', 'questions[4].relevant'),
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
    'nothing but notes',
    (s) => {
      s.intro = all('Le marché du centre.');
      s.questions = [{ id: 'info', type: 'note', text: all('Merci.') }];
      s.sections = [];
    },
    error('nothing-asked', 'questions'),
  ],
  [
    'a section without a question',
    (s) => s.sections.push({ id: 'vide', title: all('Rien') }),
    warning('empty-section', 'sections[1]'),
  ],
];

export const formulas: Planted[] = [
  [
    'an option that the question does not have',
    (s) => (q(s, 'combien').relevant = "${jour} != 'dimanche'"),
    warning('unknown-option', 'questions[3].relevant', { says: '« dimanche »' }),
  ],
  [
    'a question that is never asked for an option that is not there',
    (s) => (q(s, 'combien').relevant = "${jour} = 'dimanche'"),
    error('unknown-option', 'questions[3].relevant', { says: '« dimanche »' }),
  ],
  [
    'a question that is never asked for a word that is no number',
    (s) => (q(s, 'idee').relevant = "${combien} = 'beaucoup'"),
    error('wrong-type', 'questions[4].relevant'),
  ],
  [
    'an option that a multiple choice does not have',
    (s) => (q(s, 'idee').relevant = "not(selected(${stands}, 'viande'))"),
    warning('unknown-option', 'questions[4].relevant', { says: '« fruits », « pain » ou « poisson »' }),
  ],
  [
    'yes in French',
    (s) => (q(s, 'idee').relevant = "not(${venir} = 'oui')"),
    warning('unknown-option', 'questions[4].relevant', { says: '« yes » ou « no »' }),
  ],
  [
    'selected() of a number',
    (s) => (q(s, 'idee').relevant = "not(selected(${combien}, '3'))"),
    warning('wrong-type', 'questions[4].relevant'),
  ],
  [
    'a number compared with a word',
    (s) => (q(s, 'idee').relevant = "${combien} != 'beaucoup'"),
    warning('wrong-type', 'questions[4].relevant', { says: 'un nombre' }),
  ],
  [
    'a choice that is reckoned with',
    (s) => s.questions.push({ id: 'double', type: 'calculate', calculation: '${jour} * 2' }),
    warning('wrong-type', 'questions[5].calculation'),
  ],
  [
    'count-selected() of a single choice',
    (s) => s.questions.push({ id: 'total', type: 'calculate', calculation: 'count-selected(${jour})' }),
    warning('wrong-type', 'questions[5].calculation'),
  ],
  [
    'one choice of several compared as the only one',
    (s) => (q(s, 'idee').relevant = "${stands} = 'pain'"),
    warning('selected-instead', 'questions[4].relevant', { says: "selected(${stands}, 'pain')" }),
  ],
];

export const answers: Planted[] = [
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
