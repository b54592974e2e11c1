/**
 * Rows in an order that says nothing, however many there are: each falls into one of many piles at random and waits
 * on disk; at the end every pile is mixed by itself. Each order is then as likely as any other: it is the order of
 * numbers drawn for the rows, of which the pile is the first digit
 * (https://en.wikipedia.org/wiki/Rao%E2%80%93Sandelius_shuffle).
 */
import { randomInt, randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cell } from './export-csv.ts';

export interface Shuffle {
  add(row: Cell[]): void;
  /** All that were added, once. A pile at a time is in memory: a hundredth of them. */
  rows(): Generator<Cell[]>;
  /** Frees the disk, whether all went well or not. A second time it does nothing. */
  close(): void;
}

const PILES = 128;
/** Bytes of a pile that wait for the next write. */
const ROOM = 16_384;
const NEW_LINE = 10;

/** Where on the disk a piece of a pile lies. */
interface Piece {
  at: number;
  length: number;
}

/** `piles`: fewer only in tests. */
export function openShuffle(piles = PILES): Shuffle {
  const file = openUnnamed();
  let closed = false;
  let end = 0;
  // Outside V8's heap, which the function is started with little of.
  const waiting = Buffer.allocUnsafeSlow(piles * ROOM);
  const used = new Uint32Array(piles);
  const pieces: Piece[][] = Array.from({ length: piles }, () => []);
  const spill = (pile: number, bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    for (let written = 0; written < bytes.length; )
      written += writeSync(file, bytes, written, bytes.length - written, end + written);
    pieces[pile]?.push({ at: end, length: bytes.length });
    end += bytes.length;
  };
  const flush = (pile: number): void => {
    spill(pile, waiting.subarray(pile * ROOM, pile * ROOM + (used[pile] as number)));
    used[pile] = 0;
  };
  return {
    add(row) {
      const pile = randomInt(piles);
      const line = `${JSON.stringify(row)}\n`;
      const length = Buffer.byteLength(line);
      if ((used[pile] as number) + length > ROOM) flush(pile);
      if (length > ROOM) return spill(pile, Buffer.from(line));
      waiting.write(line, pile * ROOM + (used[pile] as number));
      used[pile] = (used[pile] as number) + length;
    },
    *rows() {
      for (let pile = 0; pile < piles; pile += 1) {
        flush(pile);
        yield* mixed(gathered(file, pieces[pile] as Piece[]));
      }
    },
    close() {
      if (!closed) closeSync(file);
      closed = true;
    },
  };
}

/** A file without a name: nobody else opens it, and it is gone with the process however that ends. */
function openUnnamed(): number {
  const name = path.join(tmpdir(), `porte-voix-${randomUUID()}`);
  const file = openSync(name, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  rmSync(name);
  return file;
}

function gathered(file: number, pieces: Piece[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const { at, length } of pieces)
    for (let read = 0; read < length; ) {
      const more = readSync(file, bytes, filled, length - read, at + read);
      if (more === 0)
        throw new Error(`the rows to be mixed end after ${at + read} bytes, ${length} were written`);
      read += more;
      filled += more;
    }
  return bytes;
}

/** The lines of a pile in any order, each made a row as it is asked for. */
function* mixed(lines: Buffer): Generator<Cell[]> {
  const spans: [number, number][] = [];
  for (let from = 0; from < lines.length; ) {
    const end = lines.indexOf(NEW_LINE, from);
    spans.push([from, end]);
    from = end + 1;
  }
  for (const [from, end] of shuffled(spans)) {
    const row = JSON.parse(lines.toString('utf8', from, end)) as (Cell | null)[];
    yield row.map((cell) => cell ?? undefined);
  }
}

/** Every order as likely as any other: the generator is the system's. */
function shuffled<Each>(all: Each[]): Each[] {
  const order = [...all];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [order[last], order[other]] = [order[other] as Each, order[last] as Each];
  }
  return order;
}
