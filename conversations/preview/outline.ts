/** The way through a survey in words: each question with who is asked it, and what comes next if what is answered. */
import { type Branch, type Branches, END } from './branches.ts';
import { fill, words } from './words.ts';

export interface Entry {
  /** Missing for the thanks. */
  number?: number;
  text: string;
  /** Whole sentences. */
  says: string[];
}

const { branches: french } = words;

/** One entry a question, in order, and the thanks at the end. */
export function outlineOf({ questions, sections, branches, lastNotes }: Branches): Entry[] {
  const numbers = new Map(questions.map(({ id, number }) => [id, number]));
  const nameOf = (id: string): string =>
    id === END ? french.thanks : fill(french.question, { number: numbers.get(id) ?? '' });
  const said = new Set<string>();
  const entries = questions.map(
    ({ id, number, text, section, condition, filter, constraint, notes, reached }) => {
      const parts = around(sections, section).filter((part) => !said.has(part.id));
      for (const part of parts) said.add(part.id);
      const says = [
        ...notes.map((note) => fill(note.condition ? french.noteIf : french.note, { ...note })),
        ...parts.map((part) => fill(part.condition ? french.sectionIf : french.inSection, { ...part })),
        ...(condition ? [fill(french.asked, { condition })] : []),
        ...(filter ? [fill(french.offers, { condition: filter })] : []),
        ...(constraint ? [fill(french.allows, { condition: constraint })] : []),
        ...(reached ? [] : [french.neverAsked]),
        ...branches.filter(({ from }) => from === id).map((branch) => nextInWords(branch, nameOf(branch.to))),
      ];
      return { number, text, says };
    },
  );
  const last = lastNotes.map((note) =>
    fill(note.condition ? french.lastNoteIf : french.lastNote, { ...note }),
  );
  return [...entries, { text: french.end, says: last }];
}

/** "Si age ≥ 18, alors question 3." */
function nextInWords({ label, when }: Branch, next: string): string {
  if (!label) return fill(french.goes, { next });
  return when ? fill(french.goesIf, { condition: when, next }) : fill(french.goesElse, { next });
}

/** The parts that begin here, the widest first. */
function around(sections: Branches['sections'], id: string | undefined): Branches['sections'] {
  const part = sections.find((each) => each.id === id);
  const outer = part ? sections.filter((each) => each !== part) : [];
  return part ? [...around(outer, part.within), part] : [];
}
