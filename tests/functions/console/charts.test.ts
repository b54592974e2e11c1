/** Bars as the page gets them: all that is said is in them, nothing that its policy would refuse, the same each time. */
import { expect, it } from 'vitest';
import { barsSvg } from '../../../functions/console/charts/bars.ts';

const rows = [
  { label: 'Jeux <script>alert(1)</script> & bancs', bars: [{ value: 42, said: '42 (70 %)' }] },
  { label: 'مقاعد', bars: [{ value: 18, said: '18 (30 %)' }] },
];
const drawn = () => barsSvg({ id: 'q1', title: 'Que "faut-il" <refaire> ?', rows });

it('says every label and figure, escaped, under its title', async () => {
  const svg = await drawn();
  expect(svg).toContain('<title id="q1-t">Que &quot;faut-il&quot; &lt;refaire&gt; ?</title>');
  expect(svg).toContain('role="img" aria-labelledby="q1-t"');
  for (const text of ['42 (70 %)', '18 (30 %)', 'مقاعد', '&lt;script&gt;']) expect(svg).toContain(text);
  expect(svg).not.toContain('<script');
});

it('holds no style and no class: the page refuses them', async () => {
  expect(await drawn()).not.toMatch(/style|class=|ecmeta/);
});

it('is the same each time, whatever was drawn before', async () => {
  const first = await drawn();
  await barsSvg({ id: 'autre', title: 'Autre', rows });
  expect(await drawn()).toBe(first);
});

it('groups stand by name at each bar, in bars as long as their share', async () => {
  const svg = await barsSvg({
    id: 'q2',
    title: 'Comparaison',
    most: 100,
    rows: [
      {
        label: 'Oui',
        bars: [
          { group: 'Chêne Pointu', value: 100, said: '100 %' },
          { group: 'Ailleurs', value: 50, said: '50 %' },
        ],
      },
    ],
  });
  expect(svg).toContain('Chêne Pointu : 100 %');
  expect(svg).toContain('Ailleurs : 50 %');
  const lengths = [...svg.matchAll(/d="M[\d.]+ [\d.]+l([\d.]+) 0l0 [\d.]+l-/g)].map(([, length]) =>
    Number(length),
  );
  expect(lengths).toHaveLength(2);
  expect(lengths[0]).toBeCloseTo(2 * (lengths[1] as number), 0);
});

it.each(['$` hx-post=/console/annonces/A-2026-001/approuver hx-trigger=load', "$' $& $1 $<a>"])(
  'a title is a text whatever it holds: %j',
  async (title) => {
    const svg = await barsSvg({ id: 'q1', title, rows });
    expect(svg.slice(0, svg.indexOf('>'))).not.toContain('hx-');
    expect(svg).toContain(
      `<title id="q1-t">${title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</title>`,
    );
  },
);

it('a label may speak of style', async () => {
  const svg = await barsSvg({
    id: 'q1',
    title: 'a style=b',
    rows: [{ label: 'x style=y', bars: [{ value: 1, said: '1' }] }],
  });
  expect(svg).toContain('x style=y');
});
