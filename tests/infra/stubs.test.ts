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

test("the turn's context and the storage are the package's own", () => {
  const core = whole('botbuilder-core') as Record<string, unknown>;
  expect({ MemoryStorage, TurnContext }).toEqual({
    MemoryStorage: core.MemoryStorage,
    TurnContext: core.TurnContext,
  });
});

test("the names have the package's values", () => {
  expect(whole('botbuilder-dialogs').DialogTurnStatus).toMatchObject(DialogTurnStatus);
  const packaged = whole('botframework-schema') as Record<string, object>;
  for (const [name, values] of Object.entries(schema)) expect(packaged[name]).toMatchObject(values);
});
