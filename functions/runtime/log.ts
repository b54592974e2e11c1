/**
 * One line of JSON an occurrence. Fields are counts, codes and names of our own; never an address, a name or a
 * text: what is passed in is a closed set of types that cannot hold them by accident.
 */
export type Fields = Record<string, number | boolean | Code | undefined>;
/** A word of ours (`[a-z0-9_.:-]`), such as an outcome or an error's class. */
export type Code = string;

export interface Log {
  info(what: Code, fields?: Fields): void;
  error(what: Code, fields?: Fields): void;
}

const SAFE = /^[\w.:-]{1,60}$/;
/** Anything with five digits in a row could be part of a number. */
const NUMBER = /\d{5,}/;

/** Codes that do not look like codes are not written: better a gap in the log than a number in it. */
const clean = (value: number | boolean | Code): number | boolean | string =>
  typeof value !== 'string' ? value : SAFE.test(value) && !NUMBER.test(value) ? value : 'withheld';

export function createLog(write: (line: string) => void): Log {
  const line = (level: string, what: Code, fields: Fields = {}): void => {
    const shown: Fields = { level, what: clean(what) };
    for (const name in fields) if (fields[name] !== undefined) shown[name] = clean(fields[name]);
    write(JSON.stringify(shown));
  };
  return {
    info: (what, fields) => line('info', what, fields),
    error: (what, fields) => line('error', what, fields),
  };
}

/** What may be said of an error: its class and its code. Its message may quote what was sent. */
export function describe(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  return { error: error.name, code };
}
