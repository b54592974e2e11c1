/**
 * Pseudonyms: HMACs under keys that are kept apart from the table. Owns how an address or a resident becomes a
 * key, so that no phone number is one (channels.md L17).
 */
import { createHmac } from 'node:crypto';

export interface HashKeys {
  /** For the keys of turn items. */
  address: string;
  /** For answer sheets: who holds the table but not this key cannot tie answers to people. */
  answers: string;
  /** For the list of those who must not be written to, which outlives everything else. */
  suppression: string;
}

export interface Hashes {
  /** 128 bits of `sms:+33…`, URL-safe. */
  address(address: string): string;
  /** A resident's pseudonym in one survey: another survey gives another. */
  pseudonym(resident: string, survey: string): string;
  suppression(address: string): string;
  /** Ten characters that stand for a provider's message id; nobody without the key can tell them beforehand. */
  event(id: string): string;
  /** 256 bits, base64url: a key for what lies enciphered in the table, which holds no key itself. */
  sealing(name: string): string;
}

const LENGTH = 22;
const EVENT_LENGTH = 10;
const hmac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, LENGTH);

export const createHashes = (keys: HashKeys): Hashes => ({
  address: (address) => hmac(keys.address, address),
  pseudonym: (resident, survey) => hmac(keys.answers, `${resident}\n${survey}`),
  suppression: (address) => hmac(keys.suppression, address),
  sealing: (name) => createHmac('sha256', keys.suppression).update(`sealing\n${name}`).digest('base64url'),
  // The letter in front keeps a resident's message apart from what time raises (`w…`, hand-over.ts).
  event: (id) => `m${hmac(keys.address, `event\n${id}`)}`.slice(0, EVENT_LENGTH),
});
