/**
 * A QR code (ISO/IEC 18004) for print: as modules, as SVG, as PNG. A poster is rained on, torn and scanned from the side:
 * level Q, which a quarter of damage leaves readable. The quiet zone is the four modules that the standard asks for.
 */
import { crc32, deflateSync } from 'node:zlib';
import { encodeQR } from 'qr';

const QUIET = 4;
/** 120 mm at 300 dots an inch have 1417. */
const PIXELS = 1400;

/** True is dark; the quiet zone is part of it. Throws where the text is longer than any code holds. */
export const qrModules = (text: string): boolean[][] =>
  encodeQR(text, 'raw', { ecc: 'quartile', border: QUIET });

/** One path of rows of dark modules, on white; scales to any size. `title`: for who cannot see it. */
export function qrSvg(text: string, title: string): string {
  const modules = qrModules(text);
  const size = modules.length;
  const runs = modules.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img">` +
    `<title>${escaped(title)}</title><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${runs.join('')}"/></svg>`
  );
}

function runsOf(row: boolean[]): [x: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GREY = 0;

/** One bit a pixel, whole pixels a module (PNG, ISO/IEC 15948). */
export function qrPng(text: string): Buffer {
  const modules = qrModules(text);
  const scale = Math.ceil(PIXELS / modules.length);
  const size = modules.length * scale;
  const rows = modules.flatMap((row) => Array<Buffer>(scale).fill(line(row, scale)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 1;
  header[9] = GREY;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Its filter (none), then a bit a pixel, 1 for white. */
function line(row: boolean[], scale: number): Buffer {
  const bits = Buffer.alloc(1 + Math.ceil((row.length * scale) / 8));
  for (const [x, dark] of row.entries())
    for (let pixel = x * scale; !dark && pixel < (x + 1) * scale; pixel += 1)
      bits[1 + (pixel >> 3)] = (bits[1 + (pixel >> 3)] as number) | (0x80 >> (pixel & 7));
  return bits;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(named.length + 8);
  made.writeUInt32BE(data.length, 0);
  named.copy(made, 4);
  made.writeUInt32BE(crc32(named), named.length + 4);
  return made;
}
