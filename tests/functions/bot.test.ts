/**
 * Botkit as the host: a city's own command, and a regression for each of Botkit's defects that could touch us
 * (dependencies.md, "Botkit: defects reproduced"; the numbers are its rows).
 */
import { describe, expect, it } from 'vitest';
import { newSession } from '../../conversations/session.ts';
import { type CityPlugin, hostEngine } from '../../functions/runtime/bot.ts';
import { cityCommands } from '../../functions/runtime/city-commands.ts';
import { localWorld } from '../../infra/local/city.ts';

const world = localWorld();
const NOW = new Date('2026-11-23T09:00:00Z');
const said = (text: string, id = 'e1') => ({ type: 'said' as const, id, channel: 'sms' as const, text });
const saying = (effects: { type: string }[]) =>
  effects.flatMap((effect) => (effect.type === 'say' ? [(effect as unknown as { text: string }).text] : []));

describe("a city's own command", () => {
  const bins: CityPlugin = (controller) => {
    controller.hears(/^poubelles?$/i, 'message', async (bot, message) => {
      await bot.reply(message, "Chêne Pointu: mardi & vendredi, < 8h, l'après-midi non");
    });
  };

  it('is a few lines of Botkit, and its answer goes out as it was written (4: no HTML in it)', async () => {
    const take = hostEngine(world, [bins]);
    const session = { ...newSession('r'), consent: 'given' as const };
    const turn = await take(session, said('Poubelles'), NOW);
    expect(saying(turn.effects)).toEqual(["Chêne Pointu: mardi & vendredi, < 8h, l'après-midi non"]);
    expect(turn.session).toEqual(session);
  });

  it('from the city file: HORAIRES, in the resident’s language, in every state but after STOP', async () => {
    const take = hostEngine(world, [cityCommands]);
    const session = { ...newSession('r'), language: 'en' };
    expect(saying((await take(session, said('horaires !'), NOW)).effects)[0]).toContain('Town hall open');
    const stopped = { ...session, consent: 'stopped' as const };
    expect(saying((await take(stopped, said('horaires'), NOW)).effects)).toEqual([]);
  });

  it('is not what stands on a button of ours', async () => {
    const take = hostEngine(world, [cityCommands]);
    const tap = { ...said('Horaires'), channel: 'whatsapp' as const, choice: 'square.1.frequence:1' };
    expect(saying((await take(newSession('r'), tap, NOW)).effects)[0]).not.toContain('Mairie ouverte');
  });

  it('may not take a reserved word', () => {
    const city = { ...world.city, commands: [{ keywords: ['STOP'], text: { fr: 'x' } }] };
    expect(() => hostEngine({ ...world, city }, [cityCommands])).toThrow(/reserved word/);
  });

  it('may not hear a bare text (9: it would be an unanchored pattern, "10" would hear "1")', () => {
    const plugin: CityPlugin = (controller) => controller.hears('1', 'message', async () => {});
    expect(() => hostEngine(world, [plugin])).toThrow(/regular expression or a function/);
  });
});

describe('Botkit’s defects', () => {
  it.each([
    [
      'hears',
      ((controller) =>
        controller.hears(/x/, 'message', async () => Promise.reject(new Error('in hears')))) as CityPlugin,
    ],
    [
      'on',
      ((controller) =>
        controller.on('message', async () => Promise.reject(new Error('in on')))) as CityPlugin,
    ],
    [
      'middleware',
      ((controller) =>
        controller.middleware.receive.use((_bot: unknown, _message: unknown, next: (error: Error) => void) =>
          next(new Error('in middleware')),
        )) as CityPlugin,
    ],
  ])('2: a throw in %s rejects the turn, it neither hangs nor kills the process', async (_, plugin) => {
    await expect(hostEngine(world, [plugin])(newSession('r'), said('x'), NOW)).rejects.toThrow(/^in /);
  });

  it('3: nothing of Botkit’s own ever reaches a resident', async () => {
    const take = hostEngine(world, [cityCommands]);
    for (const text of ['SQUARE', '1', '', '{{#', 'prompt']) {
      const { effects } = await take(newSession('r'), said(text), NOW);
      expect(saying(effects).join()).not.toMatch(/prompt|dialog|undefined/i);
    }
  });

  it('5: what a resident writes is never a template', async () => {
    const take = hostEngine(world, [cityCommands]);
    let session = (await take(newSession('r'), said('SQUARE', 'a'), NOW)).session;
    for (const text of ['1', '4', '6', '{{vars.user}} {{#x}} {{{y}}}'])
      session = (await take(session, said(text, text), NOW)).session;
    expect(session.survey?.answers.priorites?.o).toBe('{{vars.user}} {{#x}} {{{y}}}');
  });

  it('1: turns at once do not see each other', async () => {
    const take = hostEngine(world, [cityCommands]);
    const languages = ['fr', 'en', 'tr', 'ar'];
    const turns = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const language = languages[index % 4] as string;
        return take({ ...newSession(`r${index}`), language }, said('SQUARE', `e${index}`), NOW).then(
          (turn) => ({ language, turn }),
        );
      }),
    );
    for (const { language, turn } of turns) {
      expect(turn.session.language).toBe(language);
      expect(saying(turn.effects)).toEqual(
        saying((await take({ ...newSession('x'), language }, said('SQUARE'), NOW)).effects),
      );
    }
  });

  it('a plugin that answers and lets the turn go on is told so', async () => {
    const plugin: CityPlugin = (controller) => {
      controller.on('message', async (bot, message) => {
        await bot.reply(message, 'moi aussi');
      });
    };
    await expect(hostEngine(world, [plugin])(newSession('r'), said('SQUARE'), NOW)).rejects.toThrow(
      /returning false/,
    );
  });
});
