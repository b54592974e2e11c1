/**
 * Links to what lies in the bucket of exports, each for a quarter of an hour. Signed here, as AWS describes it
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html): the whole client of S3 would be a
 * tenth of the console's bundle, for one string. A test holds it to what AWS's own signer makes.
 */
import { createHash, createHmac } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readEnv } from './env.ts';
import { type ExportLinks, LINK_SECONDS } from './exported-files.ts';

export interface Signer {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };
}

export interface LinkTo {
  bucket: string;
  key: string;
  /** What a browser saves it as: letters, figures, dots, dashes and underscores. */
  name: string;
  type: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
/** RFC 3986: what encodeURIComponent leaves, AWS does not. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A link that anybody can follow for `LINK_SECONDS` from `now` on. */
export function signedLink(
  { bucket, key, name, type }: LinkTo,
  { region, credentials }: Signer,
  now: Date,
): string {
  const host = `${bucket}.s3.${region}.amazonaws.com`;
  const path = `/${key.split('/').map(encoded).join('/')}`;
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const query = Object.entries({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(LINK_SECONDS),
    ...(sessionToken !== undefined && { 'X-Amz-Security-Token': sessionToken }),
    'X-Amz-SignedHeaders': 'host',
    'response-content-disposition': `attachment; filename="${name}"`,
    'response-content-type': type,
  })
    .map(([field, value]) => `${encoded(field)}=${encoded(value)}`)
    .sort()
    .join('&');
  const canonical = ['GET', path, query, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const signing = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const own = [day, region, 's3', 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  return `https://${host}${path}?${query}&X-Amz-Signature=${hmac(own, signing).toString('hex')}`;
}

/** Throws where the function was told of no bucket. */
export function exportBucket(): string {
  const { EXPORT_BUCKET } = readEnv();
  if (!EXPORT_BUCKET) throw new Error('EXPORT_BUCKET is not set: there is nowhere for exports to lie');
  return EXPORT_BUCKET;
}

/** For who may read the bucket: the role's own credentials, as every client of AWS's finds them. */
export function bucketLinks(now: () => Date): ExportLinks {
  const [bucket, { config }] = [exportBucket(), new DynamoDBClient({})];
  return {
    async handOver(key, name, type) {
      const signer = { region: await config.region(), credentials: await config.credentials() };
      return {
        status: 303,
        headers: { location: signedLink({ bucket, key, name, type }, signer, now()) },
        body: '',
      };
    },
  };
}
