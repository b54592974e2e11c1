/**
 * How often the sign-in is tried from one block of addresses: a quarter of an hour's worth, counted in leases that
 * all instances share. Passwords and codes are guessed at the issuer, which has limits of its own; ours keep a
 * flood from the store and from the issuer's token endpoint.
 */
import { isIPv4, isIPv6 } from 'node:net';
import type { Deps } from '../../runtime/deps.ts';
import { createLeaseStore, LeaseBusy } from '../../store/leases.ts';

const WINDOW = 900_000;
/** Per block, window and act. A whole town hall may stand behind one address, and begins its day at nine. */
export const MOST_TRIES = 60;
/** Seconds after which to try again where the counting itself was in the way. */
const BUSY = 5;

export interface Rate {
  /** Seconds to wait, where it was tried too often. */
  wait(from: string | undefined, act: 'begin' | 'return'): Promise<number | undefined>;
}

export function createRate({ db, hashes, now }: Pick<Deps, 'db' | 'hashes' | 'now'>): Rate {
  const leases = createLeaseStore(db, now);
  return {
    async wait(from, act) {
      const at = now().getTime();
      const window = Math.floor(at / WINDOW);
      const end = (window + 1) * WINDOW;
      // A lease's name is read by whoever reads the table: no address in it.
      const name = `sign-in-${act}-${hashes.address(`block ${blockOf(from)}`)}-${window}`;
      try {
        const may = await leases.take({ name, most: MOST_TRIES, block: 1, until: new Date(end) }, 1);
        return may ? undefined : Math.ceil((end - at) / 1000);
      } catch (error) {
        if (error instanceof LeaseBusy) return BUSY;
        throw error;
      }
    },
  };
}

/** What one person can change their address within: 256 addresses of IPv4, a site's /48 of IPv6. */
export function blockOf(address = ''): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return mapped.split('.').slice(0, 3).join('.');
  if (!isIPv6(address)) return 'unknown';
  // `%eth0` names a network card; the URL parser writes every address in its one shortest form.
  const short = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = short.split('::');
  const [first, last] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const zeros = short.includes('::') ? Array(8 - first.length - last.length).fill('0') : [];
  return [...first, ...zeros, ...last].slice(0, 3).join(':');
}
