/** Who does it: a role or an address at work, as `--de` says. */
import { Person } from '../../conversations/announcement.ts';
import { Refused } from './refused.ts';

/** Throws `Refused` where that is nobody. */
export function personOf(given: string | undefined): string {
  const person = Person.safeParse(given?.trim().toLowerCase());
  if (person.success) return person.data;
  throw new Refused(
    given === undefined
      ? 'dites qui vous êtes: --de agent@exemple'
      : `--de dit qui vous êtes, par un rôle ou une adresse professionnelle (agent@exemple), reçu « ${given} »`,
  );
}
