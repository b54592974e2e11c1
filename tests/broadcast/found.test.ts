/** Members of a list are read side by side, and yet one by one: what is wrong with one of them is not another's. */
import { describe, expect, it } from 'vitest';
import { announcing } from '../../functions/runtime/announcing.ts';
import { findAll } from '../../functions/runtime/broadcast-found.ts';
import { keys } from '../../functions/store/table.ts';
import { createFan, times } from './fan.ts';

const EVERYONE = Array.from({ length: 60 }, (_, index) => index);

describe('members that are read side by side', () => {
  it('come with their rows, but for who is gone and who is not meant', async () => {
    const fan = createFan();
    const [told, fresh, english] = [
      await fan.joined(1),
      await fan.joined(2),
      await fan.joined(3, { language: 'en' }),
    ];
    const announcement = await fan.planned({ audience: { languages: ['fr'] } });
    const { ledger } = announcing(fan.deps);
    for (const hash of [told, english])
      await ledger.claim(announcement.number, {
        hash,
        event: `ai1-${hash}`,
        at: fan.clock.now.toISOString(),
      });
    const found = await findAll(fan.deps, announcement, [told, fresh, english, 'nobody']);
    expect([...found.keys()]).toEqual([told, fresh, english]);
    expect([told, fresh, english].map((hash) => found.get(hash)?.before?.state)).toEqual([
      'claimed',
      undefined,
      undefined,
    ]);
  });

  it('hear it where one of them cannot be read, who is listed', async () => {
    const fan = createFan();
    const hashes: string[] = [];
    for (const phone of EVERYONE) hashes.push(await fan.joined(phone));
    const broken = await fan.db.get(keys.turn(hashes[7] as string));
    await fan.db.put({ ...broken, pk: String(broken?.pk), sk: 'turn', s: '{}' });
    const { number } = await fan.planned();
    await fan.run(20);
    expect(EVERYONE.map((phone) => times(fan, phone))).toEqual(
      EVERYONE.map((phone) => (phone === 7 ? 0 : 1)),
    );
    expect((await fan.progress(number)).failed).toEqual({ error: 1 });
  });
});
