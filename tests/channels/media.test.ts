/** Fetching what residents send: from where, how much, what, and what is left of it. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  accept,
  type Call,
  fetchMedia,
  META_MEDIA_HOSTS,
  type MediaFrom,
  TWILIO_MEDIA_HOSTS,
  typeOf,
} from '../../functions/channels/media.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
/** The smallest that is whole: a frame, a scan, an end. */
const JPEG = latin(
  '\xff\xd8\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\x07\xff\xd9',
);
const OGG = Buffer.concat([latin('OggS'), Buffer.alloc(24), latin('OpusHead'), Buffer.alloc(20, 3)]);
const MP3 = Buffer.concat([latin('\xff\xfb\x90\x44'), Buffer.alloc(60, 5)]);
const AAC = latin('\xff\xf1\x50\x80\0\0\0');

const box = (name: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin(part) : part)));
  const head = Buffer.concat([Buffer.alloc(4), latin(name)]);
  head.writeUInt32BE(8 + body.length);
  return Buffer.concat([head, body]);
};
const track = (handler: string, ...more: Buffer[]): Buffer =>
  box('trak', box('mdia', box('hdlr', `\0\0\0\0\0\0\0\0${handler}\0\0`)), ...more);
const m4a = (...inMoov: Buffer[]): Buffer =>
  Buffer.concat([box('ftyp', 'M4A \0\0\0\0'), box('moov', track('soun'), ...inMoov), box('mdat', 'sound')]);

const TWILIO: MediaFrom = {
  hosts: TWILIO_MEDIA_HOSTS,
  credentials: { host: 'api.twilio.com', authorization: 'Basic c2VjcmV0' },
};
const MEDIA = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';

/** Answers by address; anything else is a fault of the test. */
function fake(answers: Record<string, () => Response>) {
  const asked: { url: string; authorization?: string }[] = [];
  const call: Call = async (url, { headers, redirect }) => {
    expect(redirect).toBe('manual');
    asked.push({ url, authorization: headers.authorization });
    const answer = answers[url];
    if (!answer) throw new Error('nobody told this test of the address');
    return answer();
  };
  return { asked, call };
}
const to =
  (location: string, status = 307) =>
  () =>
    new Response(null, { status, headers: { location } });

test('follows Twilio to where the file lies, without the credentials', async () => {
  const cdn = 'https://mms.twiliocdn.com/AC1/ME1?Signature=x';
  const { asked, call } = fake({ [MEDIA]: to(cdn, 302), [cdn]: () => new Response(JPEG) });
  expect(await fetchMedia('photo', MEDIA, TWILIO, call)).toEqual({
    kind: 'media',
    type: 'image/jpeg',
    extension: 'jpg',
    bytes: JPEG,
  });
  expect(asked).toEqual([
    { url: MEDIA, authorization: 'Basic c2VjcmV0' },
    { url: cdn, authorization: undefined },
  ]);
});

test('asks Meta without credentials', async () => {
  const url = 'https://cdn.fbsbx.com/v/t59/audio.ogg?oh=1';
  const { asked, call } = fake({ [url]: () => new Response(OGG) });
  expect(await fetchMedia('voice', url, { hosts: META_MEDIA_HOSTS }, call)).toMatchObject({
    type: 'audio/ogg',
  });
  expect(asked).toEqual([{ url, authorization: undefined }]);
});

const OUTSIDE = [
  ['http', MEDIA.replace('https', 'http')],
  ['another host', 'https://evil.example/x.jpg'],
  ['a host that only begins alike', 'https://api.twilio.com.evil.example/x'],
  ['a host that only ends alike', 'https://evilapi.twilio.com/x'],
  ['a user in the address', 'https://api.twilio.com@evil.example/x'],
  ['a user of Twilio', 'https://a:b@api.twilio.com/x'],
  ['another port', 'https://api.twilio.com:8443/x'],
  ['the metadata of the machine', 'http://169.254.169.254/latest/meta-data/'],
  ['this machine', 'http://127.0.0.1:8000/x'],
  ['this machine over IPv6', 'https://[::1]/x'],
  ['a file', 'file:///etc/passwd'],
  ['data', 'data:image/jpeg;base64,/9j/'],
  ['no address', 'photo.jpg'],
  ['nothing', ''],
] as const;

test.each(OUTSIDE)('does not fetch from %s', async (_label, url) => {
  const { asked, call } = fake({});
  expect(await fetchMedia('photo', url, TWILIO, call)).toEqual({ kind: 'refused', why: 'address' });
  expect(asked).toEqual([]);
});

