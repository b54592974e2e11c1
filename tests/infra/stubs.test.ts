/** What stands in the bundles for what was left out: loads, and says so as soon as it is used. */
import { createRequire } from 'node:module';
import { describe, expect, it, test } from 'vitest';
import { absent } from '../../infra/build/stubs/absent.ts';
import { ConversationState, MemoryStorage, TurnContext } from '../../infra/build/stubs/botbuilder.ts';
import {
  DialogContext,
  DialogSet,
  DialogTurnStatus,
  WaterfallDialog,
} from '../../infra/build/stubs/botbuilder-dialogs.ts';
import * as schema from '../../infra/build/stubs/botframework-schema.ts';
import { INVOKE_RESPONSE_KEY } from '../../infra/build/stubs/invoke-response-key.ts';

describe('an absent package', () => {
  const express = absent('express') as {
    (): void;
    new (): object;
    json(): void;
    __esModule?: boolean;
    default?: unknown;
  };

  const uses: [label: string, use: () => unknown, got: string][] = [
    ['a call', () => express(), 'a call'],
    ['a new', () => new express(), 'a new'],
    ['a member', () => express.json(), '"json"'],
  ];
  it.each(uses)('refuses %s with a sentence', (_label, use, got) => {
    expect(use).toThrow(`express is left out of this bundle, got ${got}`);
  });

  it('may be looked at by a module loader', () => {
    expect(express.__esModule).toBeUndefined();
    expect(express.default).toBeUndefined();
  });
});

const refusals: [label: string, use: () => unknown][] = [
  ['state that is read', () => new ConversationState().load()],
  ['state that is saved', () => new ConversationState().saveChanges()],
  ['a property of the state', () => (new ConversationState().createProperty() as { get(): void }).get()],
  ['a dialog that is added', () => new DialogSet().add()],
  ['a dialog that is begun', () => new DialogSet().createContext()],
  ['a dialog context', () => new DialogContext()],
  ['a waterfall', () => new WaterfallDialog()],
];
test.each(refusals)('%s is refused', (_label, use) => {
  expect(use).toThrow('in this bundle');
});

const whole = createRequire(import.meta.url);

test("a moment is written and read as twilio's dayjs does", () => {
  interface Utc {
    format(pattern: string): string;
    isValid(): boolean;
    toDate(): Date;
  }
  const real = whole('dayjs') as { extend(plugin: unknown): void; utc(at: unknown, form?: string): Utc };
  real.extend(whole('dayjs/plugin/utc'));
  const ours = whole('../../infra/build/stubs/dayjs.cjs') as typeof real;
  const at = new Date('2026-03-29T01:59:59.999Z');
  for (const pattern of ['YYYY-MM-DD', 'YYYY-MM-DD[T]HH:mm:ss[Z]'])
    expect(ours.utc(at).format(pattern)).toBe(real.utc(at).format(pattern));
  for (const said of ['Tue, 24 Nov 2026 09:00:00 +0000', '2026-11-24', '2026-11-24T09:00:00Z', 'never', '']) {
    expect(ours.utc(said).isValid(), said).toBe(real.utc(said).isValid());
    expect(ours.utc(said).toDate(), said).toEqual(real.utc(said).toDate());
  }
  expect(() => ours.utc(at).format('MM/YY')).toThrow('does not write "MM/YY"');
});

test("the turn's context and the storage are the package's own", () => {
  const core = whole('botbuilder-core') as Record<string, unknown>;
  expect({ MemoryStorage, TurnContext }).toEqual({
    MemoryStorage: core.MemoryStorage,
    TurnContext: core.TurnContext,
  });
});

test("the names have the package's values", () => {
  expect(whole('botbuilder-dialogs').DialogTurnStatus).toMatchObject(DialogTurnStatus);
  const { INVOKE_RESPONSE_KEY: key } = whole('botbuilder-core') as { INVOKE_RESPONSE_KEY: symbol };
  expect(INVOKE_RESPONSE_KEY.description).toBe(key.description);
  const packaged = whole('botframework-schema') as Record<string, object>;
  for (const [name, values] of Object.entries(schema)) expect(packaged[name]).toMatchObject(values);
});
