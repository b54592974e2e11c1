/** The deps of a command beside the local host: nothing is sent, nothing announced. */
import { createDeps, type Deps } from '../../functions/runtime/deps.ts';
import { createLog } from '../../functions/runtime/log.ts';
import { settleEveryone } from '../../functions/runtime/take-turn.ts';
import { localWorld } from './city.ts';
import { createClock } from './clock.ts';
import { readSecrets } from './folder.ts';
import { reachStore } from './reach.ts';
import { repair } from './repair.ts';

/** Runs `work` on the store of the running host, or on the folder. `make`: the folder may be new. */
export async function withDeps<Made>(
  folder: string,
  work: (deps: Deps) => Promise<Made>,
  { make = false } = {},
): Promise<Made> {
  const store = await reachStore(folder, { make });
  const secrets = await readSecrets(folder);
  const { now } = createClock(folder);
  const deps = createDeps({
    now,
    world: localWorld(),
    table: { client: store.client, name: store.table },
    keys: { address: secrets.addressKey, answers: secrets.answersKey, suppression: secrets.suppressionKey },
    queue: { send: async () => {} },
    outbound: { send: async () => {} },
    fetching: { send: async () => {} },
    broadcasting: { send: async () => {} },
    exporting: { send: async () => {} },
    mediaFrom: { hosts: [] },
    announcer: { publish: async () => {}, alarm: async () => {} },
    providers: () => ({ senders: {}, receivers: {}, carriers: {}, smsFrom: {} }),
    publicUrl: '',
    log: createLog((line) => console.error(line)),
  });
  try {
    if (!store.running) {
      // The host may have been killed: the index and what turns had decided are mended as at its start.
      await repair(store.client, store.table, now());
      await settleEveryone(deps);
    }
    await deps.settings.refresh();
    return await work(deps);
  } finally {
    await store.close();
  }
}
