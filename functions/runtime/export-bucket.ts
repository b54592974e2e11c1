/** Writes exports to their bucket, in parts as they come. */
import { PassThrough } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ExportSinks } from './exported-files.ts';

export const bucketSinks = (client: S3Client, bucket: string): ExportSinks => ({
  open(key, type) {
    const body = new PassThrough();
    const kept = new Upload({
      client,
      params: { Bucket: bucket, Key: key, Body: body, ContentType: type },
    }).done();
    // Whoever writes would wait for ever for a bucket that has given up.
    kept.catch((error) => body.destroy(error));
    return { sink: body, kept };
  },
});