// Relative ones stay on the host; there is nothing to refuse.
test.each(OUTSIDE.filter(([, url]) => url.includes(':')))('is not led to %s', async (_label, url) => {
  const { asked, call } = fake({ [MEDIA]: to(url) });
  expect(await fetchMedia('photo', MEDIA, TWILIO, call)).toEqual({ kind: 'refused', why: 'address' });
  expect(asked).toHaveLength(1);
});

test('is not led around for ever', async () => {
  const { asked, call } = fake({ [MEDIA]: to(MEDIA) });
  expect(await fetchMedia('photo', MEDIA, TWILIO, call)).toEqual({ kind: 'refused', why: 'address' });
  expect(asked).toHaveLength(4);
});

test.each([
  [401, { kind: 'refused', why: 'credentials' }],
  [403, { kind: 'refused', why: 'credentials' }],
  [404, { kind: 'later', why: 'http-404' }],
  [410, { kind: 'refused', why: 'gone' }],
  [204, { kind: 'refused', why: 'gone' }],
  [302, { kind: 'refused', why: 'gone' }],
  [429, { kind: 'later', why: 'http-429' }],
  [503, { kind: 'later', why: 'http-503' }],
])('status %i of Twilio', async (status, fetched) => {
  const { call } = fake({ [MEDIA]: () => new Response(null, { status }) });
  expect(await fetchMedia('photo', MEDIA, TWILIO, call)).toEqual(fetched);
});

test('a signed address that has run out is gone, and no fault of our credentials', async () => {
  const cdn = 'https://media.twiliocdn.com/x';
  for (const status of [403, 404]) {
    const { call } = fake({ [MEDIA]: to(cdn), [cdn]: () => new Response(null, { status }) });
    expect(await fetchMedia('photo', MEDIA, TWILIO, call)).toEqual({ kind: 'refused', why: 'gone' });
  }
});

describe('a real server', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  async function serve(listener: RequestListener): Promise<{ base: string; from: MediaFrom }> {
    server = createServer(listener);
    await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const standIn = `http://${host}/carrier`;
    return { base: standIn, from: { hosts: [], standIn, credentials: { host, authorization: 'Basic x' } } };
  }

  test('the stand-in on this machine, and only below its base', async () => {
    const seen: (string | undefined)[] = [];
    const { base, from } = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end(JPEG);
    });
    expect(await fetchMedia('photo', `${base}/media/1`, from)).toMatchObject({ kind: 'media' });
    expect(seen).toEqual(['Basic x']);
    for (const other of ['/other', '-other/x', '/carrier/../other'].map((path) =>
      base.replace('/carrier', path),
    ))
      expect(await fetchMedia('photo', other, from)).toEqual({ kind: 'refused', why: 'address' });
    expect(seen).toHaveLength(1);
  });

  test('more than is allowed is not read to its end', async () => {
    let written = 0;
    let stopped = false;
    const { base, from } = await serve((_request, response) => {
      const more = (): void => {
        if (stopped) return;
        written += 65_536;
        if (response.write(Buffer.alloc(65_536))) setImmediate(more);
        else response.once('drain', more);
      };
      response.on('close', () => {
        stopped = true;
      });
      more();
    });
    expect(await fetchMedia('photo', `${base}/endless`, from)).toEqual({ kind: 'refused', why: 'size' });
    await expect.poll(() => stopped).toBe(true);
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  test('a length that is too much is believed', async () => {
    const { base, from } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 5 * 1024 * 1024 + 1 }).write(JPEG);
    });
    expect(await fetchMedia('photo', `${base}/1`, from)).toEqual({ kind: 'refused', why: 'size' });
  });

  test('a connection that breaks is for later, and so is nobody', async () => {
    const { base, from } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write(JPEG, () => response.destroy());
    });
    expect(await fetchMedia('photo', `${base}/1`, from)).toEqual({ kind: 'later', why: 'network' });
    const nobody = { hosts: [], standIn: 'http://127.0.0.1:1' };
    expect(await fetchMedia('photo', 'http://127.0.0.1:1/x', nobody)).toEqual({
      kind: 'later',
      why: 'network',
    });
  });
});

test('a stand-in elsewhere is a mistake', async () => {
  const from = { hosts: [], standIn: 'http://10.0.0.1/carrier' };
  await expect(fetchMedia('photo', 'http://10.0.0.1/carrier/x', from)).rejects.toThrow(/127\.0\.0\.1/);
});

