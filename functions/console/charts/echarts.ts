/** The parts of ECharts that we draw with; loaded when a chart is drawn, since it is a quarter of the bundle. */
import { BarChart, type BarSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, SVGRenderer]);

export type Drawing = ComposeOption<BarSeriesOption | GridComponentOption>;

/** An `<svg>` as ECharts writes it. */
export function draw(width: number, height: number, drawing: Drawing): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(drawing);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
