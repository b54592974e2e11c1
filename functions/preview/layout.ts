/**
 * Where each question, part and line of the drawing of a survey stands, in CSS pixels. A survey goes forward, so its
 * questions stand in one column in their order; what jumps over some of them goes down a lane beside it. (Layouts for
 * any graph were tried: long surveys drift across the page.)
 */
import { type Asked, type Branch, type Branches, END, START } from '../../conversations/preview/branches.ts';
import { words } from '../../conversations/preview/words.ts';

export interface Point {
  x: number;
  y: number;
}

/** `x` and `y` are its upper left corner. */
export interface Box extends Point {
  width: number;
  height: number;
}

export interface DrawnQuestion extends Box {
  question: Asked;
  lines: string[];
}

export interface DrawnPart extends Box {
  title: string[];
}

export interface DrawnBranch {
  branch: Branch;
  /** A line with corners, from a question to the next. */
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
export const PADDING = 12;
/** Where the text of a question begins: its number stands before it, and the line down runs below the number. */
export const TEXT = 46;
const AXIS = 23;
/** Noto Sans, at most, at the sizes of the drawing: 15 and 13 px. Its letters are not measured here. */
const LETTER = 8.4;
export const SMALL_LETTER = 7;
const WIDTH = 340;
const ROUND = { width: 112, height: 40 };
const MARGIN = 24;
const GAP = 34;
/** Around what stands in a part, for each part it stands in. */
const INSET = 14;
const TITLE = 26;
/** How many letters of what leads on stand on a line: beside the column, and in it. */
const LABEL = 24;
const LONG_LABEL = 40;
const LANE = 20;
/** A question is not told at length in a drawing: the list beside it says all of it. */
const MOST_LINES = 3;

interface Row extends Box {
  id: string;
  /** Where what leads to it comes in: the top of the widest part that begins with it. */
  approach: number;
  question?: Asked;
  lines: string[];
  /** The parts it stands in, the widest first. */
  within: string[];
}

/** Places everything from top to bottom. */
export function drawingOf({ questions, sections, branches }: Branches): Drawing {
  const order = [START, ...questions.map(({ id }) => id), END];
  const isNext = ({ from, to }: Branch): boolean => order.indexOf(to) === order.indexOf(from) + 1;
  const labels = new Map(
    branches.map((branch) => [
      branch,
      branch.label ? wrapped(branch.label, isNext(branch) ? LONG_LABEL : LABEL, MOST_LINES) : [],
    ]),
  );
  const around = (id: string | undefined): string[] => {
    const part = sections.find((each) => each.id === id);
    return part ? [...around(part.within === id ? undefined : part.within), part.id] : [];
  };
  const depth = Math.max(0, ...questions.map(({ section }) => around(section).length));
  const left = MARGIN + depth * INSET;

  let y = MARGIN;
  let open: string[] = [];
  const parts: (DrawnPart & { id: string })[] = [];
  const drawnParts: DrawnPart[] = [];
  const close = (until: number): void => {
    while (open.length > until) {
      open.pop();
      const part = parts.pop() as DrawnPart & { id: string };
      y += INSET;
      part.height = y - part.y;
      drawnParts.push(part);
    }
  };
  const rows = order.map((id): Row => {
    const question = questions.find((each) => each.id === id);
    const within = around(question?.section);
    const before = branches.find((branch) => branch.to === id && isNext(branch));
    const same = within.findIndex((each, index) => each !== open[index]);
    close(same < 0 ? within.length : same);
    if (id !== START) y += before ? Math.max(GAP, heightOf(labels.get(before) ?? []) + 22) : GAP;
    const approach = y;
    for (const each of within.slice(open.length)) {
      const inside = open.length;
      const { title = each, condition } = sections.find((section) => section.id === each) ?? {};
      const whole = condition ? `${title} – ${words.branches.if} ${condition}` : title;
      const width = WIDTH + 2 * INSET * (depth - inside);
      const lines = wrapped(whole, Math.floor((width - TEXT - PADDING) / SMALL_LETTER), 2);
      parts.push({
        id: each,
        x: left - INSET * (depth - inside),
        y,
        width,
        height: 0,
        title: lines,
      });
      open = [...open, each];
      y += TITLE + (lines.length - 1) * SMALL_LINE + 4;
    }
    const row = { id, x: left, y, approach, within, ...sizeOf(question) };
    const leaving = branches.filter((branch) => branch.from === id && !isNext(branch));
    const beside = leaving.reduce((sum, branch) => sum + heightOf(labels.get(branch) ?? []) + 6, 0);
    row.height = Math.max(row.height, beside > 0 ? beside + SMALL_LINE + PADDING : 0);
    y += row.height;
    return { ...row, ...(question && { question }) };
  });

  const rowOf = (id: string): Row => rows[order.indexOf(id)] as Row;
  const widest = Math.max(
    0,
    ...branches.map((branch) => (isNext(branch) ? 0 : widthOf(labels.get(branch) ?? []))),
  );
  const lanes = left + WIDTH + depth * INSET + 16 + widest + 16;
  const jumps = lanesOf(
    branches.filter((branch) => !isNext(branch)),
    order,
  );
  const drawn = branches.map((branch): DrawnBranch => {
    const lines = labels.get(branch) ?? [];
    const [from, to] = [rowOf(branch.from), rowOf(branch.to)];
    if (isNext(branch)) {
      const x = from.x + AXIS;
      const top = from.y + from.height;
      const height = heightOf(lines);
      const y = to.approach - 12 - height;
      const label = { x: from.x + TEXT - 6, y, width: widthOf(lines), height, lines };
      return {
        branch,
        points: [
          { x, y: top },
          { x, y: to.y },
        ],
        ...(lines.length > 0 && { label }),
      };
    }
    const leaving = branches.filter((each) => each.from === branch.from && !isNext(each));
    // In the order in which they are tried: "sinon" stands last.
    const below = leaving
      .slice(leaving.indexOf(branch) + 1)
      .reduce((sum, each) => sum + heightOf(labels.get(each) ?? []) + 6, 0);
    const high = heightOf(lines);
    const leave = from.y + from.height - 8 - below - high / 2;
    const enter = to.y + Math.min(14, to.height / 2);
    const x = lanes + (jumps.get(branch) ?? 0) * LANE;
    const label = {
      x: left + WIDTH + depth * INSET + 16,
      y: leave - high / 2,
      width: widthOf(lines),
      height: high,
      lines,
    };
    return {
      branch,
      points: [
        { x: from.x + from.width, y: leave },
        { x, y: leave },
        { x, y: enter },
        { x: to.x + to.width, y: enter },
      ],
      ...(lines.length > 0 && { label }),
    };
  });
  const used = Math.max(-1, ...jumps.values()) + 1;
  const beside = used > 0 ? lanes + (used - 1) * LANE : left + WIDTH + depth * INSET;
  return {
    width: Math.ceil(beside + MARGIN),
    height: Math.ceil(y + MARGIN),
    start: rowOf(START),
    end: rowOf(END),
    questions: rows.flatMap(({ question, ...row }) => (question ? [{ ...row, question }] : [])),
    // The widest first: the others stand on them.
    parts: drawnParts.sort((a, b) => b.width - a.width),
    branches: drawn,
  };
}

function sizeOf(question: Asked | undefined): { width: number; height: number; lines: string[] } {
  if (!question) return { ...ROUND, lines: [] };
  const lines = wrapped(question.text, Math.floor((WIDTH - TEXT - PADDING) / LETTER), MOST_LINES);
  const aside = question.notes.length > 0 ? SMALL_LINE : 0;
  return { width: WIDTH, height: 2 * PADDING + lines.length * LINE + SMALL_LINE + aside, lines };
}

/** The lane of each jump, 0 the innermost: the short ones inside; those that end at the same place share one. */
function lanesOf(jumps: Branch[], order: string[]): Map<Branch, number> {
  const at = (id: string): number => order.indexOf(id);
  const length = ({ from, to }: Branch): number => at(to) - at(from);
  const sorted = [...jumps].sort((a, b) => length(a) - length(b) || at(a.from) - at(b.from));
  const lanes: Branch[][] = [];
  const found = new Map<Branch, number>();
  for (const jump of sorted) {
    const free = (lane: Branch[]): boolean =>
      lane.every(
        (each) => each.to === jump.to || at(each.to) <= at(jump.from) || at(jump.to) <= at(each.from),
      );
    const index = lanes.findIndex(free);
    const lane = index < 0 ? lanes.push([]) - 1 : index;
    lanes[lane]?.push(jump);
    found.set(jump, lane);
  }
  return found;
}

const widthOf = (lines: string[]): number =>
  lines.length === 0 ? 0 : Math.max(...lines.map(({ length }) => length)) * SMALL_LETTER + 12;
const heightOf = (lines: string[]): number => (lines.length === 0 ? 0 : lines.length * SMALL_LINE + 6);

/** A text in lines of at most so many letters; what is over ends in "…". */
export function wrapped(text: string, letters: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of glued(text)
    .split(/[ \n]+/)
    .flatMap((each) => cut(each, letters))) {
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

/** "age ≥ 18" stays on one line. */
const glued = (text: string): string => text.trim().replace(/ ([=≠<>≤≥]) /g, '\u00a0$1\u00a0');

/** A word longer than a line is cut. */
function cut(word: string, letters: number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < word.length; at += letters) parts.push(word.slice(at, at + letters));
  return parts;
}
