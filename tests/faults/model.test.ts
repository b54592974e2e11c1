/**
 * The city against a model of it (speed-and-faults.md 3.3: R7): messages, copies, crashes, STOP, the passing of
 * time, in any order. The model is the pure engine that hears every message once.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../conversations/engine.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { sms } from '../../conversations/shape.ts';
import { localWorld } from '../../infra/local/city.ts';
import { FAULTS, type Fault } from './faulty.ts';
import { createNetwork, type Network } from './network.ts';

const RUNS = Number(process.env.MODEL_RUNS ?? 200);
const turn = createEngine(localWorld());
const sid = (count: number): string => `SM${String(count).padStart(32, '0')}`;

type Channel = 'sms' | 'whatsapp' | 'messenger';
/** A run on a rich channel takes twice as long, and most of what it passes through is the same. */
const SHARE: [Channel, number][] = [
  ['sms', 1],
  ['whatsapp', 0.2],
  ['messenger', 0.2],
];

interface Model {
  channel: Channel;
  session: Session;
  said: string[];
  /** The last message, for copies of it. */
  last?: { body: string; sid: string };
  count: number;
}

type Command = fc.AsyncCommand<Model, Network>;

/** The engine hears what the city hears, at the time at which the city did. */
function hear(model: Model, network: Network, event: Parameters<typeof turn>[1]): void {
  const { session, effects } = turn(model.session, event, network.clock.now);
  model.session = session.id === '' ? newSession('resident') : session;
  for (const effect of effects)
    if (effect.type === 'say')
      model.said.push(model.channel === 'sms' ? sms(effect.text).text : effect.text.normalize('NFC'));
}

class Text implements Command {
  constructor(
    readonly body: string,
    readonly faults: [number, Fault][],
  ) {}
  check = (): boolean => true;
  async run(model: Model, network: Network): Promise<void> {
    const id = sid(model.count++);
    network.faults.plan.clear();
    for (const [at, fault] of this.faults) network.faults.plan.set(network.faults.count + at, fault);
    const before = network.clock.now.getTime();
    await network.text(this.body, id);
    network.faults.plan.clear();
    // What is still owed comes within minutes; the model is told the time at which the turn was taken.
    const after = network.clock.now;
    network.clock.now = new Date(before + 20_000);
    const item = [...network.db.items.values()].find((each) => each.sk === 'turn');
    if (item?.rd) network.clock.now = new Date(String(item.rd));
    hear(model, network, {
      type: 'said',
      id: String(item?.rid ?? id),
      channel: model.channel,
      text: this.body,
    });
    network.clock.now = after;
    for (let minute = 0; minute < 5; minute += 1) await network.wait(61);
    model.last = { body: this.body, sid: id };
    agree(model, network);
  }
  toString = (): string => `text(${JSON.stringify(this.body)}, ${JSON.stringify(this.faults)})`;
}

class Copy implements Command {
  check = (model: Readonly<Model>): boolean => model.last !== undefined;
  async run(model: Model, network: Network): Promise<void> {
    await network.again(model.last?.body as string, model.last?.sid as string);
    agree(model, network);
  }
  toString = (): string => 'copy of the last';
}

/** What the resident's phone shows and what the store holds is what the model says. */
function agree(model: Model, network: Network): void {
  expect(network.received).toEqual(model.said);
  const item = [...network.db.items.values()].find((each) => each.sk === 'turn');
  const stored = JSON.parse(String(item?.s)) as Session;
  const { id: _a, due: _b, ...left } = stored.id === '' ? newSession('') : stored;
  const { id: _c, due: _d, ...right } = model.session;
  expect(left).toEqual(right);
}

const fault = fc.tuple(fc.nat(5), fc.constantFrom(...FAULTS));
const words = fc.constantFrom(
  'SQUARE',
  '1',
  '2',
  '3',
  '1 6',
  '0',
  'oui',
  'non',
  'nickel',
  'CHENE A12',
  '4',
  'LANGUE',
  'AIDE',
  'STOP',
  'REPRENDRE',
  'EFFACER',
  'RAPPEL',
  'MODIF 1',
  'stop aux voitures',
  'un texte libre',
  '٣',
  '',
);
const commands = [
  fc.tuple(words, fc.array(fault, { maxLength: 2 })).map(([body, faults]) => new Text(body, faults)),
  fc.constant(new Copy()),
];

describe.each(SHARE)('model, on %s', (channel, share) => {
  const runs = Math.max(1, Math.round(RUNS * share));

  it(`the city does what the model does, in ${runs} runs`, { timeout: 1_800_000 }, async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { size: 'max', maxCommands: 100 }), async (list) => {
        count += [...list].length;
        const setup = () => ({
          model: { channel, session: newSession('resident'), said: [], count: 0 } as Model,
          real: createNetwork({ retries: 5, channel }),
        });
        await fc.asyncModelRun(setup, list);
      }),
      { numRuns: runs, endOnFailure: process.env.CI !== undefined },
    );
    console.log(`model, ${channel}: ${runs} runs, ${count} commands, 0 violations`);
  });
});
