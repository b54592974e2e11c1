/** How the local host says no, in French: what was wrong, the kind of value it got, what is allowed. Never the value itself. */

export interface Refusal {
  error: string;
}

/** The kind of a value in words, so that a refusal never repeats a number or a text somebody wrote. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'rien';
  if (value === null) return 'une valeur nulle';
  if (typeof value === 'string') {
    if (value.trim() === '') return 'un texte vide';
    return value.length === 1 ? 'un texte de 1 caractère' : `un texte de ${value.length} caractères`;
  }
  if (typeof value === 'number') return 'un nombre';
  if (typeof value === 'boolean') return 'un booléen';
  return Array.isArray(value) ? 'une liste' : 'un objet';
}

export function refusal(what: string, value: unknown, allowed: string): Refusal {
  return { error: `${what} : reçu ${kindOf(value)}. Attendu : ${allowed}.` };
}