test.each([
  ['jpeg', JPEG, 'image/jpeg'],
  ['png', latin('\x89PNG\r\n\x1a\n'), 'image/png'],
  ['webp', latin('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
  ['opus', OGG, 'audio/ogg'],
  ['mp3 with labels', latin('ID3\x04'), 'audio/mpeg'],
  ['mp3', MP3, 'audio/mpeg'],
  ['aac', AAC, 'audio/aac'],
  ['m4a', m4a(), 'audio/mp4'],
  ['amr', latin('#!AMR\nxx'), 'audio/amr'],
  ['wide amr', latin('#!AMR-WB\nxx'), 'audio/amr'],
  ['gif', latin('GIF89a'), undefined],
  ['pdf', latin('%PDF-1.7'), undefined],
  ['a page', latin('<!doctype html>'), undefined],
  ['svg', latin('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
  ['a film in ogg', Buffer.concat([latin('OggS'), Buffer.alloc(24), latin('\x80theora')]), undefined],
  ['wav', latin('RIFF\0\0\0\0WAVEfmt '), undefined],
  ['utf-16', latin('\xff\xfeh\0'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('knows %s by its first bytes', (_label, file, type) => {
  expect(typeOf(file)).toBe(type);
});

describe('what may be kept', () => {
  test.each([
    ['a voice sent as a photo', 'photo', OGG, 'type'],
    ['a photo sent as a voice', 'voice', JPEG, 'type'],
    ['a page', 'photo', latin('<html>'), 'type'],
    ['half a photo', 'photo', JPEG.subarray(0, -2), 'malformed'],
    ['labels without sound', 'voice', latin('ID3\x04\0\0\0\0\0\x02xx'), 'malformed'],
    ['labels longer than the file', 'voice', latin('ID3\x04\0\0\x7f\x7f\x7f\x7fxx'), 'malformed'],
    ['a film', 'voice', m4a(track('vide')), 'malformed'],
    ['no track', 'voice', box('ftyp', 'M4A '), 'malformed'],
    ['a box beyond the end', 'voice', m4a().subarray(0, -1), 'malformed'],
  ] as const)('is not %s', (_label, kind, file, why) => {
    expect(accept(kind, file)).toEqual({ kind: 'refused', why });
  });

  test('is a voice as it came, where it says nothing of its maker', () => {
    for (const file of [OGG, AAC, MP3, m4a(), latin('#!AMR\nxx')])
      expect(accept('voice', file)).toMatchObject({ kind: 'media', bytes: file });
  });

  test('is an MP3 without its labels, before and after', () => {
    const before = latin(`ID3\x04\0\0\0\0\0\x0a${'FatouTIT2!'}`);
    const after = Buffer.concat([latin('TAG'), Buffer.alloc(125, 'x')]);
    expect(accept('voice', Buffer.concat([before, before, MP3, after]))).toMatchObject({ bytes: MP3 });
    const withFooter = latin(`ID3\x04\0\x10\0\0\0\x02xx3DI\x04\0\x10\0\0\0\x02`);
    expect(accept('voice', Buffer.concat([withFooter, MP3]))).toMatchObject({ bytes: MP3 });
  });

  test('is an M4A with empty labels, everything else in its place', () => {
    const place = box('udta', box('\xa9xyz', '+48.9101+002.5533/'));
    const file = Buffer.concat([
      m4a(place, box('meta', 'Fatou'), track('soun', box('udta', 'Clichy'))),
      box('uuid', 'Fatou'),
    ]);
    const kept = accept('voice', file);
    if (kept.kind !== 'media') throw new Error('was refused');
    const bytes = Buffer.from(kept.bytes);
    expect(bytes).toHaveLength(file.length);
    for (const said of ['48.9101', 'Fatou', 'Clichy', 'udta', 'meta', 'uuid'])
      expect(bytes.includes(said)).toBe(false);
    expect(bytes.indexOf('mdat')).toBe(file.indexOf('mdat'));
    // What was given is not touched.
    expect(file.includes('Fatou')).toBe(true);
  });

  test('whatever is sent is an answer, and what is kept stays as it is', () => {
    const start = fc.constantFrom(
      '',
      'ID3',
      '\xff\xfb\x90',
      'OggS',
      '\0\0\0\x08ftyp',
      '\xff\xd8\xff',
      'RIFF',
    );
    const changes = fc.array(fc.tuple(fc.nat(150), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), changes, (first, rest, changed) => {
        const noise = Buffer.concat([latin(first), rest]);
        const changedSound = Buffer.from(m4a(box('udta', 'x')));
        for (const [at, value] of changed) if (at < changedSound.length) changedSound[at] = value;
        for (const file of [noise, changedSound])
          for (const kind of ['photo', 'voice'] as const) {
            const kept = accept(kind, file);
            if (kept.kind === 'media') expect(accept(kind, kept.bytes)).toEqual(kept);
          }
      }),
      { numRuns: 2000 },
    );
  });
});
