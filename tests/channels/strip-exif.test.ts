/** What is left of a photo: its pixels, which way is up, and nothing that was written beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PhotoType, stripMetadata } from '../../functions/channels/strip-exif.ts';

const SECRET = 'SECRET-48.9101N-2.5533E-Fatou';

const tag = (id: number, type: number, value: number): Buffer => {
  const made = Buffer.alloc(12);
  made.writeUInt16LE(id, 0);
  made.writeUInt16LE(type, 2);
  made.writeUInt32LE(1, 4);
  made.writeUInt32LE(value, 8);
  return made;
};
/** An EXIF as a phone writes it, little-endian, with a pointer to GPS and a text behind. */
function exif(orientation?: number): Buffer {
  const tags = [
    tag(0x010f, 2, 60),
    ...(orientation === undefined ? [] : [tag(0x0112, 3, orientation)]),
    tag(0x8825, 4, 60),
  ];
  const count = Buffer.alloc(2);
  count.writeUInt16LE(tags.length);
  return Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    count,
    ...tags,
    Buffer.alloc(4),
    Buffer.from(SECRET),
  ]);
}

const segment = (marker: number, ...parts: (Buffer | string)[]): Buffer => {
  const payload = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
};
const JFIF = segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0');
const JPEG_PIXELS = [
  segment(0xdb, Buffer.alloc(65, 1)),
  segment(0xc2, Buffer.from([8, 0, 2, 0, 2, 1, 1, 0x11, 0])),
  segment(0xc4, Buffer.alloc(20, 2)),
  segment(0xdd, Buffer.from([0, 4])),
  Buffer.concat([
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([7, 0xff, 0, 9, 0xff, 0xd0, 5]),
  ]),
  segment(0xc4, Buffer.alloc(20, 3)),
  Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([1, 2, 0xff, 0])]),
];
const ICC = segment(0xe2, 'ICC_PROFILE\0\x01\x01colours');
const ADOBE = segment(0xee, 'Adobe\0\x64\0\0\0\0\x01');
function jpegOf(...extra: Buffer[]): Buffer {
  const [first, ...rest] = JPEG_PIXELS as [Buffer, ...Buffer[]];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    JFIF,
    ...extra,
    first,
    ICC,
    ADOBE,
    ...rest,
    Buffer.from([0xff, 0xd9]),
  ]);
}
const jpegExif = (orientation?: number) => segment(0xe1, 'Exif\0\0', exif(orientation));

const chunk = (name: string, payload: Buffer | string): Buffer => {
  const body = Buffer.concat([Buffer.from(name), Buffer.from(payload as string)]);
  const made = Buffer.alloc(8 + body.length);
  made.writeUInt32BE(body.length - 4, 0);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), made.length - 4);
  return made;
};
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const IHDR = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
const PNG_PIXELS = [
  chunk('gAMA', Buffer.alloc(4)),
  chunk('IDAT', deflateSync(Buffer.alloc(2))),
  chunk('IDAT', 'x'),
];
const pngOf = (...extra: Buffer[]): Buffer =>
  Buffer.concat([SIGNATURE, IHDR, ...extra, ...PNG_PIXELS, chunk('IEND', '')]);

const riff = (name: string, payload: Buffer | string): Buffer => {
  const body = Buffer.from(payload as string);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(name), size, body, Buffer.alloc(body.length % 2)]);
};
const vp8x = (flags: number): Buffer => riff('VP8X', Buffer.from([flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]));
const VP8 = riff('VP8 ', 'pixels!');
const webpOf = (...chunks: Buffer[]): Buffer => riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));

const strip = (file: Uint8Array, type: PhotoType): Buffer => {
  const stripped = stripMetadata(file, type);
  if (!stripped) throw new Error('was refused');
  return Buffer.from(stripped);
};

