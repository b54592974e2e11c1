/** What an import says of a file that was taken, in French. */
import { at, type Plan } from './plan.ts';

const MOST_NAMED = 10;

function named(keys: string[]): string {
  const more = keys.length - MOST_NAMED;
  return keys.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` et ${more} de plus` : '');
}

const counted = (count: number, word: string): string => `${count} ${word}${count > 1 ? 's' : ''}`;

export function report({ file, sheet, outcome, review }: Plan): void {
  const { changes, late, missing, unsure, warned } = outcome;
  const added = changes.filter((change) => change.added).map(({ key }) => key);
  const changed = changes.filter((change) => !change.added).map(({ key }) => key);
  console.log(`${file}: ${sheet.name}, ${sheet.language}`);
  if (changed.length > 0) console.log(`  ${counted(changed.length, 'changé')}: ${named(changed)}`);
  if (added.length > 0) console.log(`  ${counted(added.length, 'ajouté')}: ${named(added)}`);
  if (changes.length === 0) console.log('  rien de changé');
  for (const remark of warned) console.log(`  attention, ${at(file, remark)}`);
  for (const remark of late) console.log(`  laissé tel quel, ${at(file, remark)}`);
  if (missing.length > 0) console.log(`  ${missing.length} à traduire: ${named(missing)}`);
  if (unsure.length > 0) console.log(`  ${unsure.length} à relire d'après le fichier`);
  for (const line of review) console.log(`  relecture, ${line}`);
}
