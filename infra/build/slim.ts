/**
 * What the bundles leave out of their packages: an esbuild plugin and the lists behind it. As shipped, Botkit brings
 * Express, Azure and 3 MB of recognisers; we host turns in its core and worker alone (dependencies.md, Bundles).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, PluginBuild } from 'esbuild';

const stub = (name: string): string => path.join(import.meta.dirname, 'stubs', name);

/** Packages replaced by a file of ours. */
const REPLACED: Record<string, string> = {
  botbuilder: stub('botbuilder.ts'),
  'botbuilder-dialogs': stub('botbuilder-dialogs.ts'),
  'botframework-schema': stub('botframework-schema.ts'),
  // Botkit's own log, off unless an environment variable that we never set turns it on.
  debug: stub('debug.cjs'),
  // 5 kB of LRU cache for the one endpoint of our one table.
  'mnemonist/lru-cache': stub('lru-cache.cjs'),
  // 10 kB for the two forms of a moment that twilio writes.
  dayjs: stub('dayjs.cjs'),
  'dayjs/plugin/utc': stub('dayjs.cjs'),
};

/** Packages of which a few names are enough, each as `name: [file, its name there]`: their index loads all the rest. */
const PARTS: Record<string, Record<string, [file: string, name: string]>> = {
  'botbuilder-core': {
    BotAdapter: ['botbuilder-core/lib/botAdapter.js', 'BotAdapter'],
    // Its own file brings the handlers of every kind of activity.
    INVOKE_RESPONSE_KEY: [stub('invoke-response-key.ts'), 'INVOKE_RESPONSE_KEY'],
    MemoryStorage: ['botbuilder-core/lib/memoryStorage.js', 'MemoryStorage'],
    TurnContext: ['botbuilder-core/lib/turnContext.js', 'TurnContext'],
  },
  // A Lambda's credentials are in its environment; SSO, profiles and instance roles are 90 kB that it never needs.
  '@aws-sdk/credential-provider-node': { defaultProvider: ['@aws-sdk/credential-provider-env', 'fromEnv'] },
};

