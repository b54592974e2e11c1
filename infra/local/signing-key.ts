/** What the issuer of the example signs ID tokens with. */
import { generateKeyPairSync } from 'node:crypto';

/** A private key as JWK, in text: made on first start, kept with the other secrets. */
export const freshSigningKey = (): string =>
  JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
