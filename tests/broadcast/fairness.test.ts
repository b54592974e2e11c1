/** One resident's or one sender's trouble is not another's: nobody is left out, and nobody waits, because of somebody else. */
import { describe, expect, it } from 'vitest';
import { announcing } from '../../functions/runtime/announcing.ts';
import { progressLines } from '../../functions/runtime/progress-words.ts';
import { keys, shardOf } from '../../functions/store/table.ts';
import { createFan, type Fan, phoneOf } from './fan.ts';

const template = {
  purpose: 'visit' as const,
  category: 'MARKETING' as const,
  language: 'fr' as const,
  contentSid: `HX${'0'.repeat(32)}`,
  variables: { '1': 'text' as const },
};

/** So many phones whose hashes are in one shard, in the order of the hashes. */
function inOneShard(fan: Fan, count: number): number[] {
  const hashOf = (phone: number): string => fan.deps.hashes.address(phoneOf(phone));
  const phones = Array.from({ length: 500 }, (_, phone) => phone).filter(
    (phone) => shardOf(hashOf(phone)) === '0',
  );
  return phones.sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1)).slice(0, count);
}
const breakItem = (fan: Fan, phone: number): (() => void) => {
  const { pk, sk } = keys.turn(fan.deps.hashes.address(phoneOf(phone)));
  const [name, item] = [...fan.db.items].find(([, each]) => each.pk === pk && each.sk === sk) ?? [];
  if (!name || !item) throw new Error('there is none');
  fan.db.items.set(name, { ...item, s: 'broken' });
  return () => fan.db.items.set(name, item);
};

describe('an announcement', () => {
  it('gives nobody up whose first try fails where another has failed often', async () => {
    const fan = createFan();
    const [first, second] = inOneShard(fan, 2) as [number, number];
    await fan.joined(first);
    await fan.joined(second);
    await fan.planned();
    const mend = breakItem(fan, first);
    await fan.run(4.5, 0.5);
    mend();
    const mendSecond = breakItem(fan, second);
    await fan.run(2);
    mendSecond();
    await fan.run(10);
    expect((await fan.progress(1)).states).toEqual({ accepted: 2 });
  });

  it('goes on by SMS while the lane of WhatsApp is stopped', async () => {
    const fan = createFan({ city: { templates: [template] } });
    for (let phone = 0; phone < 60; phone += 1) await fan.joined(phone, {}, phone % 2 ? 'sms' : 'whatsapp');
    await fan.planned();
    await fan.deps.channels.stop('twilio-whatsapp', '63018');
    fan.hook.outcome = (to) =>
      to.startsWith('whatsapp:') ? { kind: 'rejected', code: '63018', cause: 'config' } : undefined;
    await fan.run(3);
    expect(fan.got).toHaveLength(30);
    const progress = await fan.progress(1);
    expect(progress.states.accepted).toBe(30);
    // Every state is told, so that they add up.
    const told = (progressLines(progress, 1)[0] ?? '').split(':').slice(2).join(':').match(/\d+/g) ?? [];
    expect(told.map(Number).reduce((sum, each) => sum + each, 0)).toBe(progress.planned);
    delete fan.hook.outcome;
    await fan.run(60, 1);
    expect((await fan.progress(1)).states).toEqual({ accepted: 60 });
  });

  it('ends what is a thousand rows behind one that waits', { timeout: 60_000 }, async () => {
    const fan = createFan();
    const [first, last] = inOneShard(fan, 2) as [number, number];
    const hash = await fan.joined(first);
    const behind = await fan.joined(last);
    await fan.planned();
    const { ledger } = announcing(fan.deps);
    const at = fan.clock.now.toISOString();
    // A worker has died behind its claim.
    await ledger.claim(1, { hash: behind, event: 'ai1-x', at });
    for (let index = 0; index < 1200; index += 1) {
      const between = `${hash}${String(index).padStart(4, '0')}`;
      await ledger.claim(1, { hash: between, event: 'ai1-y', at });
      await ledger.note(1, between, { state: 'delivered', at });
    }
    fan.hook.outcome = (to) => (to === phoneOf(first) ? { kind: 'throttled', after: 600 } : undefined);
    const members = fan.deps.hashes.address(phoneOf(last));
    await fan.db.delete(keys.membership(members, 'chene'));
    await fan.run(15);
    expect(fan.got.map(({ to }) => to)).toEqual([phoneOf(last)]);
  });
});
