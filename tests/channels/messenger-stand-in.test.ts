/** The stand-in for Meta: what it posts is what our receiver reads, and what it refuses is what Graph refuses. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Incoming } from '../../functions/channels/channel.ts';
import { createMessengerReceiver } from '../../functions/channels/messenger-receive.ts';
import type { Act } from '../../infra/local/meta-events.ts';
import { openMetaLog } from '../../infra/local/meta-log.ts';
import {
  APP,
  DELIVERY,
  type Loopback,
  OFFER,
  openLoopback,
  outgoing,
  PAGE,
  PSID,
  SECRET,
  TOKEN,
} from './messenger-loopback.ts';

const receiver = createMessengerReceiver({
  appSecrets: [SECRET],
  pageId: PAGE,
  appId: APP,
  eventId: (mid) => mid,
});
const read = ({ body, headers }: Loopback['posted'][number]): Incoming[] => {
  const received = receiver.read({
    ...{ method: 'POST', path: '/webhooks/messenger', query: '', body },
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  });
  if (received.kind !== 'incoming') throw new Error(`expected a signed batch, got ${received.kind}`);
  return received.incoming;
};

let line: Loopback;
beforeEach(async () => {
  line = await openLoopback();
});
afterEach(() => line.close());

const URL_OF_A_PHOTO = 'https://scontent.xx.fbcdn.net/photo.jpg';
const said = (fields: Record<string, unknown>) => ({
  kind: 'event',
  event: { type: 'said', channel: 'messenger', text: '', ...fields },
});

describe('a phone', () => {
  const acts: [string, Act, Record<string, unknown>][] = [
    [
      'writes',
      { kind: 'text', text: 'Là-bas, à l’école 🏫 1/2' },
      said({ text: 'Là-bas, à l’école 🏫 1/2' }),
    ],
    [
      'taps',
      { kind: 'tap', title: 'Oui', payload: 'square.1.va:1' },
      said({ text: 'Oui', choice: 'square.1.va:1' }),
    ],
    ['starts', { kind: 'start' }, said({ text: 'Démarrer', choice: 'get_started' })],
    ['starts by a poster', { kind: 'start', ref: 'CHENE_A12' }, said({ text: 'CHENE A12' })],
    ['follows a link', { kind: 'link', ref: 'live-2027-03' }, said({ text: 'live-2027-03' })],
    [
      'taps a button of the page',
      { kind: 'button', title: 'Contact', payload: 'CONTACT' },
      said({ text: 'Contact', choice: 'CONTACT' }),
    ],
    [
      'sends a photo',
      { kind: 'photo', url: URL_OF_A_PHOTO, text: 'ici' },
      said({ text: 'ici', media: [{ kind: 'photo', type: 'image/jpeg', url: URL_OF_A_PHOTO }] }),
    ],
    [
      'sends its voice',
      { kind: 'voice', url: URL_OF_A_PHOTO },
      said({ media: [{ kind: 'voice', type: 'audio/mp4', url: URL_OF_A_PHOTO }] }),
    ],
    [
      'sends a sticker',
      { kind: 'sticker', url: URL_OF_A_PHOTO, sticker: 7 },
      said({ media: [{ kind: 'sticker', type: 'image/png', url: URL_OF_A_PHOTO }] }),
    ],
    [
      'sends where it is',
      { kind: 'place', latitude: 48.91, longitude: 2.55 },
      said({ place: { latitude: 48.91, longitude: 2.55 } }),
    ],
    ['takes back', { kind: 'unsend', mid: 'm_1' }, { kind: 'event', event: { type: 'unsaid', of: 'm_1' } }],
    ['reacts', { kind: 'react', mid: 'm_1', emoji: '❤' }, { kind: 'ignored', why: 'reaction' }],
    ['reads', { kind: 'read' }, { kind: 'receipt', state: 'read' }],
    [
      'is answered by a person',
      { kind: 'human', text: 'Ici Julie' },
      { kind: 'event', event: { type: 'relieved' } },
    ],
    ['is taken by the inbox', { kind: 'take' }, { kind: 'event', event: { type: 'relieved' } }],
    ['is given back', { kind: 'give-back' }, { kind: 'ignored', why: 'thread-returned' }],
  ];
  test.each(acts)('%s', async (_label, act, told) => {
    expect(await line.meta.receive(PSID, act)).toMatchObject({ taken: true });
    expect(line.posted).toHaveLength(1);
    expect(read(line.posted[0] as never)).toMatchObject([told]);
  });

  test('every message has an id of its own, and Meta’s way of writing letters', async () => {
    await line.meta.receive(PSID, { kind: 'text', text: 'é/' });
    await line.meta.receive(PSID, { kind: 'text', text: 'é/' });
    expect(line.posted[0]?.body).toContain('"text":"\\u00e9\\/"');
    const [one, other] = line.posted.map((post) => read(post)[0]);
    expect(one).not.toEqual(other);
  });

  test('several at once are one request', async () => {
    await line.meta.batch(
      ['un', 'deux', 'trois'].map((text) => ({ psid: PSID, act: { kind: 'text', text } })),
    );
    expect(line.posted).toHaveLength(1);
    expect(read(line.posted[0] as never)).toMatchObject(
      ['un', 'deux', 'trois'].map((text) => said({ text })),
    );
  });

  test('what is written to the inbox comes as standby', async () => {
    await line.meta.receive(PSID, { kind: 'take' });
    await line.meta.receive(PSID, { kind: 'text', text: 'à Julie' });
    expect(read(line.posted[1] as never)).toEqual([{ kind: 'ignored', why: 'standby' }]);
    await line.meta.receive(PSID, { kind: 'give-back' });
    await line.meta.receive(PSID, { kind: 'text', text: 'à la ville' });
    expect(read(line.posted[3] as never)).toMatchObject([said({ text: 'à la ville' })]);
  });

  test('shows what both sides wrote, without what was taken back', async () => {
    const { mid } = await line.meta.receive(PSID, { kind: 'text', text: 'oups' });
    await line.meta.receive(PSID, { kind: 'unsend', mid });
    await line.meta.receive(PSID, { kind: 'text', text: 'bonjour' });
    await line.sender.send(outgoing({ offer: OFFER }));
    await line.meta.settle();
    await line.meta.receive(PSID, { kind: 'read' });
    expect(line.meta.thread(PSID)).toMatchObject([
      { direction: 'in', text: 'bonjour', state: 'received' },
      {
        direction: 'out',
        by: 'app',
        text: 'Allez-vous au square ?',
        state: 'read',
        replies: [{ title: 'Oui', payload: 'square.1.va:1' }, { title: 'Non' }],
      },
    ]);
    expect(line.meta.thread('91')).toEqual([]);
  });
});

describe('what we sent', () => {
  beforeEach(async () => {
    await line.meta.receive(PSID, { kind: 'text', text: 'bonjour' });
    line.posted.length = 0;
  });

  test('comes back as an echo, then is delivered', async () => {
    const outcome = await line.sender.send(outgoing());
    await line.meta.settle();
    const providerId = (outcome as { id: string }).id;
    const receipt = { kind: 'receipt', provider: 'meta', address: `messenger:${PSID}`, providerId };
    expect(line.posted.map((post) => read(post))).toEqual([
      [{ ...receipt, state: 'accepted', delivery: DELIVERY }],
      [{ ...receipt, state: 'delivered' }],
    ]);
  });

  test.each([
    ['reordered', [{ kind: 'webhook', fault: 'reordered' }], ['delivered', 'accepted']],
    [
      'twice',
      [
        { kind: 'webhook', fault: 'none' },
        { kind: 'webhook', fault: 'duplicate' },
      ],
      ['accepted', 'accepted', 'delivered'],
    ],
  ] as const)('%s', async (_label, faults, states) => {
    line.faults.push(...faults);
    await line.sender.send(outgoing());
    await line.meta.settle();
    expect(
      line.posted.flatMap((post) => read(post)).map((each) => (each as { state?: string }).state),
    ).toEqual(states);
  });

  test('late: the echo comes before the API’s own answer', async () => {
    line.faults.push({ kind: 'send', fault: 'late' });
    await line.sender.send(outgoing());
    expect(line.posted).toHaveLength(2);
  });

  test('taken, and no answer: the echo says that it is out', async () => {
    line.faults.push({ kind: 'send', fault: 'timeout-after-accept' });
    expect(await line.sender.send(outgoing())).toMatchObject({ kind: 'unknown' });
    await line.meta.settle();
    expect(read(line.posted[0] as never)).toMatchObject([
      { kind: 'receipt', delivery: DELIVERY, state: 'accepted' },
    ]);
  });
});

describe('a webhook that is not taken', () => {
  test('comes again, the same bytes, until it is', async () => {
    line.answers.push(503, 500, 404);
    expect(await line.meta.receive(PSID, { kind: 'text', text: 'bonjour' })).toMatchObject({ taken: true });
    expect(new Set(line.posted.map(({ body }) => body)).size).toBe(1);
    expect(line.posted).toHaveLength(4);
  });

  test('is given up in the end, and taken up at the next start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meta-'));
    const file = join(folder, 'meta.jsonl');
    const first = await openLoopback({
      log: openMetaLog(file),
      post: async () => Promise.reject(new Error('down')),
    });
    const under = first.meta.receive(PSID, { kind: 'text', text: 'bonjour' });
    await first.close();
    await expect(under).rejects.toThrow('the stand-in is closed');
    expect(await readFile(file, 'utf8')).not.toContain('"told"');
    const second = await openLoopback({ log: openMetaLog(file) });
    await second.meta.resume();
    expect(read(second.posted[0] as never)).toMatchObject([said({ text: 'bonjour' })]);
    // It remembers who has written, and so to whom we may write.
    expect(await second.sender.send(outgoing())).toMatchObject({ kind: 'accepted' });
    await second.meta.settle();
    await second.close();
    await rm(folder, { recursive: true });
  });
});

describe('Graph refuses', () => {
  const ask = async (
    body: unknown,
    { token = TOKEN, path = `/v25.0/${PAGE}/messages`, method = 'POST' } = {},
  ) => {
    const answer = await line.meta.api({
      ...{ method, path, query: new URLSearchParams(), body: JSON.stringify(body) },
      headers: { authorization: `Bearer ${token}` },
    });
    if (typeof answer === 'string') throw new Error(`expected an answer, got ${answer}`);
    return { status: answer.status, ...JSON.parse(answer.body) };
  };
  const message = (changes: Record<string, unknown>, more = {}) => ({
    ...{ recipient: { id: PSID }, messaging_type: 'RESPONSE', message: { text: 'x', ...changes } },
    ...more,
  });
  const reply = { content_type: 'text', title: 'Oui', payload: 'oui' };
  beforeEach(() => line.meta.receive(PSID, { kind: 'text', text: 'bonjour' }));

  test.each([
    ['another token', message({}), { token: 'x' }, 190, undefined],
    ['another page', message({}), { path: '/v25.0/999/messages' }, 100, undefined],
    ['no version', message({}), { path: `/${PAGE}/messages/x` }, 100, undefined],
    ['another edge', message({}), { path: `/v25.0/${PAGE}/feed` }, 100, undefined],
    ['no messaging_type', message({}, { messaging_type: undefined }), {}, 100, undefined],
    ['a tag', message({}, { messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' }), {}, 100, 1893061],
    ['a stranger', message({}, { recipient: { id: '999' } }), {}, 100, 2018001],
    ['2,001 letters', message({ text: 'x'.repeat(2001) }), {}, 100, undefined],
    ['no text', message({ text: undefined }), {}, 100, 2018034],
    ['fourteen quick replies', message({ quick_replies: Array(14).fill(reply) }), {}, 100, undefined],
    [
      'a payload without end',
      message({ quick_replies: [{ ...reply, payload: 'x'.repeat(1001) }] }),
      {},
      100,
      undefined,
    ],
    ['a message and an action', message({}, { sender_action: 'typing_on' }), {}, 100, undefined],
  ])('%s', async (_label, body, at, code, subcode) => {
    const answer = await ask(body, at);
    expect(answer.status).toBe(400);
    expect(answer.error).toMatchObject({ type: 'OAuthException', code, fbtrace_id: expect.any(String) });
    expect(answer.error.error_subcode).toBe(subcode);
  });

  test('after 24 hours', async () => {
    line.clock.now = new Date('2026-11-25T09:00:00.501Z');
    expect((await ask(message({}))).error).toMatchObject({ code: 10, error_subcode: 2018278 });
    expect(line.meta.windowEnds(PSID)).toEqual(new Date('2026-11-25T09:00:00.500Z'));
    expect(line.meta.windowEnds('999')).toBeUndefined();
  });

  test('and takes thirteen replies of any length: Meta cuts the titles itself', async () => {
    expect(
      await ask(message({ quick_replies: Array(13).fill({ ...reply, title: 'x'.repeat(40) }) })),
    ).toMatchObject({
      status: 200,
      recipient_id: PSID,
      message_id: expect.stringMatching(/^m_/),
    });
  });
});
