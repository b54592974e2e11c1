/** Words that are taken: a resident who answers with a command, or sends a keyword of something else, is misheard. */

import { readCommand, yieldsToAnswer } from '../understand/commands.ts';
import { heardAs } from '../understand/heard-as.ts';
import { liveKeywords } from '../understand/keywords.ts';
import { normalise, normaliseName } from '../understand/normalise.ts';
import type { Finding, Rule, Sheet } from './finding.ts';
import { optionsOf } from './texts-of.ts';

/** By default Twilio takes these from the resident and tells us nothing, whatever the city's own words are. */
const TAKEN_BY_TWILIO = new Set(['yes']);

export const words: Rule = (sheet) => [...keywords(sheet), ...answerWords(sheet)];

/** A word that is a command is never heard as an answer; what Twilio takes, only where the city lets it. */
function takenBy(word: string, language: string): Pick<Finding, 'severity' | 'message'> | undefined {
  const command = readCommand(word, language);
  if (command && !yieldsToAnswer(command))
    return {
      severity: 'error',
      message: `« ${word} » est une commande du service (STOP, AIDE, LANGUE …): qui l'écrit ne répond pas. Dites-le autrement`,
    };
  return TAKEN_BY_TWILIO.has(normalise(word))
    ? {
        severity: 'warning',
        message: `« ${word} », écrit par SMS, veut dire « s'inscrire » pour Twilio, qui peut le garder pour lui. Dites-le autrement, ou posez une question oui/non`,
      }
    : undefined;
}

function keywords({ survey, city, others, lives = [] }: Sheet): Finding[] {
  const taken = new Map<string, string>();
  const take = (word: string, by: string): void => void taken.set(normaliseName(word), by);
  for (const other of others)
    if (other.key !== survey.key)
      for (const word of other.keywords) take(word, `le mot-clé du sondage « ${other.key} »`);
  for (const { name, keywords } of city.quartiers)
    for (const word of [name, ...keywords]) take(word, `le mot-clé de la liste « ${name} »`);
  for (const command of city.commands)
    for (const word of command.keywords) take(word, 'une commande de la ville');
  for (const { id, keyword } of lives)
    for (const word of liveKeywords(keyword)) take(word, `le mot-clé du direct « ${id} »`);
  const own = survey.keywords.map(normaliseName);
  return survey.keywords.flatMap((keyword, index): Finding[] => {
    const place = `keywords[${index}]`;
    const plain = normaliseName(keyword);
    const by = taken.get(plain);
    if (by)
      return [
        {
          rule: 'taken-keyword',
          severity: 'error',
          place,
          message: `« ${keyword} » est déjà ${by}. Choisissez un autre mot-clé`,
        },
      ];
    const heard = heardAs(keyword, city.languages);
    if (heard?.as === 'command')
      return [
        {
          rule: 'reserved-keyword',
          severity: 'error',
          place,
          message: `« ${keyword} » est une commande du service, ou presque, pour qui parle « ${heard.language} ». Choisissez un autre mot-clé`,
        },
      ];
    if (heard?.as === 'answer')
      return [
        {
          rule: 'common-keyword',
          severity: 'error',
          place,
          message: `« ${keyword} » est une réponse de tous les jours pour qui parle « ${heard.language} »: en répondant à autre chose, on commencerait ce sondage. Choisissez un mot du sujet`,
        },
      ];
    return own.indexOf(plain) < index
      ? [
          {
            rule: 'same-keyword',
            severity: 'warning',
            place,
            message: `« ${keyword} » est écrit deux fois. Supprimez-le`,
          },
        ]
      : [];
  });
}

function answerWords({ survey, base }: Sheet): Finding[] {
  return survey.questions.flatMap((question, index) => {
    const place = `questions[${index}]`;
    const said = optionsOf(question).flatMap(({ label, typed }, option) => [
      ...Object.entries(label).map(([language, text]) => ({
        place: `${place}.options[${option}].label.${language}`,
        language,
        text,
      })),
      ...(typed === undefined
        ? []
        : [{ place: `${place}.options[${option}].typed`, language: base, text: typed }]),
    ]);
    const ends =
      question.type === 'scale'
        ? (['low', 'high'] as const).flatMap((end) =>
            Object.entries(question[end]).map(([language, text]) => ({
              place: `${place}.${end}.${language}`,
              language,
              text,
            })),
          )
        : [];
    return [...said, ...ends].flatMap(({ text, ...at }): Finding[] => {
      const taken = takenBy(text, at.language);
      return taken ? [{ rule: 'reserved-word', ...at, question: question.id, ...taken }] : [];
    });
  });
}
