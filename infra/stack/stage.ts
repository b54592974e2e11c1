/**
 * One deployment: which city, in which account, at what price. One validated file each in `infra/cities/`; whatever
 * differs between two deployments stands there and nowhere else.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { type City, readCity } from '../../conversations/city.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'infra/cities');

const Stage = z.strictObject({
  city: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  stage: z.enum(['test', 'prod']),
  account: z.string().regex(/^\d{12}$/, 'an AWS account has 12 digits'),
  /** The data stays in France (channels.md L15). */
  region: z.literal('eu-west-3'),
  /** From the top of the project. */
  cityFile: z.string().regex(/^conversations\/cities\/[a-z0-9-]+\.json$/),
  /** Without it the address is the one that AWS gives. The certificate must be in the same region. */
  domain: z
    .strictObject({
      name: z.hostname(),
      certificateArn: z.string().regex(/^arn:aws:acm:eu-west-3:\d{12}:certificate\/[\w-]+$/),
    })
    .optional(),
  /** Who is woken; has to confirm a mail from AWS. */
  alarmEmail: z.email(),
  /** Who else is told what happened, by kind of event (functions/runtime/domain-events.ts). No personal data is in it. */
  subscribers: z
    .array(
      z.strictObject({
        email: z.email(),
        types: z
          .array(
            z.enum([
              'joined',
              'stopped',
              'resumed',
              'survey-ended',
              'call-asked',
              'alarm',
              'erased',
              'delivery',
              'exported',
            ]),
          )
          .min(1),
        states: z
          .array(z.enum(['failed', 'delivered']))
          .min(1)
          .optional(),
      }),
    )
    .max(10, 'ten subscribers at most')
    .default([]),
  /**
   * SMS through Amazon SNS: instead of Twilio (`primary`), or while Twilio is stopped. A sender id is one-way; a
   * number that AWS has given the city takes replies too (channels.md 3).
   */
  sns: z
    .strictObject({
      primary: z.boolean(),
      senderId: z
        .string()
        .regex(
          /^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/,
          'a sender id is 3 to 11 letters and digits, one letter at least',
        )
        .optional(),
      originationNumber: z
        .string()
        .regex(/^\d{5,14}$/)
        .optional(),
      /** A message that would cost more is not sent. */
      maxPriceUsd: z.number().positive(),
    })
    .refine(
      ({ senderId, originationNumber }) => Boolean(senderId) !== Boolean(originationNumber),
      'give a senderId or an originationNumber, not both',
    )
    .optional(),
  monthlyBudgetUsd: z.int().min(1),
  /** Request units a second at most. A mistake once wrote 200 million items in a day (speed-and-faults.md 1.4). */
  throughput: z.strictObject({ reads: z.int().min(1), writes: z.int().min(1) }),
  requestsPerSecond: z.int().min(1),
  /** A new account allows 10 Lambdas at once and refuses to set any of them aside; true from 1,000 on. */
  reserveConcurrency: z.boolean(),
});

export interface Stage extends z.infer<typeof Stage> {
  /** `porte-voix-<city>-<stage>`: begins the name of everything deployed. */
  prefix: string;
  facts: City;
}

/** Reads one file. Throws with every fault, its place and the value. */
export function readStage(data: unknown, name: string): Stage {
  const parsed = Stage.safeParse(data);
  if (!parsed.success) throw new Error(`deployment ${name} is not valid\n${z.prettifyError(parsed.error)}`);
  const { city, stage, cityFile } = parsed.data;
  const facts = readCity(JSON.parse(readFileSync(path.join(ROOT, cityFile), 'utf8')), cityFile);
  if (stage === 'prod' && facts.example)
    throw new Error(
      `deployment ${name} is prod and ${cityFile} is an example, set "example" to false once its facts are the city's own`,
    );
  return { ...parsed.data, prefix: `porte-voix-${city}-${stage}`, facts };
}

/** Every deployment of the folder. */
export const readStages = (): Stage[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readStage(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')), name));
