/**
 * A program: imports a table of so many rows (first argument) from a file it writes (second) into a store that only
 * counts, and prints what came of it with the most memory in use, garbage collected, as JSON. Needs --expose-gc.
 */
import { importContacts, type Told } from '../../../functions/contacts/import-contacts.ts';
import { readTable } from '../../../functions/contacts/read-table.ts';
import { openTable } from '../../../functions/contacts/table-file.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { isBad, lineOf, writeTable } from './table-of-contacts.ts';

const rows = Number(process.argv[2]);
const file = process.argv[3] as string;
await writeTable(file, rows);

let put = 0;
let peak = 0;
let unexpected = 0;
let next = 0;
/** Bad rows come in the order of their lines: which are missing shows without holding them. */
function check({ line }: Told): void {
  while (next < rows && !isBad(next)) next += 1;
  if (line !== lineOf(next)) unexpected += 1;
  next += 1;
}
const started = process.cpuUsage();
const reading = { city: localWorld().city, today: '2026-11-25' };
const counts = await importContacts(readTable(await openTable(file), reading), {
  list: 'aines',
  eventId: (name) => name,
  put: async () => {
    put += 1;
    if (put % 1000 === 0) {
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + external);
    }
    return 'new';
  },
  tell: check,
});
const { user, system } = process.cpuUsage(started);
console.log(
  JSON.stringify({
    counts,
    put,
    unexpected,
    peakMb: peak / 2 ** 20,
    rssMb: process.resourceUsage().maxRSS / 1024,
    cpuSeconds: (user + system) / 1e6,
  }),
);
