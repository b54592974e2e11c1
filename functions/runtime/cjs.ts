/** Deep CJS classes arrive as `{ default }` under some loaders. */
export const unwrap = <T>(module: T): T => (module as { default?: T }).default ?? module;