describe('jpeg', () => {
  test('keeps every segment of the picture, in order, and its colours', () => {
    const noisy = jpegOf(
      jpegExif(1),
      segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`),
      segment(0xed, `Photoshop 3.0\0${SECRET}`),
      segment(0xe2, `MPF\0${SECRET}`),
      segment(0xe0, `JFXX\0${SECRET}`),
      segment(0xe5, SECRET),
      segment(0xfe, SECRET),
    );
    const trailing = Buffer.concat([noisy, Buffer.from(SECRET)]);
    expect(strip(trailing, 'image/jpeg')).toEqual(jpegOf());
  });

  test('forgets the thumbnail in its header, and what hides behind the header', () => {
    const header = segment(0xe0, `JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc${SECRET}`);
    const file = Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      header,
      ...JPEG_PIXELS,
      Buffer.from([0xff, 0xd9]),
    ]);
    const stripped = strip(file, 'image/jpeg');
    expect(stripped.subarray(2, 2 + JFIF.length)).toEqual(JFIF);
    expect(stripped.includes('SECRET')).toBe(false);
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('keeps orientation %i and nothing else of the EXIF', (orientation) => {
    const stripped = strip(jpegOf(jpegExif(orientation)), 'image/jpeg');
    const own = stripped.indexOf('Exif\0\0');
    const written = stripped.subarray(own + 6, own + 6 + 26);
    expect([...written]).toEqual([
      ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
      ...[1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
    ]);
    expect(Buffer.concat([stripped.subarray(0, own - 4), stripped.subarray(own + 32)])).toEqual(jpegOf());
  });

  test.each([
    ['no', undefined],
    ['a senseless', 9],
    ['an upright', 1],
  ])('writes no EXIF for %s orientation', (_label, orientation) => {
    expect(strip(jpegOf(jpegExif(orientation)), 'image/jpeg')).toEqual(jpegOf());
  });

  test('a broken EXIF goes, the picture stays', () => {
    for (const broken of ['', 'II', 'II*\0\xff\xff\xff\xff', 'MM\0*\0\0\0\x08\xff\xff'])
      expect(strip(jpegOf(segment(0xe1, 'Exif\0\0', broken)), 'image/jpeg')).toEqual(jpegOf());
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another kind of file', pngOf()],
    ['cut in its scan', jpegOf().subarray(0, -4)],
    ['cut in a segment', jpegOf().subarray(0, 40)],
    ['without an end', jpegOf().subarray(0, -2)],
    ['without a picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    ['a scan without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 0xff, 0xd9])],
    ['a length below two', Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 1, 0xff, 0xd9])],
    ['no marker where one must be', Buffer.concat([Buffer.from([0xff, 0xd8, 0]), jpegOf().subarray(2)])],
    [
      'a hundred thousand empty parts',
      Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(400_000, Buffer.from([0xff, 0xdb, 0, 2]))]),
    ],
  ])('refuses %s', (_label, file) => {
    expect(stripMetadata(file, 'image/jpeg')).toBeUndefined();
  });
});

describe('png', () => {
  const noise = [
    chunk('tEXt', `Comment\0${SECRET}`),
    chunk('zTXt', `Raw profile type exif\0\0${SECRET}`),
    chunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${SECRET}`),
    chunk('tIME', Buffer.alloc(7)),
    chunk('sPLT', SECRET),
    chunk('prVt', SECRET),
    chunk('eXIf', exif(1)),
  ];

  test('keeps the chunks of the picture, and nothing behind its end', () => {
    expect(strip(Buffer.concat([pngOf(...noise), Buffer.from(SECRET)]), 'image/png')).toEqual(pngOf());
  });

  test('keeps its orientation', () => {
    const stripped = strip(pngOf(chunk('eXIf', exif(6))), 'image/png');
    const own = chunk(
      'eXIf',
      Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1'),
    );
    expect(stripped).toEqual(pngOf(own));
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another kind of file', jpegOf()],
    ['cut', pngOf().subarray(0, -3)],
    ['without an end', pngOf().subarray(0, -12)],
    ['without pixels', Buffer.concat([SIGNATURE, IHDR, chunk('IEND', '')])],
    ['without a header', Buffer.concat([SIGNATURE, ...PNG_PIXELS, chunk('IEND', '')])],
    ['a second header', pngOf(IHDR)],
    ['a needed chunk nobody knows', pngOf(chunk('CgBI', 'x'))],
    [
      'a wrong checksum',
      Buffer.concat([SIGNATURE, IHDR.subarray(0, -1), Buffer.from([0]), pngOf().subarray(33)]),
    ],
    [
      'a length beyond the file',
      pngOf(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x74, 0x45, 0x58, 0x74, 0, 0, 0, 0])),
    ],
  ])('refuses %s', (_label, file) => {
    expect(stripMetadata(file, 'image/png')).toBeUndefined();
  });

  test('the pictures of the documentation have the same pixels after', () => {
    const folder = new URL('../../docs/pictures/', import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith('.png'));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const file = readFileSync(new URL(name, folder));
      expect(pixels(strip(file, 'image/png')).equals(pixels(file))).toBe(true);
    }
  });
});

function pixels(png: Buffer): Buffer {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return inflateSync(Buffer.concat(data));
}

