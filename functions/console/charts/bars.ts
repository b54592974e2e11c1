/**
 * Bars across, drawn on the server: the label above, the figure at the bar's end, so that a chart can be read in grey,
 * in print and on a phone, and needs no legend. The table beside it says the same (RGAA 1.6).
 */
import type { BarSeriesOption } from 'echarts/charts';
import { DRAWN_FAMILY } from '../../pages/fonts.ts';

export interface Bar {
  /** Of a group, where groups are compared; none where there is one bar a row. */
  group?: string;
  value: number;
  /** As it stands at the end of the bar: "42 (35 %)". */
  said: string;
}

export interface BarRow {
  label: string;
  bars: Bar[];
}

export interface BarChart {
  /** Of the page alone: letters, figures, dashes. */
  id: string;
  /** Said by a screen reader in place of the picture. */
  title: string;
  rows: BarRow[];
  /** Where the axis ends; the largest value without it. */
  most?: number;
}

/** In pixels of the drawing, which the page scales. */
const WIDTH = 400;
const BAR = 18;
const LINE = 19;
const GAP = 14;
/** Room for "12 345 (100 %)" behind the longest bar. */
const FIGURES = 120;
/** Letters of a label that fit a line at 15 pixels. */
const LETTERS = 46;
const INK = '#17242f';
/** Told apart by their lightness too, and by the name at each bar. */
const FILLS = ['#0a5570', '#c65d00', '#7a9bb0', '#5b3f8c', '#8a8a2b', '#3a3a3a'];

/** The drawing as an `<svg>`, with no style of its own in it: the page's policy would refuse that. */
export async function barsSvg({ id, title, rows, most }: BarChart): Promise<string> {
  const { draw } = await import('./echarts.ts');
  const labels = rows.map(({ label }) => wrapped(label));
  const lines = Math.max(1, ...labels.map((label) => label.split('\n').length));
  const many = Math.max(1, ...rows.map(({ bars }) => bars.length));
  const row = lines * LINE + many * (BAR + 2) + GAP;
  const largest = most ?? Math.max(1, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const series = Array.from(
    { length: many },
    (_, index): BarSeriesOption => ({
      type: 'bar',
      barWidth: BAR,
      barGap: '10%',
      itemStyle: { color: FILLS[index % FILLS.length] as string },
      data: rows.map(({ bars }) => bars[index]?.value ?? 0),
      label: {
        show: true,
        position: 'right',
        color: INK,
        fontSize: 14,
        fontFamily: DRAWN_FAMILY,
        formatter: ({ dataIndex }) => {
          const bar = rows[dataIndex]?.bars[index];
          return bar ? [bar.group, bar.said].filter(Boolean).join(' : ') : '';
        },
      },
    }),
  );
  const height = rows.length * row;
  const drawn = draw(WIDTH, height, {
    animation: false,
    grid: { left: 0, right: many > 1 ? FIGURES + 90 : FIGURES, top: lines * LINE - GAP / 2, bottom: 0 },
    xAxis: { type: 'value', show: false, min: 0, max: Math.max(largest, 1) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: labels,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        inside: true,
        margin: 0,
        align: 'left',
        verticalAlign: 'bottom',
        padding: [0, 0, (many * (BAR + 2)) / 2 + 3, 0],
        color: INK,
        fontSize: 15,
        lineHeight: LINE,
        fontFamily: DRAWN_FAMILY,
      },
      z: 3,
    },
    series,
  });
  return cleaned(drawn, id, title);
}

/** At words, so that no label is cut; a word that is longer than a line is. */
function wrapped(label: string): string {
  const lines: string[] = [''];
  for (const word of label.split(/\s+/)) {
    const line = lines.at(-1) as string;
    if (line === '' || line.length + 1 + word.length <= LETTERS)
      lines[lines.length - 1] = `${line} ${word}`.trim();
    else lines.push(word);
  }
  return lines.flatMap((line) => line.match(new RegExp(`.{1,${LETTERS}}`, 'gu')) ?? ['']).join('\n');
}

/**
 * What a browser needs of the drawing and no more: fonts as attributes, names of its own, no marks for scripts. The
 * style element holds what happens under a pointer.
 */
function cleaned(svg: string, id: string, title: string): string {
  const inner = svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (ecmeta_\w+|class|xml:space|xmlns:xlink|baseProfile|version)="[^"]*"/g, '')
    .replace(/ style="font-size:([\d.]+)px;font-family:([^"]*?);"/g, ' font-size="$1"')
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/^<svg width="\d+" height="\d+"/, `<svg role="img" aria-labelledby="${id}-t"`)
    // A function: in a text `$` would stand for what surrounds the match, which nobody has escaped.
    .replace('>', () => `><title id="${id}-t">${escaped(title)}</title>`);
  if (/<[^>]* style=|<style|<script/.test(inner))
    throw new Error('a chart holds a style that its page would refuse');
  return inner;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] as string);
