/** Links to exports, held to what AWS's own signer makes of the same request. */

import { createHash, createHmac } from 'node:crypto';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { expect, it } from 'vitest';
import { signedLink } from '../../functions/runtime/export-links.ts';

/** As AWS's signer wants its hash. */
class Sha256 {
  private readonly hash;
  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key as string | Uint8Array);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(data as string | Uint8Array);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {}
}

const NOW = new Date('2026-11-25T14:05:09.123Z');

it.each([
  ['a key of the role', '20261125T140509123Z-x8Kq2aB0/2026-11_square_reponses.csv', undefined],
  [
    'credentials that expire',
    '20261125T140509123Z-x8Kq2aB0/2026-11_square_reponses.xlsx',
    'Fwo/GZXIv+YXdzE==',
  ],
  ['a key with signs that are escaped', 'a(1)!/é & *.csv', 'token'],
])('with %s the signature is AWS’s', async (_, key, sessionToken) => {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret/of+the=role', sessionToken };
  const made = new URL(
    signedLink(
      { bucket: 'exports', key, name: '2026-11_square_reponses.csv', type: 'text/csv; charset=utf-8' },
      { region: 'eu-west-3', credentials },
      NOW,
    ),
  );
  const signer = new S3RequestPresigner({
    region: 'eu-west-3',
    credentials: {
      ...credentials,
      ...(sessionToken !== undefined && { sessionToken }),
    } as typeof credentials & {
      sessionToken: string;
    },
    sha256: Sha256,
  });
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: made.host,
      path: made.pathname,
      headers: {},
      query: {
        'response-content-disposition': 'attachment; filename="2026-11_square_reponses.csv"',
        'response-content-type': 'text/csv; charset=utf-8',
      },
    },
    { expiresIn: 900, signingDate: NOW },
  );
  expect(Object.fromEntries(made.searchParams)).toEqual(
    Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
  );
});
