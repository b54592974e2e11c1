/**
 * Who may do what in the console (participation.md M15). One table: what is not in it is refused, and a test walks
 * every route with every role.
 */
import type { Role } from './agent.ts';

/** Everything that a page or a form does, by the right that it needs. */
export const RIGHTS = [
  'home',
  'surveys.read',
  'surveys.write',
  'surveys.publish',
  'results.read',
  /** What residents wrote, which may name somebody. */
  'words.read',
  'announcements.read',
  'announcements.write',
  'announcements.approve',
  'announcements.send',
  'visits.read',
  'visits.write',
  /** Who comes, by number or first name. */
  'attendance.read',
  'lists.read',
  'lists.write',
  'residents.read',
  'residents.change',
  'contacts.import',
  'exports.answers',
  'exports.contacts',
  'settings.read',
  'settings.write',
  'audit.read',
] as const;
export type Right = (typeof RIGHTS)[number];

const COUNTED: Right[] = ['home', 'surveys.read', 'results.read', 'announcements.read', 'visits.read'];

const RIGHTS_OF: Record<Role, readonly Right[]> = {
  officer: RIGHTS,
  /** A department of the town hall: reads and answers what concerns it, reaches nobody by itself. */
  service: [...COUNTED, 'words.read', 'lists.read', 'exports.answers'],
  /** Who is out in the quartier: prepares visits and writes drafts that another approves and sends. */
  facilitator: [
    ...COUNTED,
    'words.read',
    'surveys.write',
    'announcements.write',
    'visits.write',
    'attendance.read',
    'lists.read',
  ],
  /** Sees its own language alone: `Agent.language`, which the pages hold to. */
  relay: ['home', 'surveys.read', 'results.read', 'words.read'],
  /** The contractor of the purchase orders: writes, and never sees a resident. */
  provider: [...COUNTED, 'surveys.write', 'announcements.write'],
  'read-only': COUNTED,
};

export const may = (role: Role, right: Right): boolean => RIGHTS_OF[role].includes(right);

/** As staff read it. */
export const ROLE_NAMES: Record<Role, string> = {
  officer: 'Chargée ou chargé de participation',
  service: 'Service de la ville',
  facilitator: 'Animation de quartier',
  relay: 'Relais de langue',
  provider: 'Prestataire',
  'read-only': 'Lecture seule',
};
