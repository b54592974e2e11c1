/** Where the drawing of a survey puts things: every question, and nothing on top of anything else. */
import { describe, expect, it } from 'vitest';
import { branchesSvg } from '../../../functions/preview/branches-svg.tsx';
import { type DrawnQuestion, drawingOf, wrapped } from '../../../functions/preview/layout.ts';
import { quartierSurvey } from '../../support/branching.ts';
import { branchesOfSurvey, longSurvey } from '../../support/long-survey.ts';

const apart = (a: DrawnQuestion, b: DrawnQuestion): boolean =>
  Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;

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
      expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width / 2).toBeLessThanOrEqual(drawing.width);
      expect(one.y + one.height / 2).toBeLessThanOrEqual(drawing.height);
      for (const other of drawing.questions.slice(index + 1)) expect(apart(one, other)).toBe(true);
    }
  });

  it('come in their order from top to bottom along every line', () => {
    const y = new Map(drawing.questions.map(({ question, y }) => [question.id, y]));
    for (const { branch, points } of drawing.branches) {
      expect(points.length).toBeGreaterThan(1);
      const [from, to] = [y.get(branch.from), y.get(branch.to)];
      if (from !== undefined && to !== undefined) expect(from).toBeLessThan(to);
    }
  });

  it('are inside the parts they belong to', () => {
    const titles = new Map(branches.sections.map(({ id, title }) => [id, title]));
    for (const { question, x, y, width, height } of drawing.questions) {
      if (!question.section) continue;
      const part = drawing.parts.find(({ title }) =>
        title.startsWith(titles.get(question.section as string) ?? '?'),
      );
      expect(part).toBeDefined();
      if (!part) continue;
      expect(Math.abs(x - part.x) + width / 2).toBeLessThanOrEqual(part.width / 2);
      expect(Math.abs(y - part.y) + height / 2).toBeLessThanOrEqual(part.height / 2);
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
