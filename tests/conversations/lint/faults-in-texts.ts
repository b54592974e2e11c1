/** Faults in texts and in what they promise. */
import { all, city, error, type Loose, type Planted, q, warning } from './planted.ts';

export const texts: Planted[] = [
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
    warning('untranslated', 'languages', { says: 'espagnol' }),
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
    warning('places-differ', 'questions[2].text.tr', { language: 'tr', says: '${jour}' }),
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
    'a note that needs another part with its question',
    (s) => {
      const note = 'Le marché change en mai. Les stands vont sur la place. Les jours restent les mêmes.';
      s.questions.splice(4, 0, { id: 'info', type: 'note', text: { fr: note, en: 'Soon.', tr: 'Yakında.' } });
      q(s, 'idee').text.fr =
        'Une idée pour le marché? Dites-nous tout, cela nous aide. Et merci déjà de nous aider.';
    },
    warning('parts', 'questions[4].text.fr', { language: 'fr', says: 'la note, avec la question' }),
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

const closed = '2027-03-01';
export const promises: Planted[] = [
  [
    'a language that the city does not write',
    (s) => {
      s.languages.push('so');
      s.base = 'fr';
      fill(s, 'so');
    },
    warning('unknown-language', 'languages[3]', { language: 'so' }),
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

/** A text in one more language at every place. */
function fill(value: Loose, language: string): void {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.fr === 'string') value[language] = value.fr;
  else for (const inner of Object.values(value)) fill(inner, language);
}
