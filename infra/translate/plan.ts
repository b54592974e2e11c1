/** What is to become of one file that came back, before anything of it is written. */

import type { Survey } from '../../conversations/survey.ts';
import type { Outcome } from '../../conversations/translate/check.ts';
import type { Catalogue, Remark, Sheet } from '../../conversations/translate/entry.ts';
import { type Verdict, verdict } from '../../conversations/translate/review.ts';

export interface Plan {
  file: string;
  sheet: Sheet;
  outcome: Outcome;
  /** What is said of the review, in French. */
  review: string[];
  /** Of our own texts: the files that differ, by path. */
  files: Map<string, string>;
  /** Of a survey: what is saved. */
  survey?: Survey;
}

export const at = (file: string, { line, what }: Remark): string => `${file}:${line}: ${what}`;

/** Read: the file says so, and each text of the group is there, sure, and of the source that we have. */
export function verdictOf(
  { entries }: Catalogue,
  { reviewed, rows }: Sheet,
  { changes, late }: Outcome,
  wasRead: boolean,
  isOfGroup: (key: string) => boolean = () => true,
): Verdict {
  const sure = new Set(rows.filter(({ text, unsure }) => text && !unsure).map(({ key }) => key));
  const isWhole = late.length === 0 && entries.every(({ key }) => !isOfGroup(key) || sure.has(key));
  return verdict(reviewed && isWhole, changes.filter(({ key }) => isOfGroup(key)).length, wasRead);
}

/** "messages: à relire de nouveau" */
export function reviewLine(name: string, said: Verdict, wasRead: boolean): string {
  if (said === 'read') return `${name}: ${wasRead ? 'relu' : 'désormais relu'}`;
  if (said === 'to read again') return `${name}: à relire de nouveau`;
  return `${name}: ${wasRead ? 'relu' : 'à relire'}`;
}

/** Where the file says that all was read, and not all was. */
export const doubt = ({ reviewed }: Sheet, verdicts: Verdict[]): string[] =>
  reviewed && verdicts.some((each) => each !== 'read')
    ? ["le fichier dit « relu », mais des textes manquent, sont à revoir ou n'y sont pas"]
    : [];
