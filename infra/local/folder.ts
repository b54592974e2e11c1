/**
 * The data folder of the local host: who runs on it, and the secrets made on first start. Other commands read
 * `local.json` to find the host; a file left by a host that died is told from a living one.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshSigningKey } from './signing-key.ts';

/** What `DATA_DIR/local.json` holds while a host runs. */
export interface LocalFile {
  url: string;
  handsetUrl: string;
  consoleUrl: string;
  /** The store's endpoint, for the AWS SDK. */
  store: string;
  table: string;
  pid: number;
  /** The public URLs that signatures are made over, without fragment. */
  webhooks: { twilio: string; messenger: string };
  twilio: { accountSid: string; authToken: string; number: string; whatsapp: string };
  meta: { appSecret: string; verifyToken: string; pageId: string; pageToken: string };
  /** Where the stand-in listens as each provider: what an SDK is given as its base URL. */
  carrier: { twilio: string; meta: string; sns: string };
}

export interface LocalSecrets {
  twilioAccountSid: string;
  twilioToken: string;
  metaAppSecret: string;
  metaPageToken: string;
  metaVerifyToken: string;
  addressKey: string;
  answersKey: string;
  suppressionKey: string;
  consoleClientSecret: string;
  /** What the issuer of the example signs with: `identity.tsx`. */
  identityKey: string;
  identityCookieKey: string;
}

const localFile = (folder: string): string => path.join(folder, 'local.json');

/** Whole or not at all: a reader never sees half a file. */
async function writeWhole(file: string, text: string, mode = 0o644): Promise<void> {
  await writeFile(`${file}.tmp`, text, { mode });
  await rename(`${file}.tmp`, file);
}

async function readJson<Content>(file: string): Promise<Content | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const readLocal = (folder: string): Promise<LocalFile | undefined> =>
  readJson<LocalFile>(localFile(folder));

export const writeLocal = (folder: string, content: LocalFile): Promise<void> =>
  writeWhole(localFile(folder), `${JSON.stringify(content, null, 2)}\n`, 0o600);

export const removeLocal = (folder: string): Promise<void> => rm(localFile(folder), { force: true });

/** Made on first start, readable by the owner alone, never committed. */
export async function readSecrets(folder: string): Promise<LocalSecrets> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'secrets.json');
  const known = await readJson<LocalSecrets>(file);
  const secret = (): string => randomBytes(32).toString('hex');
  const short = (): string => randomBytes(16).toString('hex');
  const made: LocalSecrets = {
    twilioAccountSid: `AC${short()}`,
    twilioToken: short(),
    metaAppSecret: short(),
    metaPageToken: short(),
    metaVerifyToken: short(),
    addressKey: secret(),
    answersKey: secret(),
    suppressionKey: secret(),
    consoleClientSecret: secret(),
    identityKey: freshSigningKey(),
    identityCookieKey: secret(),
    // A folder of an earlier version has fewer.
    ...known,
  };
  if (known && Object.keys(known).length === Object.keys(made).length) return made;
  await writeWhole(file, `${JSON.stringify(made, null, 2)}\n`, 0o600);
  return made;
}

/** Whether something answers HTTP there. */
export async function isAnswering(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(2000) });
    return true;
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
