/** The parts of the console, in the order of the menu. */
import type { Right } from './roles.ts';

export const ROOT = '/console';

export interface Part {
  name: string;
  href: string;
  right: Right;
}

export const PARTS: Part[] = [
  { name: 'Aujourd’hui', href: ROOT, right: 'home' },
  { name: 'Sondages', href: `${ROOT}/sondages`, right: 'surveys.read' },
  { name: 'Résultats', href: `${ROOT}/resultats`, right: 'results.read' },
  { name: 'Annonces', href: `${ROOT}/annonces`, right: 'announcements.read' },
  { name: 'Visites', href: `${ROOT}/visites`, right: 'visits.read' },
  { name: 'Listes', href: `${ROOT}/listes`, right: 'lists.read' },
  { name: 'Habitants', href: `${ROOT}/habitants`, right: 'residents.read' },
  { name: 'Exports', href: `${ROOT}/exports`, right: 'exports.answers' },
  { name: 'Réglages', href: `${ROOT}/reglages`, right: 'settings.read' },
  { name: 'Journal', href: `${ROOT}/journal`, right: 'audit.read' },
];

/** Whether an address stands under a part. */
export const isUnder = (path: string, href: string): boolean =>
  path === href || (href !== ROOT && path.startsWith(`${href}/`));
