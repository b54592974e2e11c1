/** Where each question, part and line of the drawing of a survey stands, in CSS pixels. */
import { Graph, layout } from '@dagrejs/dagre';
import { type Asked, type Branch, type Branches, END, START } from '../../conversations/preview/branches.ts';
import { words } from '../../conversations/preview/words.ts';

export interface Point {
  x: number;
  y: number;
}

/** `x` and `y` are its middle. */
interface Box extends Point {
  width: number;
  height: number;
}

export interface DrawnQuestion extends Box {
  question: Asked;
  lines: string[];
}

export interface DrawnPart extends Box {
  title: string;
}

export interface DrawnBranch {
  branch: Branch;
  points: Point[];
  label?: Box & { lines: string[] };
}

export interface Drawing {
  width: number;
  height: number;
  start: Box;
  end: Box;
  questions: DrawnQuestion[];
  parts: DrawnPart[];
  branches: DrawnBranch[];
}

export const LINE = 20;
export const SMALL_LINE = 17;
/** Noto Sans, on average, at the sizes of the drawing: 15 and 13 px. Its letters are not measured here. */
const LETTER = 7.9;
export const SMALL_LETTER = 6.9;
const WIDTH = 264;
const PADDING = 12;
/** What stands in a box beside its text: the number. */
const NUMBER = 34;
const LABEL_LETTERS = 26;
const TITLE = 30;
const ROUND = { width: 112, height: 40 };
/** A question is not told at length in a drawing: the list beside it says all of it. */
const MOST_LINES = 3;

/** Places everything from top to bottom. */
export function drawingOf({ questions, sections, branches }: Branches): Drawing {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 44, ranksep: 34, edgesep: 28, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode(START, { ...ROUND });
  graph.setNode(END, { ...ROUND });
  const letters = Math.floor((WIDTH - NUMBER - 2 * PADDING) / LETTER);
  const texts = new Map(questions.map(({ id, text }) => [id, wrapped(text, letters, MOST_LINES)]));
  for (const { id, section, notes } of questions) {
    const lines = (texts.get(id) as string[]).length;
    const height = 2 * PADDING + lines * LINE + SMALL_LINE + (notes.length > 0 ? SMALL_LINE : 0);
    graph.setNode(`q ${id}`, { width: WIDTH, height });
    if (section) graph.setParent(`q ${id}`, `s ${section}`);
  }
  for (const { id, within } of sections) {
    graph.setNode(`s ${id}`, {});
    if (within) graph.setParent(`s ${id}`, `s ${within}`);
  }
  const nameOf = (id: string): string => (id === START || id === END ? id : `q ${id}`);
  const labels = branches.map(({ label }) => (label ? wrapped(label, LABEL_LETTERS, MOST_LINES) : []));
  branches.forEach(({ from, to }, index) => {
    const lines = labels[index] as string[];
    const size = lines.length > 0 ? sizeOf(lines) : { width: 0, height: 0 };
    graph.setEdge(
      nameOf(from),
      nameOf(to),
      { ...size, labelpos: 'c', weight: lines.length > 0 ? 1 : 3 },
      `${index}`,
    );
  });
  const hidden = lonely(questions, branches);
  for (const [from, to] of hidden) graph.setEdge(nameOf(from), nameOf(to), { weight: 1 }, 'hidden');
  layout(graph);

  const boxOf = (name: string): Box => {
    const { x, y, width, height } = graph.node(name) as Box;
    return { x, y, width, height };
  };
  const used = sections.filter(({ id }) => (graph.children(`s ${id}`) ?? []).length > 0);
  const parts = used.map(({ id, title, condition }): DrawnPart => {
    const box = boxOf(`s ${id}`);
    const letters = Math.floor((box.width - 2 * PADDING) / SMALL_LETTER);
    const whole = condition ? `${title} – ${words.branches.if} ${condition}` : title;
    return { ...raised(box), title: wrapped(whole, letters, 1).join() };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    start: boxOf(START),
    end: boxOf(END),
    questions: questions.map((question) => ({
      ...boxOf(`q ${question.id}`),
      question,
      lines: texts.get(question.id) as string[],
    })),
    parts,
    branches: branches.map((branch, index) => {
      const edge = graph.edge(nameOf(branch.from), nameOf(branch.to), `${index}`) as unknown as {
        points: Point[];
      } & Partial<Box>;
      const lines = labels[index] as string[];
      const { x = 0, y = 0 } = edge;
      return {
        branch,
        points: edge.points,
        ...(lines.length > 0 && { label: { x, y, ...sizeOf(lines), lines } }),
      };
    }),
  };
}

const sizeOf = (lines: string[]): { width: number; height: number } => ({
  width: Math.max(...lines.map(({ length }) => length)) * SMALL_LETTER + 12,
  height: lines.length * SMALL_LINE + 6,
});

/** Room for the title above what stands in the part. */
const raised = ({ x, y, width, height }: Box): Box => ({
  x,
  y: y - TITLE / 4,
  width,
  height: height + TITLE / 2,
});

/** What nothing leads to stands behind the question before it, or in front of the first. */
function lonely(questions: Asked[], branches: Branch[]): [string, string][] {
  const reached = new Set(branches.map(({ to }) => to));
  return questions.flatMap(({ id }, index): [string, string][] => {
    if (reached.has(id)) return [];
    return [[questions[index - 1]?.id ?? START, id]];
  });
}

/** A text in lines of at most so many letters; what is over ends in "…". */
export function wrapped(text: string, letters: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((each) => cut(each, letters))) {
    if (line && line.length + 1 + word.length > letters) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  if (lines.length <= most) return lines;
  const last = `${lines[most - 1]}…`;
  return [...lines.slice(0, most - 1), last.length > letters ? `${last.slice(0, letters - 1)}…` : last];
}

/** A word longer than a line is cut. */
function cut(word: string, letters: number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < word.length; at += letters) parts.push(word.slice(at, at + letters));
  return parts;
}
