/** What a new revision may not do: break the promise of anonymity, or lose a translation unnoticed. */
import type { Finding } from './lint/finding.ts';
import type { Survey } from './survey.ts';

/** `latest`: the revision before. `today`: in Paris, YYYY-MM-DD. `without`: languages that are to go. */
export function revisionFindings(
  survey: Survey,
  latest: Survey,
  { today, without = [] }: { today: string; without?: string[] | undefined },
): Finding[] {
  const error = (rule: string, place: string, message: string): Finding => ({
    rule,
    severity: 'error',
    place,
    message,
  });
  const lost = latest.languages.filter(
    (language) => !survey.languages.includes(language) && !without.includes(language),
  );
  const losses = lost.map((language) =>
    error(
      'lost-language',
      'languages',
      `la révision ${latest.revision} existe en « ${language} », celle-ci non: la traduction serait perdue. Partez de la dernière révision (« npm run survey -- export ${survey.key} »), ou dites que cette langue doit disparaître (« --sans ${language} »)`,
    ),
  );
  return [...losses, ...promiseFindings(survey, latest, today, error)];
}

function promiseFindings(
  survey: Survey,
  latest: Survey,
  today: string,
  error: (rule: string, place: string, message: string) => Finding,
): Finding[] {
  if (!latest.anonymous) return [];
  if (!survey.anonymous)
    return [
      error(
        'anonymous-for-good',
        'anonymous',
        `la révision ${latest.revision} est anonyme, celle-ci ne l'est pas: la promesse faite à qui a répondu ne serait pas tenue. Gardez « anonymous », ou donnez une autre clé au sondage`,
      ),
    ];
  if (latest.closes < today && survey.closes >= today)
    return [
      error(
        'anonymous-closed',
        'closes',
        `le sondage anonyme est clos depuis le ${latest.closes}: ses réponses sont coupées de leurs auteurs et ne peuvent plus être complétées. Donnez une autre clé à la suite`,
      ),
    ];
  return [];
}
