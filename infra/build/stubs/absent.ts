/** Stands for a package that is left out of the bundles: may be loaded, throws as soon as it is used. */

/** What module loaders ask of anything; not a use. */
const LOADER: (string | symbol)[] = ['__esModule', 'default', 'then', 'prototype', 'length', 'name'];

/** A function, class and object in one whose every use throws. */
export function absent(what: string): unknown {
  const refuse = (use: string): never => {
    throw new Error(
      `${what} is left out of this bundle, got ${use}; infra/build/slim.ts says what is left out and why`,
    );
  };
  return new Proxy(class {}, {
    apply: () => refuse('a call'),
    construct: () => refuse('a new'),
    get: (_target, name) =>
      typeof name === 'symbol' || LOADER.includes(name) ? undefined : refuse(`"${name}"`),
  });
}
