/** `npm run read`: how a reply is read. One JSON object a line on standard input, one a line out (docs/reading.md). */
import { readLine } from './read/read-line.ts';

/** Lines end at a line feed only: `readline` also ends them at U+2028, which may stand in a JSON text. */
async function* linesOf(input: NodeJS.ReadStream): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of input.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest) yield rest;
}

if (process.stdin.isTTY)
  console.error(
    'Une réponse par ligne, en JSON: {"type":"yesno","lang":"fr","input":"oui mais pas le soir"}',
  );
// Whoever reads may have enough before the end.
process.stdout.on('error', () => process.exit());
for await (const line of linesOf(process.stdin)) {
  if (!line.trim()) continue;
  const result = readLine(line);
  if ('error' in result) process.exitCode = 1;
  if (!process.stdout.write(`${JSON.stringify(result)}\n`))
    await new Promise((resolve) => process.stdout.once('drain', resolve));
}
