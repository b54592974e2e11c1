/**
 * Whether the figure in a message that was about something else as well counts who comes: "on sera 4" does; "le bat 7",
 * "la rue 8" and "il y a 3 rats dans la cave" do not. The rule is docs/reading.md.
 */
import { has, isPerson } from './counted.ts';
import { lexicon } from './lexicon.ts';
import { type Part, partsOf } from './parts.ts';
import { spaced } from './segment.ts';
import type { Role } from './vocabulary.ts';

/** What there is or somebody has, and not who comes. */
const THERE_IS =
  /(?<!\p{L})(?:y a|ya|on a|nous avons|j['’ ]?ai|there (?:is|are)|there['’]s|we have|we['’]ve got|i have|hay|há|sunt)\s+(?:\p{L}+\s+)?\d/iu;
const COMERS: Role[] = ['we', 'me', 'two', 'alone', 'coming', 'pair'];
/** A word of fewer letters is a slip or a particle. */
const WORD = 2;

export const countsPeople = (text: string, language: string): boolean =>
  !THERE_IS.test(text) && [language, 'fr', 'en'].some((each) => countsIn(text, each));

function countsIn(text: string, language: string): boolean {
  const parts = partsOf(spaced(text, language), language);
  const { yes } = lexicon(language);
  // "la rue 8", "étage 3"
  const placed = parts.some((part, at) => has(part, 'unit') && !isPerson(part) && parts[at + 1]?.number);
  if (placed) return false;
  if (parts.some((part) => isPerson(part) || COMERS.some((role) => has(part, role)))) return true;
  return !parts.some((part) => isOther(part, yes));
}

const isOther = ({ number, roles, text }: Part, yes: Set<string>): boolean =>
  !number && roles.size === 0 && [...text].length >= WORD && !yes.has(text);
