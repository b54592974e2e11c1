/**
 * Holds the rules of ARCHITECTURE.md by reading the files: where things are, what imports what, how long a
 * file is. Biome says most of it sooner, in the editor; this sees what Biome cannot (`import { env }`, lengths).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refusedHosts } from './setup.ts';

type Files = Record<string, string>;
type Rule = (path: string, code: string) => string[];

const ROOT = new URL('..', import.meta.url);
const FOLDERS = ['locales', 'conversations', 'functions', 'infra', 'tests'];
/** What may hold files at the top that are not ours to judge: built, installed or written at run time. */
const NOT_OURS = ['node_modules', 'dist', 'cdk.out', 'coverage', 'exports'];
const CODE = /\.(ts|tsx|mts|js|mjs|cjs|css|html)$/;
const SCRIPT = /\.(ts|tsx|mts|js|mjs|cjs)$/;
/** Past this a file has more than one subject (CONTRIBUTING.md aims at 60 to 200). */
const MAX_LINES = 400;

/** For each folder, the folders and the packages it may import; no list of packages means any. */
const MAY_IMPORT: Record<string, { folders: string[]; packages?: string[] }> = {
  locales: { folders: ['locales'], packages: ['i18next', 'zod'] },
  conversations: { folders: ['conversations', 'locales'], packages: ['i18next', 'zod'] },
  functions: { folders: ['functions', 'conversations', 'locales'] },
  infra: { folders: ['infra', 'functions', 'conversations', 'locales'] },
};

const folderOf = (path: string): string => path.split('/')[0] ?? '';

/** Comments that stand on lines of their own go; a `//` or `/*` after code may be part of a string and stays. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, '').replace(/^[ \t]*\/\/.*$/gm, '');
}

function importsOf(code: string): string[] {
  const forms = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\b(?:import|require)\s*\(\s*['"`]([^'"`]+)['"`]/g,
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''));
}

const oneWay: Rule = (path, code) => {
  const allowed = MAY_IMPORT[folderOf(path)];
  if (!allowed) return [];
  return importsOf(code).flatMap((name) => {
    if (name.startsWith('.') || name.startsWith('/')) {
      const target = name.startsWith('/') ? name : posix.join(posix.dirname(path), name);
      return allowed.folders.includes(folderOf(target)) ? [] : [`imports ${name}`];
    }
    const listed = allowed.packages?.some((known) => name === known || name.startsWith(`${known}/`));
    return listed === false ? [`imports ${name}`] : [];
  });
};

const oneLambdaAFile: Rule = (path, code) => {
  if (!/^functions\/[^/]+\.tsx?$/.test(path)) return [];
  const exported =
    /^export\s+(?:const|let|async\s+function|function)\s+handler\b|^export\s*\{[^}]*\bhandler\b/m;
  return exported.test(code) ? [] : ['stands directly in functions/ and exports no `handler`'];
};

const noDefaultExport: Rule = (_path, code) =>
  /^\s*export\s+default\b|^\s*export\s*\{[^}]*\bas\s+default\b/m.test(code) ? ['has a default export'] : [];

const environmentInOnePlace: Rule = (path, code) => {
  const allowed = path === 'functions/runtime/env.ts' || ['infra', 'tests'].includes(folderOf(path));
  const read =
    /\bprocess\s*(?:\?\.|\.|(?:\?\.)?\[\s*['"`])\s*env\b/.test(code) ||
    /\benv\b[^{}=]*\}\s*=\s*(?:globalThis\s*\.\s*)?process\b/.test(code) ||
    /^\s*import\b[^'"`;]*\benv\b[^'"`;]*\bfrom\s*['"](?:node:)?process['"]/m.test(code);
  return read && !allowed ? ['reads process.env; only functions/runtime/env.ts and infra/ may'] : [];
};

const kebabCase = (path: string): string[] => {
  const name = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
  const odd = path.split('/').find((part) => !name.test(part));
  return odd ? [`is not kebab-case: ${odd}`] : [];
};

const SCRIPT_RULES = [oneWay, oneLambdaAFile, noDefaultExport, environmentInOnePlace];

/** What is wrong with one file of the five folders. */
function faultsOf(path: string, text: string): string[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  const length = lines > MAX_LINES ? [`has ${lines} lines, at most ${MAX_LINES} are allowed`] : [];
  const code = withoutComments(text);
  const rules = SCRIPT.test(path) ? SCRIPT_RULES : [];
  return [...length, ...kebabCase(path), ...rules.flatMap((rule) => rule(path, code))];
}

/** Every broken rule as "path: what is wrong"; `files` are texts by path from the top, with forward slashes. */
function violations(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (FOLDERS.includes(folderOf(path))) return faultsOf(path, text).map((what) => `${path}: ${what}`);
    const stray = SCRIPT.test(path) && !/^[^/]+\.config\.ts$/.test(path);
    return stray ? [`${path}: is code outside the five folders`] : [];
  });
}

function readCode(folder = ''): Files {
  const files: Files = {};
  for (const entry of readdirSync(new URL(folder || '.', ROOT), { withFileTypes: true })) {
    const path = folder + entry.name;
    if (entry.isDirectory() && !entry.name.startsWith('.') && !NOT_OURS.includes(path)) {
      Object.assign(files, readCode(`${path}/`));
    } else if (entry.isFile() && CODE.test(path)) {
      files[path] = readFileSync(new URL(path, ROOT), 'utf8');
    }
  }
  return files;
}

describe('the code', () => {
  const files = readCode();

  test('is found by the checker', () => {
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['vitest.config.ts', 'tests/setup.ts']));
    expect(new Set(Object.keys(files).map(folderOf))).toContain('conversations');
  });

  test('keeps every rule', () => {
    expect(violations(files)).toEqual([]);
  });
});

