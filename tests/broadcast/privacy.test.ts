/** What an announcement leaves behind of somebody: nothing once they are erased, and no figure that tells of one person. */
import { describe, expect, it } from 'vitest';
import { progressLines } from '../../functions/runtime/progress-words.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { newProgress, type Progress } from '../../functions/store/ledger.ts';
import { createFan, phoneOf } from './fan.ts';

describe('who is erased', () => {
  it('leaves no row in a ledger, where they were held back neither', async () => {
    const fan = createFan();
    await fan.joined(1, { muted: ['visit'] });
    await fan.joined(2);
    await fan.planned({ kind: 'visit' });
    await fan.run(3);
    expect((await fan.progress(1)).states).toEqual({ held: 1, accepted: 1 });
    for (const phone of [1, 2])
      for (const text of ['EFFACER', 'OUI'])
        await takeTurn(
          fan.deps,
          phoneOf(phone),
          { type: 'said', id: `m-${phone}-${text}`, channel: 'sms', text },
          'response',
        );
    const item = await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(1)));
    expect(item?.session.id).toBe('');
    expect((await fan.progress(1)).planned).toBe(0);
  });
});

describe('progress of what several filters leave of few', () => {
  const progress: Progress = {
    ...newProgress(),
    planned: 41,
    states: { delivered: 41 },
    channels: { sms: 40, whatsapp: 1 },
    marks: { replied: 3, stopped: 1, done: 0 },
  };

  it('does not tell by channel how few, nor what they did', () => {
    expect(progressLines(progress, 2).join(' ')).not.toMatch(/WhatsApp|40 SMS/);
    expect(progressLines(progress, 1)).toContain('  par canal: 40 SMS, 1 WhatsApp');
    const few = { ...progress, planned: 1, states: { delivered: 1 }, channels: { sms: 1 } };
    expect(progressLines(few, 2)).toEqual([
      'avancement: moins de 5 personnes, les nombres ne sont pas montrés',
    ]);
    expect(progressLines(few, 1).at(-1)).toContain('1 ont dit STOP');
  });
});
