/** What a new revision may not do to those who answered an earlier one: break the promise of anonymity. */
import type { Finding } from './lint/finding.ts';
import type { Survey } from './survey.ts';

/** `latest`: the revision before. `today`: in Paris, YYYY-MM-DD. */
export function revisionFindings(survey: Survey, latest: Survey, today: string): Finding[] {
  const error = (rule: string, place: string, message: string): Finding => ({
    rule,
    severity: 'error',
    place,
    message,
  });
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
