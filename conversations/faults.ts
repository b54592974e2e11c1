/** What is wrong with a file that people write: each fault with its place and the value that is there. */
import type * as z from 'zod';

/** Longer values are cut: an error names what is wrong, it does not print the file. */
const MAX_VALUE = 60;

/** Every fault that a schema found. Parse with `reportInput: true`, or the values are missing. */
export const faultsIn = (error: z.ZodError): string[] =>
  error.issues.map((issue) => {
    const at = placeOf(issue.path);
    if (issue.code === 'unrecognized_keys')
      return `${at}${at && ': '}unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    return `${at || 'the file'}: ${issue.message}, got ${shown(issue.input)}`;
  });

/** ["questions", 0, "id"] → questions[0].id */
export const placeOf = (path: PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** One error for all of them. */
export const invalid = (what: string, faults: string[]): Error =>
  new Error(`${what} is not valid\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
