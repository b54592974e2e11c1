/** The only place where `process.env` is read, and what it must hold in a Lambda. */
import * as z from 'zod';

const Env = z.object({
  TABLE: z.string().min(1),
  INBOUND_QUEUE_URL: z.url(),
  OUTBOUND_QUEUE_URL: z.url(),
  MEDIA_QUEUE_URL: z.url(),
  BROADCAST_QUEUE_URL: z.url(),
  EXPORT_QUEUE_URL: z.url(),
  /** Without a slash at the end. */
  PUBLIC_URL: z.url().regex(/[^/]$/, 'must not end with a slash'),
  SECRET_ID: z.string().min(1),
  /** The city's file, in the bundle. */
  CITY_FILE: z.string().min(1),
  /** Without it nothing is announced. */
  EVENTS_TOPIC: z.string().startsWith('arn:').optional(),
  /** Staff hear of it by e-mail. */
  ALARMS_TOPIC: z.string().startsWith('arn:').optional(),
  /** Of the export, and of the console, which hands its files out. */
  EXPORT_BUCKET: z.string().min(3).optional(),
  /** Of the media function alone. */
  MEDIA_BUCKET: z.string().min(3).optional(),
  /** Who signs agents in, of the console alone; the client's secret is in Secrets Manager under `secretId`. */
  SIGN_IN: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(
      z.object({
        issuer: z.url({ protocol: /^https$/ }),
        clientId: z.string().min(1),
        secretId: z.string().min(1),
        logoutUrl: z.url({ protocol: /^https$/ }).optional(),
      }),
    )
    .optional(),
  /** How SMS goes through Amazon SNS, where it does: the stage file's `sns`. */
  SNS: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(
      z.object({
        primary: z.boolean(),
        senderId: z.string().optional(),
        originationNumber: z.string().optional(),
        maxPriceUsd: z.number(),
      }),
    )
    .optional(),
  META_API_URL: z.url().default('https://graph.facebook.com'),
  TWILIO_CONTENT_URL: z.url().default('https://content.twilio.com'),
  TWILIO_MESSAGING_URL: z.url().default('https://messaging.twilio.com'),
  TWILIO_API_URL: z.url().default('https://api.twilio.com'),
});
export type Env = z.infer<typeof Env>;

/** Throws naming every variable that is missing or wrong. */
export function readEnv(from: Record<string, string | undefined> = process.env): Env {
  const parsed = Env.safeParse(from);
  if (!parsed.success) throw new Error(`the environment is not valid\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
