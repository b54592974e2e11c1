/**
 * Fetches what residents sent (photos, voice notes) from the provider, checks it, takes out what a camera wrote into
 * it, and stores it for as long as messages are kept; deletes what somebody has had erased.
 */
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Deps } from './runtime/deps.ts';
import { readEnv } from './runtime/env.ts';
import { type Files, fetchAll } from './runtime/fetch-media.ts';
import { queueLambda } from './runtime/lambda.ts';
import type { QueueMessage } from './runtime/queue.ts';

/** Handles one message. Throws where it must come back. */
export const create =
  (deps: Deps, files: Files) =>
  async (message: QueueMessage): Promise<void> => {
    if (message.kind === 'fetch') await fetchAll(deps, files, message.hash, message.event);
    else if (message.kind === 'forget') for (const name of message.files) await files.delete(name);
    else throw new Error(`the media queue takes "fetch" and "forget", got "${message.kind}"`);
  };

function s3Files(): Files {
  const { MEDIA_BUCKET: Bucket } = readEnv();
  if (!Bucket) throw new Error('the environment has no MEDIA_BUCKET');
  const client = new S3Client({});
  return {
    async put(Key, Body, ContentType) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },
    async delete(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
}

export const handler = queueLambda((deps) => create(deps, s3Files()));
