/**
 * The carrier's durable log: one JSON line a fact, written before anyone relies on it. Owns the file; decides nothing.
 */
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { Line } from './carrier-lines.ts';
import { CarrierState, type KeptContent, type Message, type NumberState } from './carrier-state.ts';

export interface CarrierLog {
  /** In the order they came. */
  messages: readonly Message[];
  contents: ReadonlyMap<string, KeptContent>;
  numbers: ReadonlyMap<string, NumberState>;
  find(sid: string): Message | undefined;
  /** Durable when it returns: it outlives `kill -9`, though not a power cut (no fsync: it is a stand-in). */
  append(line: Line): void;
  close(): void;
}

export function openLog(file: string): CarrierLog {
  mkdirSync(dirname(file), { recursive: true });
  // Numbers and texts are in it: for its owner's eyes only.
  const handle = openSync(file, 'a+', 0o600);
  const state = new CarrierState();

  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  // A crash can leave half a line. It goes, or the next line would be glued to it.
  if (whole < bytes.length) truncateSync(file, whole);
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  lines.forEach((text, index) => {
    state.apply(readLine(text, index + 1));
  });

  return {
    messages: state.messages,
    contents: state.contents,
    numbers: state.numbers,
    find: (sid) => state.find(sid),
    append(line) {
      appendFileSync(handle, `${JSON.stringify(line)}\n`);
      state.apply(line);
    },
    close: () => closeSync(handle),
  };
}

/** The error names the line, not what is in it: numbers and texts stand there. */
function readLine(text: string, number: number): Line {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(
      `line ${number} of the carrier's log is not JSON; delete the line, or the file to start anew`,
    );
  }
  const parsed = Line.safeParse(data);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'type').join(', ');
  throw new Error(
    `line ${number} of the carrier's log is not valid at ${places}; delete the file to start anew`,
  );
}
