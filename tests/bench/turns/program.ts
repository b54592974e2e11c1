/** A program that holds the same survey over and over in one engine, and prints CPU time a turn, round by round. */
import { isDeepStrictEqual } from 'node:util';
import { type Dialogue, EXPECTED, type Values } from './dialogue.ts';

export interface Subject<Job> {
  /** Makes so many surveys ready to be held, each with a resident of its own; not part of what is measured. */
  prepare(count: number): Job[];
  /** Holds one survey; returns the replies, in order. */
  hold(job: Job): string[] | Promise<string[]>;
  /** The text of a reply, where `hold` returns it wrapped; what reads it is the resident's side. */
  said?(reply: string): string;
  /** What it ended with. */
  values(job: Job): Values | Promise<Values>;
}

/** Arguments of the program: which subject, the dialogue, rounds, milliseconds a round takes at least. */
export async function program(
  subjects: Record<string, (dialogue: Dialogue) => Subject<unknown> | Promise<Subject<unknown>>>,
): Promise<void> {
  const [, , name = '', text = '', rounds = '1', least = '1'] = process.argv;
  const dialogue = JSON.parse(text) as Dialogue;
  const create = subjects[name];
  if (!create) throw new Error(`no subject "${name}", there are: ${Object.keys(subjects).join(', ')}`);
  const subject = await create(dialogue);
  await check(subject, dialogue);
  let count = 8;
  let round = await timed(subject, count);
  while (round < Number(least) * 1000) {
    count *= 2;
    round = await timed(subject, count);
  }
  const perTurn: number[] = [];
  for (let index = 0; index < Number(rounds); index += 1)
    perTurn.push((await timed(subject, count)) / count / dialogue.said.length);
  console.log(JSON.stringify(perTurn));
}

/** CPU time of the whole process, its garbage collection included, in µs. */
async function timed(subject: Subject<unknown>, count: number): Promise<number> {
  const jobs = subject.prepare(count);
  const before = process.cpuUsage();
  for (const job of jobs) await subject.hold(job);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function check(subject: Subject<unknown>, { replies }: Dialogue): Promise<void> {
  const [job] = subject.prepare(1);
  const held = (await subject.hold(job)).map((reply) => subject.said?.(reply) ?? reply);
  if (!isDeepStrictEqual(held, replies)) throw new Error(`other replies: ${JSON.stringify(held)}`);
  const values = await subject.values(job);
  if (!isDeepStrictEqual(values, EXPECTED)) throw new Error(`other values: ${JSON.stringify(values)}`);
}
