/** Faults in options and keywords. */
import { error, option, type Planted, q, warning } from './planted.ts';

export const options: Planted[] = [
  [
    'two options with one label',
    (s) => (q(s, 'jour').options[1].label.en = 'wednesday'),
    warning('same-label', 'questions[1].options[1].label.en', { language: 'en' }),
  ],
  [
    'two options with one label, both of which their filter lets through',
    (s) =>
      q(s, 'stands').options.push({
        ...option('baguette'),
        label: { fr: 'du pain', en: 'baguette', tr: 'baget' },
        columns: { quand: 'mercredi' },
      }),
    warning('same-label', 'questions[2].options[3].label.fr', { language: 'fr' }),
  ],
  [
    'a label that is the number of another option',
    (s) => (q(s, 'jour').options[0].label.tr = '2'),
    warning('label-reads-as-other', 'questions[1].options[0].label.tr', { language: 'tr' }),
  ],
  [
    'a label that is the French of another option',
    (s) => (q(s, 'jour').options[1].label.en = 'Mercredi'),
    warning('label-reads-as-other', 'questions[1].options[1].label.en', { language: 'en' }),
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

export const taken: Planted[] = [
  [
    'a label that is a command',
    (s) => (q(s, 'jour').options[1].label.fr = 'Stop'),
    error('reserved-word', 'questions[1].options[1].label.fr', { language: 'fr' }),
  ],
  [
    'a label that Twilio takes',
    (s) => (q(s, 'jour').options[1].label.en = 'yes'),
    warning('reserved-word', 'questions[1].options[1].label.en', { language: 'en', says: 'Twilio' }),
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
  [
    'a keyword that is nearly a command',
    (s) => s.keywords.push('RAPPELL'),
    error('reserved-keyword', 'keywords[1]'),
  ],
  [
    'a keyword that is a command in another language of the city',
    (s) => s.keywords.push('DUR'),
    error('reserved-keyword', 'keywords[1]', { says: '« tr »' }),
  ],
  [
    'a keyword that is the word for visits',
    (s) => s.keywords.push('VISITE'),
    error('reserved-keyword', 'keywords[1]', { says: '« fr »' }),
  ],
  [
    'a keyword that is the word for visits in another language of the city',
    (s) => s.keywords.push('ZIYARET'),
    error('reserved-keyword', 'keywords[1]', { says: '« tr »' }),
  ],
  [
    'a keyword of a live that is on',
    (s) => s.keywords.push('TRAVAUX'),
    error('taken-keyword', 'keywords[1]', { says: '« L-2026-001 »' }),
    { lives: [{ id: 'L-2026-001', keyword: 'TRAVAUX' }] },
  ],
  ['a keyword that says yes', (s) => s.keywords.push('OUI'), error('common-keyword', 'keywords[1]')],
  ['a keyword that says thanks', (s) => s.keywords.push('MERCI'), error('common-keyword', 'keywords[1]')],
  ['a keyword of figures', (s) => s.keywords.push('12345678'), error('common-keyword', 'keywords[1]')],
  ['a keyword twice', (s) => s.keywords.push('MARCHE'), warning('same-keyword', 'keywords[1]')],
  [
    'two questions in one column of the export',
    (s) => s.questions.splice(4, 1, { ...q(s, 'venir'), id: 'combien_commentaire' }),
    warning('same-column', 'questions[4].id', { says: '« combien_commentaire »' }),
  ],
];
