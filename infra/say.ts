/**
 * `npm run say`: talk to the city in the terminal. `/attendre 20 h` lets time pass, `/vite et le soir` sends a
 * second message at once, `/garder nom` saves the dialogue as a transcript test, `/fin` ends. Without a terminal it
 * reads the lines it is given.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inParis, parisMoment } from '../conversations/hours.ts';
import { localWorld } from './local/city.ts';
import { createDialogue, replay } from './say/dialogue.ts';
import { known } from './survey/lint.ts';

const COMMANDS = '/attendre 20 h, /vite texte, /garder nom, /fin';
const FOLDER = 'tests/transcripts';
const { world } = await known();
/** A survey of one's own is open as of today; the transcripts, which know none, play on a day of their own. */
const own = world.surveys.every().length > localWorld().surveys.every().length;
const dialogue = createDialogue(world, own ? parisMoment(inParis(new Date()).date, '10:00') : undefined);
const played: string[] = [];
const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: 'Résident: ' });

async function save(name: string): Promise<string> {
  if (!/^[a-z0-9-]{3,60}$/.test(name))
    return `un nom est fait de lettres minuscules, chiffres et tirets, reçu: « ${name} »`;
  const file = path.join(FOLDER, `${name}.txt`);
  if (existsSync(file)) return `${file} existe déjà, choisissez un autre nom`;
  mkdirSync(FOLDER, { recursive: true });
  // As the tests will play it: with the surveys that come with the app.
  writeFileSync(file, await replay([`# ${name}`, ...played].join('\n'), localWorld()));
  return `gardé: ${file}`;
}

async function obey(line: string): Promise<string[]> {
  const [command = '', ...rest] = line.slice(1).split(' ');
  const argument = rest.join(' ').trim();
  if (command === 'attendre') {
    const lines = await dialogue.wait(argument);
    played.push(`… ${argument}`);
    return lines.length > 0 ? lines : ['(le temps passe)'];
  }
  if (command === 'vite') {
    played.push(`Résident, aussitôt: ${argument}`);
    return dialogue.sayAtOnce(argument);
  }
  if (command === 'garder') return [await save(argument)];
  return [COMMANDS];
}

console.log(`Vous êtes un résident. Essayez: CHENE A12, SQUARE, AIDE, STOP. (${COMMANDS})`);
terminal.prompt();
for await (const line of terminal) {
  if (line.trim() === '/fin') break;
  try {
    const lines = line.startsWith('/') ? await obey(line) : await dialogue.say(line);
    if (!line.startsWith('/')) played.push(`Résident: ${line}`);
    console.log(lines.join('\n'));
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  terminal.prompt();
}
terminal.close();
