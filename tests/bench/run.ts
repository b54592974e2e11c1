/**
 * The benches: ratios between ways of doing the same, measured in the same run, as Markdown on stdout.
 * `npm run bench`, `npm run bench -- turns`, `npm run bench -- --quick`, `npm run bench -- kills --full`,
 * `npm run bench -- broadcast --million`.
 */
import { cpus } from 'node:os';
import { broadcast } from './broadcast.ts';
import { coldStart } from './cold-start.ts';
import { exporting } from './export.ts';
import { hardships } from './hardships.ts';
import { kills } from './kills.ts';
import type { Part } from './report.ts';
import { signature } from './signature.ts';
import { stopWindow } from './stop-window.ts';
import { store } from './store.ts';
import { turns } from './turns.ts';

const parts: Record<string, Part> = {
  turns,
  'cold-start': coldStart,
  store,
  signature,
  'stop-window': stopWindow,
  export: exporting,
  kills,
  hardships,
  broadcast,
};

const words = process.argv.slice(2);
const OPTIONS = ['--quick', '--full', '--million'];
const [quick, full, million] = OPTIONS.map((option) => words.includes(option)) as [boolean, boolean, boolean];
const names = words.filter((word) => !OPTIONS.includes(word));
const unknown = names.find((name) => !parts[name]);
if (unknown !== undefined) {
  console.error(
    `no part "${unknown}", there are: ${Object.keys(parts).join(', ')}, and the options ${OPTIONS.join(', ')}`,
  );
  process.exit(1);
}
console.log(
  `Node ${process.version}, ${cpus().length} shared cores${quick ? ', --quick: figures mean nothing' : ''}`,
);
for (const [name, part] of Object.entries(parts))
  if (names.length === 0 || names.includes(name))
    console.log(`\n## ${name}\n\n${await part(quick, full, million)}`);
