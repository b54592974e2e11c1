/** Where a phrase of ours is read, for translators: one sentence in French by the beginning of its key. */

/** The longest beginning that fits counts. */
const WHERE: Record<string, string> = {
  'phrases/join.': "Inscription d'un habitant, premier message et suivants.",
  'phrases/join.offer': "Le tout premier message: proposer l'inscription.",
  'phrases/join.age': "Inscription: la question de l'âge.",
  'phrases/join.language': 'Inscription: la question de la langue.',
  'phrases/join.quartier': 'Inscription: la question du quartier.',
  'phrases/join.done': 'Inscription: la confirmation.',
  'phrases/language.': 'Changer de langue (mot LANGUE).',
  'phrases/survey.': "Autour d'un sondage: invitation, rappel, fin, correction.",
  'phrases/survey.start': "L'invitation à un sondage.",
  'phrases/survey.remaining': "Le rappel, quand une personne s'est arrêtée au milieu d'un sondage.",
  'phrases/survey.thanks': "La fin d'un sondage.",
  'phrases/question.': "À la suite d'une question de sondage, ou quand la réponse n'est pas comprise.",
  'phrases/help.': 'Réponse à AIDE, CONTACT, RAPPEL ou à un message libre.',
  'phrases/limit.': 'Réponse à qui envoie trop de messages.',
  'phrases/oneWay.': "À la fin d'un SMS envoyé d'un numéro auquel on ne peut pas répondre.",
  'phrases/stop.': 'Arrêter les messages (STOP) et les reprendre (REPRENDRE).',
  'phrases/erase.': 'Effacer ses données (EFFACER).',
  'phrases/data.': 'Voir ses données (MES DONNEES).',
  'phrases/alarm.': 'Réponse à une personne en danger. À traduire avec le plus grand soin.',
  'phrases/plain.': 'Mode simple, pour qui lit difficilement: phrases entières, sans abréviation, sans menu.',
  'phrases/bot.': 'Ajouté au premier message sur Messenger.',
  'phrases/tap.': 'WhatsApp et Messenger: un message avec des boutons.',
  'phrases/media.': 'Réponse à un message vocal, une photo ou un fichier.',
  'phrases/place.': 'Réponse à une position envoyée.',
  'phrases/link.': 'Relier WhatsApp ou Messenger (mots WHATSAPP, MESSENGER, SMS).',
  'phrases/mute.': 'Arrêter ou reprendre une seule sorte de messages (STOP SONDAGE).',
  'notice/': 'Page web « Vos données et vos droits ».',
  'notice/words.': 'Page web « Vos données et vos droits »: ce que fait un mot à envoyer.',
  'copy/': 'Page web « Vos données » (réponse à MES DONNEES).',
};

const byLength = Object.entries(WHERE).sort(([a], [b]) => b.length - a.length);

export const whereOf = (key: string): string[] =>
  byLength
    .filter(([beginning]) => key.startsWith(beginning))
    .slice(0, 1)
    .map(([, sentence]) => sentence);

/** What stands on a button or a row of a list: its letters are counted. */
const BUTTONS = new Set(
  [
    'menu',
    'start',
    'later',
    'decline',
    'join',
    'more',
    'skip',
    'dontKnow',
    'nothing',
    'done',
    'unsaid',
    'oldest',
    'otherLanguage',
  ].map((name) => `phrases/tap.${name}`),
);
export const isButton = (key: string): boolean => BUTTONS.has(key);

/** Only on WhatsApp and Messenger, where length costs nothing. */
export const isTapped = (key: string): boolean => /^phrases\/(?:plain\.)?tap\./.test(key);
