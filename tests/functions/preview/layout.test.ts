/** Where the drawing of a survey puts things: every question, and nothing on top of anything else. */
import { describe, expect, it } from 'vitest';
import { END, START } from '../../../conversations/preview/branches.ts';
import { branchesSvg } from '../../../functions/preview/branches-svg.tsx';
import {
  type Box,
  type DrawnQuestion,
  drawingOf,
  type Point,
  wrapped,
} from '../../../functions/preview/layout.ts';
import { quartierSurvey } from '../../support/branching.ts';
import { branchesOfSurvey, longSurvey } from '../../support/long-survey.ts';

const apart = (a: DrawnQuestion, b: DrawnQuestion): boolean => a.y + a.height <= b.y || b.y + b.height <= a.y;

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const touches = (box: Box | undefined, point: Point | undefined): boolean =>
  box !== undefined &&
  point !== undefined &&
  point.x >= box.x &&
  point.x <= box.x + box.width &&
  point.y >= box.y &&
  point.y <= box.y + box.height;

/** Lines go straight down or straight across. */
const crosses = (box: Box, from: Point, to: Point): boolean =>
  Math.max(from.x, to.x) > box.x &&
  Math.min(from.x, to.x) < box.x + box.width &&
  Math.max(from.y, to.y) > box.y &&
  Math.min(from.y, to.y) < box.y + box.height;

describe.each([
  ['eight questions', quartierSurvey],
  ['forty questions', longSurvey(40)],
])('%s', (_name, survey) => {
  const branches = branchesOfSurvey(survey);
  const drawing = drawingOf(branches);

  it('all stand in the drawing, apart from each other', () => {
    expect(drawing.questions.map(({ question }) => question.id)).toEqual(
      branches.questions.map(({ id }) => id),
    );
    for (const [index, one] of drawing.questions.entries()) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(drawing.width);
      expect(one.y + one.height).toBeLessThanOrEqual(drawing.height);
      for (const other of drawing.questions.slice(index + 1)) expect(apart(one, other)).toBe(true);
    }
  });

  it('have lines that begin at one and end at another, and never cross a question', () => {
    const boxes = new Map<string, Box>([
      [START, drawing.start],
      [END, drawing.end],
      ...drawing.questions.map((drawn) => [drawn.question.id, drawn] as const),
    ]);
    for (const { branch, points } of drawing.branches) {
      const [first, last] = [points[0], points.at(-1)];
      expect(touches(boxes.get(branch.from), first)).toBe(true);
      expect(touches(boxes.get(branch.to), last)).toBe(true);
      for (const [index, point] of points.slice(1).entries())
        for (const [id, box] of boxes)
          if (id !== branch.from && id !== branch.to)
            expect(
              crosses(box, points[index] as Point, point),
              `${branch.from} → ${branch.to} at ${id}`,
            ).toBe(false);
    }
  });

  it('keep what leads on apart: no label lies on another or on a question', () => {
    const labels = drawing.branches.flatMap(({ label }) => (label ? [label] : []));
    for (const [index, one] of labels.entries())
      for (const other of [...labels.slice(index + 1), ...drawing.questions])
        expect(overlap(one, other)).toBe(false);
  });

  it('are inside the parts they belong to', () => {
    const titles = new Map(branches.sections.map(({ id, title }) => [id, title]));
    for (const { question, x, y, width, height } of drawing.questions) {
      if (!question.section) continue;
      const title = titles.get(question.section) ?? '?';
      const part = drawing.parts.find((each) => each.title.join(' ').startsWith(title));
      expect(part).toBeDefined();
      if (!part) continue;
      expect([x > part.x, y > part.y]).toEqual([true, true]);
      expect([x + width < part.x + part.width, y + height < part.y + part.height]).toEqual([true, true]);
    }
  });
});

it('is the same file every time', async () => {
  const branches = branchesOfSurvey(quartierSurvey);
  const svg = await branchesSvg(branches, 'le quartier');
  expect(svg).toBe(await branchesSvg(branches, 'le quartier'));
  for (const { text } of branches.questions) expect(svg).toContain(`>${text.split(' ')[0]}`);
});

it.each([
  ['un deux trois', 8, ['un deux', 'trois']],
  ['un', 8, ['un']],
  ['', 8, []],
  ['anticonstitutionnellement', 10, ['anticonsti', 'tutionnell', 'ement']],
  ['un deux trois quatre cinq six sept', 6, ['un', 'deux', 'trois…']],
])('wraps "%s" at %i letters', (text, letters, lines) => {
  expect(wrapped(text, letters, 3)).toEqual(lines);
});
