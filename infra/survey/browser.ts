/**
 * A headless Chromium for pictures of pages, and for their tests. It comes with `npm ci`; this unpacks it once for each
 * version, starts it with a fresh profile and lets it reach nothing but this machine.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** Read as a file, since the package does not export it. */
const PACKAGE = new URL('../../node_modules/@sparticuz/chromium/package.json', import.meta.url);
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // `tests/setup.ts` guards this process; the browser is another one.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
/** Without it the package brings only the browser, not the libraries that a bare machine lacks. */
const RUNTIME = { AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };
const UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";

/** The folder of the unpacked browser; whole or not there, whoever else unpacks at the same time. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const home = join(tmpdir(), `porte-voix-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(home)) return home;
  const fresh = await mkdtemp(join(tmpdir(), 'porte-voix-unpack-'));
  // In a process of its own: the package changes the environment of the one it is loaded in.
  const env = { ...process.env, ...RUNTIME, TMPDIR: fresh };
  const cwd = new URL('../..', import.meta.url);
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', UNPACK], { env, cwd });
  // The list that comes with it names folders of a Lambda.
  const fonts = `<?xml version="1.0"?><fontconfig><dir>${home}/fonts/fonts</dir><cachedir>${home}/cache</cachedir></fontconfig>`;
  await writeFile(join(fresh, 'fonts', 'fonts.conf'), fonts);
  await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }));
  return home;
}

/** Close it when done: its profile goes with it. */
export async function launchBrowser(): Promise<Browser> {
  const home = await unpacked();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: QUIET,
    headless: true,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(home, 'fonts'),
      TZ: 'UTC',
    },
  });
}
