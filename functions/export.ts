/**
 * Writes a survey's answers to the export bucket and answers with links that expire. Asked for by staff
 * (docs/runbook.md); on one machine `npm run export` does the same.
 */
import { PassThrough } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { readEnv } from './runtime/env.ts';
import { create } from './runtime/export-survey.ts';
import { lambdaDeps } from './runtime/lambda-deps.ts';
import { describe } from './runtime/log.ts';

/** Seconds a link works. */
const LINK = 900;

export interface ExportRequest {
  survey: string;
}
export interface ExportAnswer {
  rows: number;
  files: { name: string; url: string }[];
}

export const handler = async ({ survey }: ExportRequest): Promise<ExportAnswer> => {
  const { EXPORT_BUCKET } = readEnv();
  if (!EXPORT_BUCKET) throw new Error('EXPORT_BUCKET is not set: this function cannot write anywhere');
  const client = new S3Client({});
  const folder = `${Date.now().toString(36)}/`;
  const uploads: Promise<unknown>[] = [];
  const open = (name: string): PassThrough => {
    const body = new PassThrough();
    const params = {
      Bucket: EXPORT_BUCKET,
      Key: `${folder}${name}`,
      Body: body,
      ContentType: 'text/csv; charset=utf-8',
    };
    uploads.push(new Upload({ client, params }).done());
    return body;
  };
  const deps = await lambdaDeps();
  const { files, rows } = await create(deps)(survey, open);
  await Promise.all(uploads);
  await deps.announcer
    .publish({ type: 'exported', id: deps.freshId(), at: deps.now().toISOString(), survey })
    .catch((error) => deps.log.error('event-unpublished', { ...describe(error), type: 'exported' }));
  const links = files.map(async (name) => {
    const command = new GetObjectCommand({ Bucket: EXPORT_BUCKET, Key: `${folder}${name}` });
    return { name, url: await getSignedUrl(client, command, { expiresIn: LINK }) };
  });
  return { rows, files: await Promise.all(links) };
};
