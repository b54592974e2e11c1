/**
 * What reads and writes spreadsheets stands in a file of its own beside the console: it is 1 MB, and read only when
 * somebody brings or takes a form in .xlsx. The package's own bundle, which has all that it needs.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const { resolve } = createRequire(import.meta.url);
export const exceljsFile = (): string => resolve('exceljs/dist/exceljs.min.js');

export const beside: Plugin = {
  name: 'beside',
  setup(build) {
    build.onResolve({ filter: /^exceljs$/ }, () => ({
      path: `./${path.basename(exceljsFile())}`,
      external: true,
    }));
  },
};