describe('the checker', () => {
  test('accepts code that keeps the rules', () => {
    const files: Files = {
      'locales/fr/index.ts': "import i18next from 'i18next';\nimport { thanks } from './thanks.ts';\n",
      'conversations/questions/choice.ts':
        "import * as z from 'zod';\nimport type {\n  A,\n} from '../../locales/index.ts';\nimport t from '../turn.ts';\n",
      'conversations/turn.ts':
        "/** import fs from 'node:fs' is what this file must not do; nor process.env */\n",
      'conversations/surveys/load.ts': "import square from './square.r1.json';\n// export default square\n",
      'functions/webhook.tsx':
        "import { turn } from '../conversations/turn.ts';\nexport const handler = turn;\n",
      'functions/remind.ts': 'const handler = 1;\nexport { handler };\n',
      'functions/runtime/env.ts': 'export const table = process.env.TABLE;\n',
      'infra/app.ts':
        "import { table } from '../functions/runtime/env.ts';\nexport const stage = process.env.STAGE;\n",
      'tests/turn.test.ts': "import { app } from '../infra/app.ts';\nprocess.env.STAGE = 'x';\n",
      'vitest.config.ts': 'export default {};\n',
      'infra/full.ts': 'x\n'.repeat(MAX_LINES),
    };
    expect(violations(files)).toEqual([]);
  });

  test.each([
    ['a package in a conversation', 'conversations/a.ts', "import twilio from 'twilio';"],
    ['a look-alike package', 'conversations/a.ts', "import z from 'zod-extra';"],
    ['a node module', 'conversations/a.ts', "import { readFileSync } from 'node:fs';"],
    ['a dynamic import', 'conversations/a.ts', "const fs = await import('node:fs');"],
    ['a required module', 'conversations/a.ts', "const fs = require('fs');"],
    ['an import for its side effect', 'conversations/a.ts', "import 'botkit';"],
    [
      'an import over several lines',
      'conversations/a.ts',
      "import {\n  send,\n} from '../functions/deliver.ts';",
    ],
    ['a re-export', 'conversations/a.ts', "export { send } from '../functions/deliver.ts';"],
    [
      'a type from the outer folder',
      'conversations/b/c.ts',
      "import type { D } from '../../infra/local.ts';",
    ],
    ['an absolute path', 'conversations/a.ts', "import x from '/opt/x.ts';"],
    ['a way out of the project', 'functions/store/a.ts', "import x from '../../../x.ts';"],
    [
      'phrases that know conversations',
      'locales/fr/a.ts',
      "import { turn } from '../../conversations/turn.ts';",
    ],
    ['phrases that do I/O', 'locales/a.ts', "import { readFileSync } from 'node:fs';"],
    ['functions that know infra', 'functions/store/a.ts', "import { stack } from '../../infra/stack.ts';"],
    ['infra that knows the tests', 'infra/a.ts', "import '../tests/setup.ts';"],
    ['a helper among the Lambdas', 'functions/helper.ts', 'export const help = 1;'],
    [
      'a handler that is not exported',
      'functions/webhook.ts',
      'const handler = 1;\nexport const other = handler;',
    ],
    ['a default export', 'infra/a.ts', 'export default class A {}'],
    ['a renamed default export', 'locales/a.ts', 'const a = 1;\nexport { a as default };'],
    ['process.env', 'functions/runtime/deps.ts', 'export const a = process.env.TABLE;'],
    ["process['env']", 'conversations/a.ts', "export const a = process['env'];"],
    ['env taken out of process', 'functions/store/a.ts', 'const { env } = process;'],
    ['env imported', 'functions/store/a.ts', "import { env } from 'node:process';"],
    ['a long file', 'tests/a.test.ts', 'x\n'.repeat(MAX_LINES + 1)],
    ['a name in camelCase', 'functions/store/turnItem.ts', ''],
    ['a folder in PascalCase', 'infra/Local/carrier.ts', ''],
    ['another code folder', 'src/a.ts', ''],
    ['a script at the top', 'build.mjs', ''],
  ])('sees %s', (_label, path, code) => {
    expect(violations({ [path]: code })).toEqual([expect.stringMatching(new RegExp(`^${path}: `))]);
  });
});

describe('the network guard', () => {
  const refused = (host: string) =>
    expect.objectContaining({ message: expect.stringContaining(`"${host}"`) });

  test('lets a test reach a server of its own', async () => {
    const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    const address = server.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('ok');
    expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('ok');
    server.closeAllConnections();
    server.close();
    expect(refusedHosts).toEqual([]);
  });

  test.each(['https://api.example.org/secret', 'http://192.0.2.1/secret', 'http://[2001:db8::1]/secret'])(
    'refuses %s, names the host and nothing more',
    async (url) => {
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
      const error: Error = await fetch(url).then(
        () => Promise.reject(new Error('reached')),
        (cause) => cause,
      );
      expect(error.cause).toEqual(refused(host));
      expect(String(error.cause)).not.toContain('secret');
      expect(refusedHosts.splice(0)).toEqual([host]);
    },
  );

  test('refuses a plain socket that is written to at once', async () => {
    const socket = connect(9, 'host.example.org');
    socket.write('secret');
    const error = await new Promise((resolve) => socket.once('error', resolve));
    expect(error).toEqual(refused('host.example.org'));
    expect(refusedHosts.splice(0)).toEqual(['host.example.org']);
  });

  test.fails('fails a test that swallowed the refusal', async () => {
    await fetch('https://host.example.org/').catch(() => 'swallowed');
  });
});
