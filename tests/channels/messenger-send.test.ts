/** What goes to Meta for a message, what its answers mean, and that nothing goes out twice. */
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMessenger } from '../../functions/channels/messenger-send.ts';
import { split } from '../../functions/channels/messenger-text.ts';
import {
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

test('text is cut where it reads well, and nothing of it is lost', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 1500 }), fc.constantFrom(' ', '\n', 'mot ')),
        { maxLength: 8 },
      ),
      (all) => {
        const text = all.join('');
        const parts = split(text);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(1000);
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const part of parts) expect(Buffer.from(part).toString('utf8')).toBe(part);
      },
    ),
  );
});

describe('on the stand-in', () => {
  let line: Loopback;
  const bodies = () => line.requests.map(({ body }) => JSON.parse(body));
  const texts = () =>
    line.meta
      .thread(PSID)
      .filter(({ direction }) => direction === 'out')
      .map(({ text }) => text);
  beforeEach(async () => {
    line = await openLoopback();
    await line.meta.receive(PSID, { kind: 'text', text: 'bonjour' });
  });
  afterEach(() => line.close());

  test('a text', async () => {
    const outcome = await line.sender.send(outgoing());
    expect(outcome).toMatchObject({ kind: 'accepted', id: expect.stringMatching(/^m_/) });
    const [request] = line.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: `/v25.0/${PAGE}/messages`,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8' },
    });
    expect(String(request?.query)).toBe(
      `appsecret_proof=${createHmac('sha256', SECRET).update(TOKEN).digest('hex')}`,
    );
    expect(bodies()).toEqual([
      {
        recipient: { id: PSID },
        messaging_type: 'RESPONSE',
        message: { text: 'Allez-vous au square ? 1 oui 2 non', metadata: DELIVERY },
      },
    ]);
  });

  test('what can be tapped: the text without its numbers', async () => {
    await line.sender.send(outgoing({ offer: OFFER }));
    expect(bodies()[0].message).toEqual({
      text: 'Allez-vous au square ?',
      quick_replies: [
        { content_type: 'text', title: 'Oui', payload: 'square.1.va:1' },
        { content_type: 'text', title: 'Non', payload: 'square.1.va:2' },
      ],
      metadata: DELIVERY,
    });
  });

  test('a label that is too long is cut between letters, and the numbered text says it whole', async () => {
    const choices = [
      { id: 'a', label: 'Tous les jours de la semaine' },
      { id: 'b', label: `👨‍👩‍👧‍👦👨‍👩‍👧‍👦 familles` },
    ];
    await line.sender.send(outgoing({ offer: { text: 'Quand ?', choices } }));
    const [{ message }] = bodies();
    expect(message.text).toBe('Allez-vous au square ? 1 oui 2 non');
    expect(message.quick_replies.map(({ title }: { title: string }) => title)).toEqual([
      'Tous les jours de l…',
      '👨‍👩‍👧‍👦…',
    ]);
  });

  test.each([
    ['thirteen', 13, 13],
    ['fourteen: numbers only', 14, 0],
  ])('%s', async (_label, count, replies) => {
    const choices = Array.from({ length: count }, (_, index) => ({
      id: `${index}`,
      label: `Choix ${index}`,
    }));
    expect(await line.sender.send(outgoing({ offer: { text: 'Lequel ?', choices } }))).toMatchObject({
      kind: 'accepted',
    });
    expect(bodies()[0].message.quick_replies ?? []).toHaveLength(replies);
    expect(bodies()[0].message.text).toBe(replies ? 'Lequel ?' : 'Allez-vous au square ? 1 oui 2 non');
  });

  test('two labels that read the same once cut are typed', async () => {
    const choices = ['a', 'b'].map((id) => ({ id, label: `Le square du Général de Gaulle ${id}` }));
    await line.sender.send(outgoing({ offer: { text: 'Lequel ?', choices } }));
    expect(bodies()[0].message).toEqual({ text: 'Allez-vous au square ? 1 oui 2 non', metadata: DELIVERY });
  });

  test('pictures first, then the words, then what can be tapped', async () => {
    const media = ['https://ville.example/plan.png', 'https://ville.example/mot.mp3?v=1'];
    await line.sender.send(
      outgoing({ media, offer: OFFER, place: { latitude: 48.9, longitude: 2.3, name: 'Le square' } }),
    );
    expect(bodies().map(({ message }) => message)).toEqual([
      {
        attachment: { type: 'image', payload: { url: media[0], is_reusable: true } },
        metadata: `${DELIVERY}#1/3`,
      },
      {
        attachment: { type: 'audio', payload: { url: media[1], is_reusable: true } },
        metadata: `${DELIVERY}#2/3`,
      },
      {
        text: 'Allez-vous au square ?\nLe square\nhttps://www.openstreetmap.org/?mlat=48.9&mlon=2.3#map=18/48.9/2.3',
        quick_replies: expect.any(Array),
        metadata: DELIVERY,
      },
    ]);
  });

  test('a picture that Meta does not take: the words go', async () => {
    line.faults.push({ kind: 'send', fault: '36000' });
    const outcome = await line.sender.send(outgoing({ media: ['https://ville.example/plan.png'] }));
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(texts()).toEqual(['Allez-vous au square ? 1 oui 2 non']);
  });

  test.each([
    ['an address of another channel', { to: 'sms:+33639980001' }, 'not-a-psid'],
    ['no name', { to: 'messenger:' }, 'not-a-psid'],
    ['nothing to say', { text: '  ' }, 'empty'],
  ])('%s: a bug, and nothing is asked', async (_label, changes, code) => {
    expect(await line.sender.send(outgoing(changes))).toEqual({ kind: 'rejected', code, cause: 'bug' });
    expect(line.requests).toEqual([]);
  });

  test('outside of the 24 hours nothing goes out', async () => {
    line.clock.now = new Date('2026-11-25T09:00:01.000Z');
    expect(await line.sender.send(outgoing())).toEqual({
      kind: 'rejected',
      code: '10-2018278',
      cause: 'window',
    });
    expect(texts()).toEqual([]);
  });

  test('somebody who never wrote', async () => {
    expect(await line.sender.send(outgoing({ to: 'messenger:999' }))).toMatchObject({ cause: 'unreachable' });
  });

  test('another token', async () => {
    const other = createMessenger({ pageId: PAGE, token: 'x', baseUrl: line.url });
    expect(await other.send(outgoing())).toMatchObject({ cause: 'config', code: '190' });
  });

  describe('a long message', () => {
    const long = outgoing({
      text: `${'mot '.repeat(240)}\n${'autre '.repeat(160)}fin`,
      offer: { ...OFFER, text: `${'mot '.repeat(240)}\n${'autre '.repeat(160)}fin` },
    });
    const since = new Date('2026-11-24T09:00:00.700Z');

    test('is several posts, in order; the last can be tapped', async () => {
      const outcome = await line.sender.send(long);
      expect(
        bodies().map(({ message }) => [
          message.text.length <= 1000,
          message.quick_replies?.length,
          message.metadata,
        ]),
      ).toEqual([
        [true, undefined, `${DELIVERY}#1/2`],
        [true, 2, DELIVERY],
      ]);
      expect(outcome).toMatchObject({ kind: 'accepted', id: line.meta.thread(PSID).at(-1)?.id });
      expect(await line.sender.find(long, since)).toEqual({ id: line.meta.thread(PSID).at(-1)?.id });
    });

    test.each([
      ['too many requests', '429', false],
      ['a passing error', '1200', false],
      ['a page in HTML', 'html', false],
      ['swallowed', 'timeout', false],
      ['cut off', 'reset', false],
      ['taken, and no answer', 'timeout-after-accept', true],
    ] as const)(
      '%s at the second post: looked up, and the first never goes out twice',
      async (_label, fault, out) => {
        line.faults.push({ kind: 'send', fault: 'none' }, { kind: 'send', fault });
        expect(await line.sender.send(long)).toMatchObject({ kind: 'unknown' });
        // A new instance knows only what Meta tells it.
        for (const sender of [line.another(), line.another()]) {
          const found = await sender.find(long, since);
          if (found === 'none') expect(await sender.send(long)).toMatchObject({ kind: 'accepted' });
          else expect(found).toEqual({ id: line.meta.thread(PSID).at(-1)?.id });
        }
        expect(texts()).toHaveLength(2);
        expect(line.requests.filter(({ method }) => method === 'POST')).toHaveLength(out ? 2 : 3);
      },
    );

    test('refused for good at the second post: not sent again', async () => {
      line.faults.push({ kind: 'send', fault: 'none' }, { kind: 'send', fault: '551/1545041' });
      expect(await line.sender.send(long)).toMatchObject({ kind: 'rejected', cause: 'optout' });
    });
  });

  describe('looked up', () => {
    const since = new Date('2026-11-24T09:00:00.700Z');

    test.each([
      ['taken, and no answer', 'timeout-after-accept', true],
      ['swallowed', 'timeout', false],
      ['cut off', 'reset', false],
    ] as const)('%s', async (_label, fault, out) => {
      line.faults.push({ kind: 'send', fault });
      expect(await line.sender.send(outgoing())).toMatchObject({ kind: 'unknown' });
      const found = await line.sender.find(outgoing(), since);
      expect(found).toEqual(out ? { id: line.meta.thread(PSID).at(-1)?.id } : 'none');
    });

    test('asks for the page’s messages with this person', async () => {
      await line.sender.find(outgoing(), since);
      const [request] = line.requests;
      expect(request).toMatchObject({ method: 'GET', path: `/v25.0/${PAGE}/conversations` });
      expect(request?.query.get('platform')).toBe('MESSENGER');
      expect(request?.query.get('user_id')).toBe(PSID);
      expect(request?.query.get('fields')).toBe('messages.limit(20){id,message,from,created_time}');
      expect(request?.query.has('access_token')).toBe(false);
    });

    test('the resident’s own words, an older message and another’s are not ours', async () => {
      await line.sender.send(outgoing());
      line.clock.now = new Date('2026-11-24T10:00:00.000Z');
      await line.meta.receive(PSID, { kind: 'text', text: outgoing().text });
      expect(await line.sender.find(outgoing(), new Date('2026-11-24T09:30:00Z'))).toBe('none');
      expect(await line.sender.find(outgoing(), since)).toHaveProperty('id');
      expect(await line.sender.find(outgoing({ to: 'messenger:91' }), since)).toBe('none');
    });

    test('behind forty others', async () => {
      await line.sender.send(outgoing());
      for (let index = 0; index < 40; index += 1) await line.sender.send(outgoing({ text: `n° ${index}` }));
      expect(await line.sender.find(outgoing(), since)).toHaveProperty('id');
    });

    test('behind so many that nobody can tell', async () => {
      for (let index = 0; index < 120; index += 1) await line.sender.send(outgoing({ text: `n° ${index}` }));
      expect(await line.sender.find(outgoing(), since)).toBe('cannot');
    });

    test('spaces and letters in another form are the same text', async () => {
      await line.sender.send(outgoing({ text: 'Merci  à\ntous ' }));
      expect(await line.sender.find(outgoing({ text: 'Merci a\u0300 tous' }), since)).toHaveProperty('id');
    });

    test('Meta refuses to say', async () => {
      line.faults.push({ kind: 'find', fault: '10' });
      await expect(line.sender.find(outgoing(), since)).rejects.toThrow(
        'meta could not be asked for a message: 10',
      );
    });
  });

  test('a person takes over', async () => {
    expect(await line.sender.passThread(PSID)).toBe(true);
    expect(line.requests[0]?.path).toBe(`/v25.0/${PAGE}/pass_thread_control`);
    expect(bodies()[0]).toEqual({ recipient: { id: PSID }, target_app_id: '263902037430900' });
    expect(await line.sender.send(outgoing())).toMatchObject({ kind: 'rejected', cause: 'blocked' });
    expect(await line.sender.passThread('999')).toBe(false);
  });

  test('typing', async () => {
    expect(await line.sender.typing(PSID)).toBe(true);
    expect(bodies()[0]).toEqual({ recipient: { id: PSID }, sender_action: 'typing_on' });
    line.faults.push({ kind: 'send', fault: 'reset' });
    expect(await line.sender.typing(PSID)).toBe(false);
  });
});