/** Loaded at the top of what we do use, and never called: Botkit's web server is off, Twilio gets our HTTP client. */
const ABSENT: { path: RegExp; importer: RegExp; what: string }[] = [
  { path: /^express$/, importer: /\/botkit\//, what: 'express' },
  { path: /^body-parser$/, importer: /\/botkit\//, what: 'body-parser' },
  // Middleware written as a generator: a city's own is a function.
  { path: /^co$/, importer: /\/wrap-fn\//, what: 'generators as middleware' },
  { path: /^\.\/adapter$/, importer: /\/botkit\/lib\/core\.js$/, what: 'BotFrameworkAdapter' },
  { path: /\/RequestClient$/, importer: /\/twilio\/lib\/base\//, what: "twilio's RequestClient" },
  // What hangs on a message at Twilio: we fetch files by their own addresses, and rate nothing.
  { path: /^\.\/message\/(feedback|media)$/, importer: /\/account\/message\.js$/, what: "twilio's media" },
  // Streams of events: none of our services has them.
  {
    path: /^@smithy\/core\/event-streams$/,
    importer: /\/@smithy\/core\/dist-es\/submodules\/protocols\//,
    what: "the SDK's event streams",
  },
  // Only for clients that ask for the adaptive mode of trying again; ours have the standard one.
  {
    path: /\/DefaultRateLimiter$/,
    importer: /\/util-retry\/AdaptiveRetryStrategy\.js$/,
    what: "the SDK's rate limiter",
  },
  // Node has its own.
  {
    path: /\/(?:Sha256|Md5)Js$/,
    importer: /\/@smithy\/core\/dist-es\/submodules\/checksum\/(?:sha256|md5)\/\w+Node\.js$/,
    what: "the SDK's checksums in JavaScript",
  },
  // A Lambda's region is in its environment: nobody asks the machine where it stands.
  {
    path: /\/getInstanceMetadataRegion$/,
    importer: /\/@smithy\/core\/dist-es\/submodules\/config\//,
    what: "the SDK's look for a region",
  },
  {
    path: /\/(to-json-schema|json-schema-processors)\.js$/,
    importer: /\/zod\/v4\/classic\/schemas\.js$/,
    what: "zod's JSON schemas",
  },
];

const escaped = (text: string): string => text.replace(/[^\w]/g, '\\$&');
const exactly = (names: string[]): RegExp => new RegExp(`^(?:${names.map(escaped).join('|')})$`);
const INSIDE_CORE = /\/botbuilder-core\/lib\/[^/]+\.js$/;

export const slim: Plugin = {
  name: 'slim',
  setup(build) {
    build.onResolve({ filter: exactly(Object.keys(REPLACED)) }, ({ path: name }) => ({
      path: REPLACED[name] as string,
    }));
    for (const { path: filter, importer, what } of ABSENT)
      build.onResolve({ filter }, (asked) =>
        importer.test(asked.importer) ? { path: what, namespace: 'absent' } : undefined,
      );
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path: what }) => ({
      contents: `module.exports = require(${JSON.stringify(stub('absent.ts'))}).absent(${JSON.stringify(what)});`,
      resolveDir: import.meta.dirname,
    }));
    // They say their version; the rest of their package.json is 1 to 2 kB each.
    build.onLoad(
      { filter: /\/(?:@aws-sdk\/client-[\w-]+|twilio|botkit)\/package\.json$/ },
      ({ path: file }) => {
        const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
        return { contents: JSON.stringify({ version }), loader: 'json' };
      },
    );
    build.onLoad({ filter: ALIKE }, ({ path: file }) => ({
      contents: inOne(readFileSync(file, 'utf8'), file),
    }));
    parts(build);
  },
};

/** Queues, topics, the table: two dozen errors each that differ by their name, written out for 20 kB. */
const ALIKE = /\/@aws-sdk\/client-(?:s[qn]s|dynamodb)\/dist-es\/models\/errors\.js$/;
const ERROR =
  /export class (\w+) extends __BaseException \{\s+static shapeId = "([\w.#]+)";\s+name = "\1";\s+\$fault = "(\w+)";\s+constructor\(opts\) \{\s+super\(\{\s+name: "\1",\s+\$fault: "\3",\s+\.\.\.opts,\s+\}\);\s+Object\.setPrototypeOf\(this, \1\.prototype\);\s+\}\s+\}/g;

/** Those that hold nothing but their name, made by one function. Throws where a release writes them otherwise. */
function inOne(code: string, file: string): string {
  const made = code.replace(ERROR, 'export const $1 = /* @__PURE__ */ alike("$1", "$2", "$3");');
  if (made === code) throw new Error(`${file} writes its errors otherwise than it did`);
  return `${made}
function alike(name, shapeId, fault) {
  return class Alike extends __BaseException {
    static shapeId = shapeId;
    name = name;
    $fault = fault;
    constructor(opts) {
      super({ name, $fault: fault, ...opts });
      Object.setPrototypeOf(this, new.target.prototype);
    }
  };
}`;
}

/** Each becomes a module of the names that are used, for us and for the package's own files. */
function parts(build: PluginBuild): void {
  build.onResolve({ filter: exactly(Object.keys(PARTS)) }, ({ path: name, resolveDir }) => ({
    path: name,
    namespace: 'part',
    pluginData: resolveDir,
  }));
  build.onResolve({ filter: /^\.$/ }, ({ importer, resolveDir }) =>
    INSIDE_CORE.test(importer)
      ? { path: 'botbuilder-core', namespace: 'part', pluginData: resolveDir }
      : undefined,
  );
  build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: name, pluginData }) => ({
    contents: Object.entries(PARTS[name] ?? {})
      .map(([as, [file, from]]) => `export { ${from} as ${as} } from ${JSON.stringify(file)};`)
      .join('\n'),
    resolveDir: pluginData as string,
  }));
}
