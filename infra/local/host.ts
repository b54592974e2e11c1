/**
 * The local host: the same functions in one process, with the embedded store, a queue, a clock and the stand-in
 * carrier around them. One process owns a data folder.
 */
import path from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { World } from '../../conversations/moment.ts';
import { snsClient } from '../../functions/channels/sns-send.ts';
import { create as createConsole } from '../../functions/console.ts';
import { create as createPages } from '../../functions/pages.ts';
import { createDeps, type Deps } from '../../functions/runtime/deps.ts';
import { createLog } from '../../functions/runtime/log.ts';
import { providersOf } from '../../functions/runtime/providers.ts';
import { createDb } from '../../functions/store/db.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createCarrier } from './carrier.ts';
import { localWorld } from './city.ts';
import { type Clock, createClock } from './clock.ts';
import { localExports } from './export-files.ts';
import { localFiles } from './files.ts';
import { isAlive, isAnswering, readLocal, readSecrets, removeLocal, writeLocal } from './folder.ts';
import { gateway } from './gateway.ts';
import { handset } from './handset.tsx';
import { type IdentityOptions, identity, identitySettings } from './identity.tsx';
import { createMeta } from './meta-api.ts';
import { createMetaFaults } from './meta-faults.ts';
import { openMetaLog } from './meta-log.ts';
import { createPhones } from './phones.ts';
import { serveMeta, serveSns } from './provider-servers.ts';
import { createLocalQueue } from './queue.ts';
import { repair } from './repair.ts';
import { createSnsApi } from './sns-api.ts';
import { openStore, type Store } from './store.ts';
import { serveTwilio } from './twilio-api-server.ts';
import { mediaFolder } from './twilio-media.ts';
import { createWork } from './work.ts';

/** The city's number on the stand-in network: a short code, as French law wants for two-way SMS. */
const NUMBER = '38123';
/** Its WhatsApp sender, of the range for fiction. */
const WHATSAPP = '+33939980001';
/** Its page on Messenger, and what AWS's SDK signs with: the stand-ins know no others. */
const PAGE = '100000000000001';
const SNS_KEY = 'AKIALOCALLOCALLOCAL0';
const HOST = '127.0.0.1';
/** What Lambda takes, in bytes: a file of staff's is refused by the console, in French, before that. */
const LAMBDA_BODY = 6 * 1024 * 1024;
/** How often the host looks whether something is due, in real time. */
const TICK = 1000;
/** Seconds after which `npm run survey -- import` beside the host is seen. */
const SURVEYS_EVERY = 2;

export interface Host {
  url: string;
  deps: Deps;
  store: Store;
  clock: Clock;
  /** Turns the clock and runs everything due on the way, in order. */
  advanceTo(target: Date): Promise<void>;
  close(): Promise<void>;
}

/** Refused because another host has the folder. */
export class FolderTaken extends Error {
  override name = 'FolderTaken';
}

