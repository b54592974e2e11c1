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
  type Point,
  SMALL_LETTER,
  SMALL_LINE,
} from './layout.ts';

// Each is at least 4.5:1 on what it stands on (WCAG 1.4.3), lines 3:1 (1.4.11).
const INK = '#17242f';
const SOFT = '#4a5864';
const EDGE = '#5c6a76';
const PART = '#f1f5f7';
const PAPER = '#ffffff';
const NUMBER = '#0a5570';

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
  const [left, top] = [x - width / 2, y - height / 2];
  return (
    <rect
      x={left}
      y={top}
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
function Title({ part: { x, y, width, height, title } }: { part: DrawnPart }) {
  const [left, top] = [x - width / 2 + 8, y - height / 2 + 6];
  return (
    <g>
      <rect x={left} y={top} width={title.length * SMALL_LETTER + 12} height={SMALL_LINE} fill={PART} />
      <text x={left + 6} y={top + 13} font-size="13" fill={SOFT}>
        {title}
      </text>
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
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={height / 2} fill={INK} />
      <text x={x} y={y + 5} text-anchor="middle" fill={PAPER}>
        {text}
      </text>
    </g>
  );
}

function Question({ drawn: { x, y, width, height, question, lines } }: { drawn: DrawnQuestion }) {
  const [left, top] = [x - width / 2, y - height / 2];
  const { id, number, decides, reached, notes } = question;
  const aside = notes.length > 0 ? SMALL_LINE : 0;
  return (
    <g>
      <rect
        x={left}
        y={top}
        width={width}
        height={height}
        rx="10"
        fill={PAPER}
        stroke={reached ? INK : EDGE}
        stroke-width={decides ? 2.5 : 1.25}
        {...(!reached && { 'stroke-dasharray': '4 4' })}
      />
      {notes.length > 0 && (
        <text x={left + 46} y={top + 12 + SMALL_LINE - 4} font-size="13" fill={SOFT} font-style="italic">
          {fill(words.branches.noteBefore, { count: notes.length })}
        </text>
      )}
      <text x={left + 14} y={top + 12 + aside + LINE - 5} font-weight="600" fill={NUMBER}>
        {number}
      </text>
      {lines.map((line, index) => (
        <text x={left + 46} y={top + 12 + aside + (index + 1) * LINE - 5}>
          {line}
        </text>
      ))}
      <text x={left + 46} y={top + height - 14} font-size="13" fill={SOFT}>
        {reached ? id : `${id} – ${words.branches.never}`}
      </text>
    </g>
  );
}

function Line({ branch: { points } }: { branch: DrawnBranch }) {
  return <path d={smooth(points)} fill="none" stroke={EDGE} stroke-width="1.5" marker-end="url(#arrow)" />;
}

function Label({ branch: { label } }: { branch: DrawnBranch }) {
  if (!label) return null;
  const { x, y, width, height, lines } = label;
  return (
    <g>
      <rect
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
        rx="6"
        fill={PAPER}
        stroke="#c3cdd4"
      />
      {lines.map((line, index) => (
        <text x={x} y={y - height / 2 + 3 + (index + 1) * SMALL_LINE - 4} text-anchor="middle" font-size="13">
          {line}
        </text>
      ))}
    </g>
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Through the middles, bent at the points: corners are soft, the ends are where they are. */
function smooth(points: Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const last = rest.at(-1) as Point;
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] as Point;
    return index === rest.length - 2
      ? `Q${at(point)} ${at(next)}`
      : `Q${at(point)} ${at(between(point, next))}`;
  });
  return bends.length > 0 ? `M${at(first)}${bends.join('')}` : `M${at(first)}L${at(last)}`;
}
