/** A command-line tool of several commands: picks the one that was typed, and says what went wrong. */
import { Refused } from './refused.ts';

export interface Command {
  /** Does the work and prints, in French. Throws `Refused` with a sentence for who typed it. */
  run(args: string[]): Promise<void>;
}

/** By the name that is typed; each is loaded only when it is asked for. */
export type Commands = Record<string, () => Promise<Command>>;

interface Words {
  /** What is said where there is no such command. */
  unknown(name: string): string;
  /** What is said of an error that is no `Refused`; where nothing is, it is thrown. */
  failed?(error: unknown): string | undefined;
}

/** « commande inconnue: … », with those there are. */
export const unknownCommand =
  (tool: string, commands: Commands): Words['unknown'] =>
  (name) =>
    `commande inconnue: « ${name} ». Usage: npm run ${tool} -- ${Object.keys(commands).join('|')} …`;

/** Runs what stands behind the tool's name. The exit code is 1 where it could not be done. */
export async function runCommand(commands: Commands, { unknown, failed }: Words): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!load) throw new Refused(unknown(name));
    await (await load()).run(args);
  } catch (error) {
    const said = error instanceof Refused ? error.message : failed?.(error);
    if (said === undefined) throw error;
    console.error(said);
    process.exitCode = 1;
  }
}