export async function startHost(options: { folder: string; port: number; world?: World }): Promise<Host> {
  const { folder } = options;
  const running = await readLocal(folder);
  if (running && isAlive(running.pid) && (await isAnswering(running.store)))
    throw new FolderTaken(
      `un autre Porte-Voix (processus ${running.pid}) utilise déjà ce dossier: ${running.url}`,
    );
  const secrets = await readSecrets(folder);
  const world = options.world ?? localWorld();
  const store = await openStore(folder);
  const clock = createClock(folder);
  const log = createLog((line) => console.error(line));
  const db = createDb(store.client, store.table);
  const queue = createLocalQueue('inbound', db, clock.now, log);
  const outbound = createLocalQueue('outbound', db, clock.now, log);
  const fetching = createLocalQueue('media', db, clock.now, log);
  const broadcasting = createLocalQueue('broadcast', db, clock.now, log);
  const exporting = createLocalQueue('export', db, clock.now, log);
  const exported = localExports(path.join(folder, 'exports'), clock.now);
  const mended = await repair(store.client, store.table, clock.now());
  if (mended.stale + mended.missing > 0) log.info('index-mended', mended);

  const app = new Hono();
  let open = false;
  const server = await listen(
    (request, env) => (open ? app.fetch(request, env) : new Response('starting', { status: 503 })),
    options.port,
  );
  const url = `http://${HOST}:${server.port}`;
  const signer: IdentityOptions = {
    url,
    city: world.city,
    clientSecret: secrets.consoleClientSecret,
    signingKey: secrets.identityKey,
    cookieKey: secrets.identityCookieKey,
  };
  const account = { accountSid: secrets.twilioAccountSid, authToken: secrets.twilioToken };
  const deps = createDeps({
    now: clock.now,
    world,
    surveysEvery: SURVEYS_EVERY,
    table: { client: store.client, name: store.table },
    keys: { address: secrets.addressKey, answers: secrets.answersKey, suppression: secrets.suppressionKey },
    queue,
    outbound,
    announcer: {
      publish: async (event) => log.info('event', { type: event.type }),
      alarm: async ({ kind, what }) => log.error('alarm', { kind, about: what }),
    },
    fetching,
    broadcasting,
    exporting,
    mediaFrom: {
      hosts: [],
      standIn: `${url}/carrier`,
      credentials: {
        host: new URL(url).host,
        authorization: `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`,
      },
    },
    providers: providersOf({
      publicUrl: url,
      twilio: {
        accountSid: account.accountSid,
        tokens: [account.authToken],
        number: NUMBER,
        whatsapp: WHATSAPP,
        apiUrl: `${url}/carrier/twilio`,
        contentUrl: `${url}/carrier/twilio`,
        messagingUrl: `${url}/carrier/twilio`,
      },
      meta: {
        pageId: PAGE,
        pageToken: secrets.metaPageToken,
        appSecrets: [secrets.metaAppSecret],
        verifyToken: secrets.metaVerifyToken,
        apiUrl: `${url}/carrier/meta`,
      },
      sns: {
        client: snsClient({
          endpoint: `${url}/carrier/sns`,
          region: 'eu-west-3',
          credentials: { accessKeyId: SNS_KEY, secretAccessKey: SNS_KEY },
        }),
        primary: false,
        originationNumber: NUMBER,
        maxPriceUsd: 0.2,
      },
    }),
    publicUrl: url,
    signIn: identitySettings(signer),
    exported,
    log,
  });
  forgetForGood(deps, store);
  const carrier = createCarrier({
    ...account,
    file: path.join(folder, 'carrier.jsonl'),
    number: NUMBER,
    whatsappNumber: WHATSAPP,
    webhookUrl: `${url}/webhooks/twilio`,
    apiUrl: `${url}/carrier/twilio`,
    now: clock.now,
    post,
  });
  const metaFaults = createMetaFaults();
  const meta = createMeta({
    pageId: PAGE,
    token: secrets.metaPageToken,
    appSecret: secrets.metaAppSecret,
    webhookUrl: `${url}/webhooks/messenger`,
    now: clock.now,
    post,
    log: openMetaLog(path.join(folder, 'meta.jsonl')),
    fault: metaFaults.next,
  });
  const sns = createSnsApi({
    accessKeyId: SNS_KEY,
    number: NUMBER,
    optOuts: 'ours',
    now: clock.now,
    inbound: () => undefined,
  });
  const settle = async (): Promise<void> => {
    await carrier.settle();
    await meta.settle();
  };
  const work = createWork(
    deps,
    { queue, outbound, fetching, broadcasting, exporting },
    { files: localFiles(path.join(folder, 'media')), exported },
    clock,
    settle,
  );

  const webhook = gateway(createWebhook(deps));
  const pages = gateway(createPages(deps));
  const staff = gateway(createConsole(deps), LAMBDA_BODY);
  app.all('/webhooks/*', (context) => webhook(context.req.raw));
  app.all('/d/*', (context) => pages(context.req.raw));
  app.all('/v/*', (context) => pages(context.req.raw));
  app.all('/donnees', (context) => pages(context.req.raw));
  app.all('/donnees/*', (context) => pages(context.req.raw));
  app.all('/console', (context) => staff(context.req.raw));
  app.all('/console/*', (context) => staff(context.req.raw));
  app.route('/', identity(signer));
  const metaFiles = mediaFolder(path.join(folder, 'meta.media'));
  const filesUrl = `${url}/carrier/files`;
  const phones = createPhones({ carrier, meta, sns, files: metaFiles, filesUrl, work: () => work.tick() });
  app.all('/carrier/twilio/*', (context) =>
    serveTwilio(carrier, '/carrier/twilio')(context.req.raw, context.env),
  );
  app.all('/carrier/meta/*', (context) => serveMeta(meta, '/carrier/meta')(context.req.raw, context.env));
  app.post('/carrier/sns', (context) => serveSns(sns)(context.req.raw));
  app.post('/carrier/sns/', (context) => serveSns(sns)(context.req.raw));
  app.get('/carrier/files/:sid', (context) => {
    const file = phones.media(context.req.param('sid'));
    return file
      ? context.body(new Uint8Array(file.bytes), 200, {
          // Whatever a phone has called it, a browser does not run it; we look at the bytes.
          'Content-Type': 'application/octet-stream',
          'X-Content-Type-Options': 'nosniff',
        })
      : context.notFound();
  });
  app.route(
    '/',
    handset({
      phones,
      numbers: { sms: NUMBER, whatsapp: WHATSAPP, messenger: deps.world.city.messengerPage ?? PAGE },
      faults: { twilio: carrier.faults, meta: metaFaults, sns: sns.faults },
      people: carrier.numbers,
      clock: { now: clock.now, advanceTo: work.advanceTo },
      city: deps.world.city,
    }),
  );
  app.get('/', (context) => context.redirect('/handset'));

  open = true;
  await work.settleAll();
  await carrier.resume();
  await meta.resume();
  await writeLocal(folder, {
    url,
    handsetUrl: `${url}/handset`,
    consoleUrl: `${url}/console`,
    store: store.endpoint,
    table: store.table,
    pid: process.pid,
    webhooks: { twilio: `${url}/webhooks/twilio`, messenger: `${url}/webhooks/messenger` },
    twilio: { ...account, number: NUMBER, whatsapp: WHATSAPP },
    meta: {
      appSecret: secrets.metaAppSecret,
      verifyToken: secrets.metaVerifyToken,
      pageId: PAGE,
      pageToken: secrets.metaPageToken,
    },
    carrier: {
      twilio: `${url}/carrier/twilio`,
      meta: `${url}/carrier/meta`,
      sns: `${url}/carrier/sns`,
    },
  });
  const timer = setInterval(() => void work.tick(), TICK);
  timer.unref();
  return {
    url,
    deps,
    store,
    clock,
    advanceTo: work.advanceTo,
    async close() {
      clearInterval(timer);
      await carrier.close();
      await meta.close();
      await server.close();
      await work.idle();
      await store.close();
      await removeLocal(folder);
    },
  };
}

/** On disk, what is erased is only gone once the files are rewritten. */
function forgetForGood(deps: Deps, store: Store): void {
  const { erase } = deps.residents;
  deps.residents.erase = async (...about) => {
    await erase(...about);
    await store.compact();
  };
  // A goodbye that the API hands over keeps the address until it is out.
  const { sent } = deps.turns;
  deps.turns.sent = async (item) => {
    const marked = await sent(item);
    if (item.session.id === '') await store.compact();
    return marked;
  };
}

/** What a provider posts to our webhook. */
const post = async (to: string, body: string, headers: Record<string, string>) => {
  const answer = await fetch(to, { method: 'POST', body, headers });
  return { status: answer.status, body: await answer.text() };
};

type Fetch = (request: Request, env?: object) => Response | Promise<Response>;

async function listen(fetch: Fetch, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const server: ServerType = await new Promise((resolve, reject) => {
    const made = serve({ fetch, hostname: HOST, port }, () => resolve(made));
    made.once('error', reject);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
