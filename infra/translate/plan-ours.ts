/** What becomes of a file with our own texts: which files of `locales/` change, and whether the language counts as read. */
import { check } from '../../conversations/translate/check.ts';
import type { Sheet } from '../../conversations/translate/entry.ts';
import { groupOf, ourCatalogue } from '../../conversations/translate/ours.ts';
import type { Language } from '../../locales/index.ts';
import { REVIEWED } from '../../locales/notice.ts';
import { edited, readLocal } from './locales.ts';
import { exampleFilled } from './options.ts';
import { doubt, type Plan, reviewLine, verdictOf } from './plan.ts';

const GROUPS = [
  ['messages', 'messages'],
  ['page', 'page des droits'],
] as const;

export function planOurs(folder: string, file: string, sheet: Sheet, language: Language): Plan {
  const local = readLocal(folder, language, exampleFilled().filled);
  const catalogue = ourCatalogue(local);
  const outcome = check(catalogue, sheet);
  const groups = GROUPS.map(([group, name]) => {
    const wasRead = local.status[group] === REVIEWED;
    const said = verdictOf(catalogue, sheet, outcome, wasRead, (key) => groupOf(key) === group);
    return { group, said, line: reviewLine(name, said, wasRead) };
  });
  const texts = Object.fromEntries(outcome.changes.map(({ key, text }) => [key, text]));
  const status = Object.fromEntries(
    groups.flatMap(({ group, said }) => (said === 'as before' ? [] : [[group, said]])),
  );
  return {
    file,
    sheet,
    outcome,
    review: [
      ...groups.map(({ line }) => line),
      ...doubt(
        sheet,
        groups.map(({ said }) => said),
      ),
    ],
    files: outcome.refused.length > 0 ? new Map() : edited(local, catalogue, { texts, status }),
  };
}
