/** The way through a survey as a picture: legible in grey, on paper, and to who cannot see it by its title. */
import type { Branches } from '../../conversations/preview/branches.ts';
import { fill, words } from '../../conversations/preview/words.ts';
import { FONT_FAMILY } from '../pages/fonts.ts';
import {
  type DrawnBranch,
  type DrawnPart,
  type DrawnQuestion,
  drawingOf,
  LINE,
  PADDING,
  type Point,
  SMALL_LETTER,
  SMALL_LINE,
  TEXT,
} from './layout.ts';

// Each is at least 4.5:1 on what it stands on (WCAG 1.4.3), lines 3:1 (1.4.11).
const INK = '#17242f';
const SOFT = '#4a5864';
const EDGE = '#5c6a76';
const PART = '#f1f5f7';
const PAPER = '#ffffff';
const NUMBER = '#0a5570';
const CORNER = 10;

/** `topic` is what the survey is about, as it stands in a sentence. */
export function BranchesSvg({ branches, topic }: { branches: Branches; topic: string }) {
  const drawing = drawingOf(branches);
  const { width, height, start, end } = drawing;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby="branches-title branches-desc"
      font-family={FONT_FAMILY}
      font-size="15"
      fill={INK}
    >
      <title id="branches-title">{words.branches.title}</title>
      <desc id="branches-desc">
        {fill(words.branches.description, { topic, count: branches.questions.length })}
      </desc>
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
        >
          <path d="M0 0 10 5 0 10z" fill={EDGE} />
        </marker>
      </defs>
      <rect width={width} height={height} fill={PAPER} />
      {drawing.parts.map((part) => (
        <Part part={part} />
      ))}
      {drawing.branches.map((branch) => (
        <Line branch={branch} />
      ))}
      {drawing.parts.map((part) => (
        <Title part={part} />
      ))}
      {drawing.branches.map((branch) => (
        <Label branch={branch} />
      ))}
      <Round {...start} text={words.branches.start} />
      {drawing.questions.map((question) => (
        <Question drawn={question} />
      ))}
      <Round {...end} text={words.branches.end} />
    </svg>
  );
}

/** The picture as a file of its own. */
export const branchesSvg = async (branches: Branches, topic: string): Promise<string> =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${await (<BranchesSvg branches={branches} topic={topic} />)}\n`;

function Part({ part: { x, y, width, height } }: { part: DrawnPart }) {
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      rx="14"
      fill={PART}
      stroke="#8a98a3"
      stroke-dasharray="6 4"
    />
  );
}

/** On its own ground: lines pass behind it. */
function Title({ part: { x, y, title } }: { part: DrawnPart }) {
  const width = Math.max(...title.map(({ length }) => length)) * SMALL_LETTER + 12;
  return (
    <g>
      <rect x={x + TEXT - 6} y={y + 6} width={width} height={title.length * SMALL_LINE} fill={PART} />
      {title.map((line, index) => (
        <text x={x + TEXT} y={y + 19 + index * SMALL_LINE} font-size="13" fill={SOFT}>
          {line}
        </text>
      ))}
    </g>
  );
}

function Round({
  x,
  y,
  width,
  height,
  text,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
}) {
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} rx={height / 2} fill={INK} />
      <text x={x + width / 2} y={y + height / 2 + 5} text-anchor="middle" fill={PAPER}>
        {text}
      </text>
    </g>
  );
}

function Question({ drawn: { x, y, width, height, question, lines } }: { drawn: DrawnQuestion }) {
  const { id, number, decides, reached, notes } = question;
  const aside = notes.length > 0 ? SMALL_LINE : 0;
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="10"
        fill={PAPER}
        stroke={reached ? INK : EDGE}
        stroke-width={decides ? 2.5 : 1.25}
        {...(!reached && { 'stroke-dasharray': '4 4' })}
      />
      {notes.length > 0 && (
        <text x={x + TEXT} y={y + PADDING + SMALL_LINE - 4} font-size="13" fill={SOFT} font-style="italic">
          {fill(words.branches.noteBefore, { count: notes.length })}
        </text>
      )}
      <text x={x + 14} y={y + PADDING + aside + LINE - 5} font-weight="600" fill={NUMBER}>
        {number}
      </text>
      {lines.map((line, index) => (
        <text x={x + TEXT} y={y + PADDING + aside + (index + 1) * LINE - 5}>
          {line}
        </text>
      ))}
      <text x={x + TEXT} y={y + PADDING + aside + (lines.length + 1) * LINE - 6} font-size="13" fill={SOFT}>
        {reached ? id : `${id} – ${words.branches.never}`}
      </text>
    </g>
  );
}

function Line({ branch: { points } }: { branch: DrawnBranch }) {
  return <path d={rounded(points)} fill="none" stroke={EDGE} stroke-width="1.5" marker-end="url(#arrow)" />;
}

function Label({ branch: { label } }: { branch: DrawnBranch }) {
  if (!label) return null;
  const { x, y, width, height, lines } = label;
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} rx="6" fill={PAPER} stroke="#c3cdd4" />
      {lines.map((line, index) => (
        <text x={x + 6} y={y + 3 + (index + 1) * SMALL_LINE - 4} font-size="13">
          {line}
        </text>
      ))}
    </g>
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

/** Corners are rounded off, the ends are where they are. */
function rounded(points: Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const last = rest.at(-1) as Point;
  const corners = rest.slice(0, -1).map((corner, index) => {
    const before = toward(corner, points[index] as Point);
    const after = toward(corner, rest[index + 1] as Point);
    return `L${at(before)}Q${at(corner)} ${at(after)}`;
  });
  return `M${at(first)}${corners.join('')}L${at(last)}`;
}

/** The point on the way to another, where a corner begins. */
function toward(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
