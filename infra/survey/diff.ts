/**
 * `npm run survey -- diff SONDAGE [ANCIENNE NOUVELLE]`: what a revision changed, and what it means for the results.
 * Without numbers, the last two revisions.
 */
import { changeLines, diffSurveys } from '../../conversations/revision-diff.ts';
import type { Survey } from '../../conversations/survey.ts';
import { Refused } from '../command/refused.ts';
import { known } from './lint.ts';

const USAGE = 'usage: npm run survey -- diff SONDAGE [ANCIENNE NOUVELLE]';

export async function run(args: string[]): Promise<void> {
  const [key, ...numbers] = args;
  if (!key || (numbers.length !== 0 && numbers.length !== 2)) throw new Refused(USAGE);
  const { world } = await known();
  const every = world.surveys.every();
  const revisions = every.filter((survey) => survey.key === key);
  if (revisions.length === 0) {
    const keys = [...new Set(every.map((survey) => survey.key))].join(', ');
    throw new Refused(`le sondage « ${key} » n'existe pas. Sondages: ${keys}`);
  }
  if (numbers.length === 0 && revisions.length === 1) {
    console.log(`${key}: une seule révision, la ${revisions[0]?.revision}`);
    return;
  }
  const [before, after] =
    numbers.length === 0
      ? (revisions.slice(-2) as [Survey, Survey])
      : (numbers.map((number) => find(revisions, number)) as [Survey, Survey]);
  console.log(described(before, after).join('\n'));
}

function find(revisions: Survey[], number: string): Survey {
  const found = revisions.find(({ revision }) => String(revision) === number);
  if (found) return found;
  const known = revisions.map(({ revision }) => revision).join(', ');
  throw new Refused(`il n'y a pas de révision « ${number} ». Révisions: ${known}`);
}

/** Also said where a new revision is saved. */
export function described(before: Survey, after: Survey): string[] {
  const changes = diffSurveys(before, after);
  const title = `${after.key}, de la révision ${before.revision} à la révision ${after.revision}:`;
  if (changes.length === 0) return [`${title} rien ne change`];
  return [
    title,
    ...changeLines(changes),
    ...(changes.some(({ warning }) => warning)
      ? ['! à vérifier: ce changement peut changer le sens des réponses déjà reçues']
      : []),
  ];
}