describe('webp', () => {
  const noise = [riff('EXIF', exif(1)), riff('XMP ', SECRET), riff('name', SECRET)];

  test('keeps the picture and its flags but those of what has gone', () => {
    expect(strip(webpOf(vp8x(0x3e), riff('ICCP', 'colours'), VP8, ...noise), 'image/webp')).toEqual(
      webpOf(vp8x(0x32), riff('ICCP', 'colours'), VP8),
    );
    expect(strip(Buffer.concat([webpOf(VP8, ...noise), Buffer.from(SECRET)]), 'image/webp')).toEqual(
      webpOf(VP8),
    );
  });

  test.each([
    ['as it should be', ''],
    ['as some write it', 'Exif\0\0'],
  ])('keeps its orientation, %s', (_label, prefix) => {
    const file = webpOf(vp8x(0x0c), VP8, riff('EXIF', Buffer.concat([Buffer.from(prefix), exif(8)])));
    const own = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0', 'latin1');
    expect(strip(file, 'image/webp')).toEqual(webpOf(vp8x(0x08), VP8, riff('EXIF', own)));
  });

  test('looks into the frames of a moving one', () => {
    const header = Buffer.alloc(16, 4);
    const frame = (...inner: Buffer[]) => riff('ANMF', Buffer.concat([header, ...inner]));
    const file = webpOf(
      vp8x(0x06),
      riff('ANIM', '123456'),
      frame(VP8, riff('mine', SECRET)),
      riff('XMP ', SECRET),
    );
    expect(strip(file, 'image/webp')).toEqual(webpOf(vp8x(0x02), riff('ANIM', '123456'), frame(VP8)));
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a sound', riff('RIFF', 'WAVEfmt ')],
    ['cut', webpOf(VP8).subarray(0, -3)],
    ['without a picture', webpOf(vp8x(0), riff('EXIF', exif(6)))],
    ['a header in the middle', webpOf(VP8, vp8x(0))],
    ['a chunk beyond the end', webpOf(Buffer.from('VP8 \xff\xff\xff\x7f', 'latin1'))],
    ['an empty frame', webpOf(vp8x(2), riff('ANMF', Buffer.alloc(16)))],
  ])('refuses %s', (_label, file) => {
    expect(stripMetadata(file, 'image/webp')).toBeUndefined();
  });
});

describe('for any file', () => {
  const types = ['image/jpeg', 'image/png', 'image/webp'] as const;
  const made: Record<PhotoType, (noise: [number, string][], orientation: number) => Buffer> = {
    'image/jpeg': (noise, orientation) =>
      jpegOf(
        jpegExif(orientation),
        ...noise.map(([kind, text]) =>
          segment([0xe1, 0xe3, 0xec, 0xed, 0xef, 0xfe][kind % 6] as number, SECRET, text),
        ),
      ),
    'image/png': (noise, orientation) =>
      pngOf(
        chunk('eXIf', exif(orientation)),
        ...noise.map(([kind, text]) =>
          chunk(['tEXt', 'zTXt', 'iTXt', 'tIME', 'abCd', 'hIST'][kind % 6] as string, SECRET + text),
        ),
      ),
    'image/webp': (noise, orientation) =>
      webpOf(
        vp8x(0x0c),
        VP8,
        riff('EXIF', exif(orientation)),
        ...noise.map(([kind, text]) => riff(['XMP ', 'abcd', 'EXIF'][kind % 3] as string, SECRET + text)),
      ),
  };
  const clean: Record<PhotoType, Buffer[]> = {
    'image/jpeg': JPEG_PIXELS,
    'image/png': PNG_PIXELS,
    'image/webp': [VP8],
  };
  const noise = fc.array(fc.tuple(fc.nat(5), fc.string({ maxLength: 40 })), { maxLength: 6 });

  test.each(types)('%s: stripped twice is stripped once, pixels stay, nothing else does', (type) => {
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 8 }), (parts, orientation) => {
        const once = strip(made[type](parts, orientation), type);
        expect(strip(once, type)).toEqual(once);
        for (const part of clean[type]) expect(once.includes(part)).toBe(true);
        expect(once.includes('SECRET')).toBe(false);
        expect(once.includes('Fatou')).toBe(false);
        expect(once.includes('\x25\x88') || once.includes(Buffer.from([0x88, 0x25]))).toBe(false);
      }),
    );
  });

  test.each(types)('%s: never throws, on noise or on a photo with a few bytes changed', (type) => {
    const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), changes, (bytes, changed) => {
        stripMetadata(bytes, type);
        const file = made[type]([[1, 'x']], 6);
        for (const [at, value] of changed) if (at < file.length) file[at] = value;
        const stripped = stripMetadata(file, type);
        if (stripped) expect(stripMetadata(stripped, type)).toEqual(stripped);
      }),
      { numRuns: 3000 },
    );
  });

  test('does not touch what it was given', () => {
    const file = jpegOf(jpegExif(6));
    const before = Buffer.from(file);
    strip(file, 'image/jpeg');
    expect(file).toEqual(before);
  });
});
