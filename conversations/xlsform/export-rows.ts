/** The rows of the survey sheet: questions in their order, each inside the groups of its sections. */
import type { Section, Survey } from '../survey.ts';
import type { ListsOut } from './export-lists.ts';
import { questionOut, type RowOut } from './export-question.ts';

export interface RowsOut {
  rows: RowOut[];
  /** The sections in the order of the rows. */
  order: string[];
}

/** Throws where a section's questions do not stand together: XLSForm opens a group once. */
export function rowsOut(
  survey: Pick<Survey, 'key' | 'sections' | 'questions'>,
  lists: ListsOut,
  languages: string[],
): RowsOut {
  const sections = new Map((survey.sections ?? []).map((section) => [section.id, section]));
  const rows: RowOut[] = [];
  const order: string[] = [];
  const open: string[] = [];
  const closeTo = (depth: number): void => {
    while (open.length > depth)
      rows.push({ cells: { type: 'end_group', name: open.pop() as string }, texts: {} });
  };
  const enter = (path: string[]): void => {
    const shared = path.findIndex((id, index) => open[index] !== id);
    closeTo(shared < 0 ? path.length : shared);
    for (const id of path.slice(open.length)) {
      if (order.includes(id))
        throw new Error(
          `survey ${survey.key} cannot be an XLSForm: section "${id}" is left and entered again; put its questions together`,
        );
      order.push(id);
      open.push(id);
      rows.push(groupOut(sections.get(id) as Section));
    }
  };
  for (const question of survey.questions) {
    enter(pathOf(question.section, sections, survey.key));
    rows.push(questionOut(question, lists, languages));
  }
  closeTo(0);
  return { rows: withEmpty(rows, order, sections, survey.key), order };
}

/** From the outermost section to the one that is named. */
function pathOf(id: string | undefined, sections: Map<string, Section>, key: string): string[] {
  const path: string[] = [];
  for (let at = id; at !== undefined; at = sections.get(at)?.section) {
    if (!sections.has(at) || path.includes(at))
      throw new Error(
        `survey ${key} cannot be an XLSForm: section "${at}" is not among its sections, or stands in itself`,
      );
    path.unshift(at);
  }
  return path;
}

const groupOut = ({ id, title, relevant }: Section): RowOut => ({
  cells: { type: 'begin_group', name: id, ...(relevant !== undefined && { relevant }) },
  texts: title ? { label: title } : {},
});

/** Sections in which no question stands: at the end of the one around them. */
function withEmpty(rows: RowOut[], order: string[], sections: Map<string, Section>, key: string): RowOut[] {
  const all = [...rows];
  for (const section of sections.values()) {
    for (const id of pathOf(section.id, sections, key)) {
      if (order.includes(id)) continue;
      const empty = sections.get(id) as Section;
      const end = all.findIndex(({ cells }) => cells.type === 'end_group' && cells.name === empty.section);
      const group = [groupOut(empty), { cells: { type: 'end_group', name: id }, texts: {} }];
      all.splice(end < 0 ? all.length : end, 0, ...group);
      order.push(id);
    }
  }
  return all;
}
