/**
 * Cold starts: CPU time of a fresh process until a bundle is loaded, as a ratio to a hello-world handler; and until
 * the webhook has answered its first message, with everything that AWS would answer on the same machine.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { build, CITIES, functionNames } from '../../infra/build.ts';
import { openStore } from '../../infra/local/store.ts';
import httpEvent from '../infra/events/http.json';
import { startFakeAws } from '../infra/fake-aws.ts';
import { ACCOUNT, freshSid, NUMBER, PUBLIC_URL, signed, smsForm, TOKEN } from '../support/city.ts';
import { beside, bundle, inTemporaryFolder, interleaved, run } from './children.ts';
import { aim, at, best, median, type Part, rounded, table, times } from './report.ts';

interface Loaded {
  load: number;
  whole: number;
  rssMb: number;
}

const HELLO = 'hello-world handler';
const WEBHOOK = '**webhook**';
const SAMPLE = 'Botkit sample, whole';
const UNSLIMMED = 'our webhook, esbuild defaults';
const FIRST = 'webhook, first message answered';
const AIM = 2.5;
const HOPE = 2;

const LOAD = new URL('./cold-start/load.cjs', import.meta.url);
const SECRET = {
  twilioAccountSid: ACCOUNT,
  twilioToken: TOKEN,
  twilioNumber: NUMBER,
  addressKey: 'a'.repeat(32),
  answersKey: 'b'.repeat(32),
  suppressionKey: 'c'.repeat(32),
};

/** API Gateway's event of one inbound SMS from someone new. */
function smsEvent(from: string): string {
  const { path: rawPath, headers, body } = signed('/webhooks/twilio', smsForm(from, 'SQUARE', freshSid()));
  const http = { ...httpEvent.requestContext.http, method: 'POST', path: rawPath };
  return JSON.stringify({
    ...httpEvent,
    rawPath,
    rawQueryString: '',
    headers: { ...httpEvent.headers, ...headers },
    requestContext: { ...httpEvent.requestContext, http },
    body,
    isBase64Encoded: false,
  });
}

/** The bundles by what they are. */
async function bundles(folder: string): Promise<Record<string, string>> {
  const dist = path.join(folder, 'dist');
  await build({ outdir: dist });
  const whole = { slim: false };
  const dynamodb = new URL('./cold-start/dynamodb.ts', import.meta.url);
  return {
    [HELLO]: await bundle(new URL('./cold-start/hello.ts', import.meta.url), folder, 'hello', whole),
    'DynamoDB client alone, slim': await bundle(dynamodb, folder, 'dynamodb', { slim: true }),
    ...Object.fromEntries(
      functionNames().map((name) => [name === 'webhook' ? WEBHOOK : name, path.join(dist, name, 'index.js')]),
    ),
    [UNSLIMMED]: await bundle(
      new URL('../../functions/webhook.ts', import.meta.url),
      folder,
      'webhook',
      whole,
    ),
    [SAMPLE]: await bundle(
      new URL('./cold-start/botkit-sample.ts', import.meta.url),
      folder,
      'sample',
      whole,
    ),
  };
}

export const coldStart: Part = (quick) =>
  inTemporaryFolder(async (folder) => {
    const files = await bundles(folder);
    const programs: Record<string, () => Promise<Loaded>> = {};
    for (const [name, file] of Object.entries(files)) programs[name] = () => run([beside(LOAD), file]);
    const store = await openStore();
    const aws = await startFakeAws(SECRET);
    const webhook = at(files, WEBHOOK);
    const env = {
      AWS_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_DYNAMODB: store.endpoint,
      TABLE: store.table,
      INBOUND_QUEUE_URL: `${aws.url}/queue`,
      OUTBOUND_QUEUE_URL: `${aws.url}/queue`,
      MEDIA_QUEUE_URL: `${aws.url}/queue`,
      BROADCAST_QUEUE_URL: `${aws.url}/queue`,
      EXPORT_QUEUE_URL: `${aws.url}/queue`,
      PUBLIC_URL,
      SECRET_ID: 'secret',
      CITY_FILE: path.join(path.dirname(webhook), CITIES, 'exemple.json'),
      TWILIO_API_URL: aws.url,
    };
    let people = 0;
    programs[FIRST] = () => {
      people += 1;
      return run(
        [beside(LOAD), webhook, smsEvent(`+3363998${String(people).padStart(4, '0')}`), '<Message'],
        env,
      );
    };
    try {
      return report(await interleaved(quick ? 1 : 15, programs), { ...files, [FIRST]: webhook });
    } finally {
      await aws.close();
      await store.close();
    }
  });

function report(measured: Record<string, Loaded[]>, files: Record<string, string>): string {
  const of = (name: string, what: keyof Loaded): number[] => at(measured, name).map((each) => each[what]);
  const hello = best(of(HELLO, 'whole'));
  const ratio = (name: string): number => best(of(name, 'whole')) / hello;
  const head = [
    'bundle',
    'kB',
    'load, CPU ms best / median',
    'whole process, CPU ms',
    'to hello-world',
    'RSS MB',
  ];
  const rows = Object.keys(measured).map((name) => [
    name,
    rounded(statSync(at(files, name)).size / 1000),
    `${rounded(best(of(name, 'load')))} / ${rounded(median(of(name, 'load')))}`,
    rounded(best(of(name, 'whole'))),
    times(ratio(name)),
    rounded(best(of(name, 'rssMb'))),
  ]);
  return [
    table(head, rows),
    '',
    aim(`webhook at most ${AIM}x a hello-world, got ${times(ratio(WEBHOOK))}`, ratio(WEBHOOK) <= AIM),
    aim(`hoped for ${HOPE}x`, ratio(WEBHOOK) <= HOPE),
    aim(
      `the Botkit sample at least 4x the webhook, got ${times(ratio(SAMPLE) / ratio(WEBHOOK))}`,
      ratio(SAMPLE) >= 4 * ratio(WEBHOOK),
    ),
  ].join('\n');
}
