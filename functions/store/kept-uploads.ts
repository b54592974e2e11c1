/**
 * What was uploaded and waits to be confirmed, for an hour: packed and enciphered under a key that is drawn for it and
 * kept nowhere, since it goes out with the page that asks. Whoever has the table alone has nothing; whoever has another's
 * page and is not them has nothing either.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Db } from './db.ts';
import { expiresAt, keys, LIFETIME, uploadParts } from './table.ts';

export interface Ticket {
  id: string;
  /** 256 bits, base64url: for the form alone, never for an address or a log. */
  key: string;
}

export interface UploadStore {
  /**
   * `owner`: only with the same is it opened again. `ticket`: where whoever opens it makes the same again, instead of one
   * that is drawn; what was under it is written over. `seconds`: an hour where nothing is said.
   */
  keep(text: string, owner: string, now: Date, how?: { ticket?: Ticket; seconds?: number }): Promise<Ticket>;
  /** From now on so many seconds; what is over stays so. */
  extend(id: string, now: Date, seconds: number): Promise<void>;
  /** Undefined where there is none, its hour is over, or it is somebody else's. */
  open(ticket: Ticket, owner: string, now: Date): Promise<string | undefined>;
  drop(id: string): Promise<void>;
}

const CIPHER = 'aes-256-gcm';
const [KEY, IV, TAG] = [32, 12, 16];
/** An item of DynamoDB's holds 400 kB. */
const PART = 350_000;

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

const drawn = (): Ticket => ({
  id: randomBytes(16).toString('base64url'),
  key: randomBytes(KEY).toString('base64url'),
});

export const createUploadStore = (db: Db): UploadStore => ({
  async keep(text, owner, now, { ticket = drawn(), seconds = LIFETIME.upload } = {}) {
    const { id } = ticket;
    const [key, iv] = [Buffer.from(ticket.key, 'base64url'), randomBytes(IV)];
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG }).setAAD(
      Buffer.from(`${id}\n${owner}`),
    );
    const sealed = Buffer.concat([cipher.update(await pack(text)), cipher.final()]);
    const whole = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    const ttl = expiresAt(now, seconds);
    for (let at = 0; at < whole.length; at += PART)
      await db.put({ ...keys.upload(id, at / PART), part: whole.slice(at, at + PART), ttl });
    return ticket;
  },
  async extend(id, now, seconds) {
    for await (const { pk, sk, ttl } of db.query(uploadParts(id)))
      if (Number(ttl) * 1000 > now.getTime())
        await db.update({ pk: String(pk), sk: String(sk) }, 'SET #ttl = :ttl', {
          text: 'attribute_exists(pk)',
          names: { '#ttl': 'ttl' },
          values: { ':ttl': expiresAt(now, seconds) },
        });
  },
  async open({ id, key }, owner, now) {
    const parts: string[] = [];
    for await (const { part, ttl } of db.query(uploadParts(id))) {
      // An item may outlive its time by two days before DynamoDB sweeps it.
      if (Number(ttl) * 1000 <= now.getTime()) return undefined;
      parts.push(String(part));
    }
    const [whole, secret] = [Buffer.from(parts.join(''), 'base64'), Buffer.from(key, 'base64url')];
    if (whole.length <= IV + TAG || secret.length !== KEY) return undefined;
    const cipher = createDecipheriv(CIPHER, secret, whole.subarray(0, IV), { authTagLength: TAG })
      .setAAD(Buffer.from(`${id}\n${owner}`))
      .setAuthTag(whole.subarray(IV, IV + TAG));
    try {
      const packed = Buffer.concat([cipher.update(whole.subarray(IV + TAG)), cipher.final()]);
      return (await unpack(packed)).toString('utf8');
    } catch {
      return undefined;
    }
  },
  async drop(id) {
    for await (const { pk, sk } of db.query(uploadParts(id)))
      await db.delete({ pk: String(pk), sk: String(sk) });
  },
});
