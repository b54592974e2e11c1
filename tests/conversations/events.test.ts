/** The examples in the comments of `events.ts` are what the schemas beneath them accept. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import * as schemas from '../../conversations/events.ts';

const code = readFileSync(new URL('../../conversations/events.ts', import.meta.url), 'utf8');

/** Each `@example` with the name of the schema that its comment belongs to. */
const examples = [...code.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const (\w+)/g)].flatMap(
  ([, comment = '', name = '']) =>
    comment
      .replace(/^ *\* ?/gm, '')
      .split('@example')
      .slice(1)
      .map((example): [string, string] => [name, example.trim()]),
);

describe('an example', () => {
  it.each(examples)('of %s: %s', (name, example) => {
    const schema = (schemas as unknown as Record<string, z.ZodType>)[name] as z.ZodType;
    const data = JSON.parse(example);
    expect(schema.parse(data)).toEqual(data);
  });

  it('is there for every kind of event, and for most effects', () => {
    const typesIn = (name: string): Set<string> =>
      new Set(examples.filter(([each]) => each === name).map(([, example]) => JSON.parse(example).type));
    const kinds = (schema: { options: { shape: { type: { value: string } } }[] }): string[] =>
      schema.options.map(({ shape }) => shape.type.value);
    expect(typesIn('Event')).toEqual(new Set(kinds(schemas.Event as never)));
    expect(kinds(schemas.Effect as never)).toEqual(expect.arrayContaining([...typesIn('Effect')]));
    expect(new Set(examples.map(([name]) => name))).toEqual(
      new Set(['Event', 'Answer', 'AnswerSheet', 'Effect']),
    );
  });
});
