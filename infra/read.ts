/** `npm run read`: how a reply is read. One JSON object a line on standard input, one a line out (docs/reading.md). */
import { createInterface } from 'node:readline';
import { readLine } from './read/read-line.ts';

if (process.stdin.isTTY)
  console.error(
    'Une réponse par ligne, en JSON: {"type":"yesno","lang":"fr","input":"oui mais pas le soir"}',
  );
// Whoever reads may have enough before the end.
process.stdout.on('error', () => process.exit());
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const result = readLine(line);
  if ('error' in result) process.exitCode = 1;
  if (!process.stdout.write(`${JSON.stringify(result)}\n`))
    await new Promise((resolve) => process.stdout.once('drain', resolve));
}
