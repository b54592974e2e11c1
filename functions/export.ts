/**
 * Writes a survey's answers to the export bucket: as staff ask in the console, by a queue, or invoked by hand, when it
 * answers with links that expire (docs/runbook.md). On one machine `npm run export` does the same.
 */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { bucketSinks } from './runtime/export-bucket.ts';
import { exportWorker, toldOf } from './runtime/export-job.ts';
import { exportBucket } from './runtime/export-links.ts';
import { create as createExport } from './runtime/export-survey.ts';
import { EXPORT_TYPES, LINK_SECONDS } from './runtime/exported-files.ts';
import { queueLambda } from './runtime/lambda.ts';
import { lambdaDeps } from './runtime/lambda-deps.ts';

export interface ExportRequest {
  survey: string;
}
export interface ExportAnswer {
  rows: number;
  files: { name: string; url: string }[];
}

export const create = exportWorker;

const fromQueue = queueLambda((deps) => create(deps, bucketSinks(new S3Client({}), exportBucket())));

export const handler = (event: ExportRequest | SQSEvent): Promise<ExportAnswer | SQSBatchResponse> =>
  'Records' in event ? fromQueue(event) : byHand(event);

async function byHand({ survey }: ExportRequest): Promise<ExportAnswer> {
  const [client, bucket] = [new S3Client({}), exportBucket()];
  const sinks = bucketSinks(client, bucket);
  const folder = `${Date.now().toString(36)}/`;
  const uploads: Promise<unknown>[] = [];
  const deps = await lambdaDeps();
  const { files, rows } = await createExport(deps)(survey, (name) => {
    const { sink, kept } = sinks.open(`${folder}${name}`, EXPORT_TYPES.csv);
    uploads.push(kept);
    return sink;
  });
  await Promise.all(uploads);
  await toldOf(deps, survey);
  const links = files.map(async (name) => {
    const command = new GetObjectCommand({ Bucket: bucket, Key: `${folder}${name}` });
    return { name, url: await getSignedUrl(client, command, { expiresIn: LINK_SECONDS }) };
  });
  return { rows, files: await Promise.all(links) };
}
