/** The store of this machine, from a command beside it: the running host's, or the data folder where none runs. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Refused } from '../command/refused.ts';
import { isAlive, isAnswering, readLocal } from './folder.ts';
import { connectStore, openStore, type Store } from './store.ts';

export type Reached = Pick<Store, 'client' | 'table' | 'close'> & {
  /** Whether the host has it open: then what it left half done is the host's to finish. */
  running: boolean;
};

/** `make`: the folder may be new. Throws `Refused` where there is nothing to reach, or another program has it. */
export async function reachStore(folder: string, { make = false } = {}): Promise<Reached> {
  const host = await readLocal(folder);
  if (host && isAlive(host.pid) && (await isAnswering(host.store)))
    return { ...connectStore(host.store), running: true };
  if (!make && !existsSync(path.join(folder, 'store')))
    throw new Refused(`il n'y a pas encore de données dans « ${folder} »: lancez d'abord npm start`);
  return { ...(await openFolder(folder)), running: false };
}

/** dynalite throws past every caller where another process has the folder. */
async function openFolder(folder: string): Promise<Store> {
  const sentence = `« ${folder} » est ouvert par un autre programme: attendez qu'il ait démarré ou fini`;
  const taken = (): never => {
    console.error(sentence);
    process.exit(1);
  };
  process.once('uncaughtException', taken);
  try {
    return await openStore(folder);
  } catch (cause) {
    throw new Refused(sentence, { cause });
  } finally {
    process.off('uncaughtException', taken);
  }
}
