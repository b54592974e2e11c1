/** The only place where `process.env` is read, and what it must hold in a Lambda. */
import * as z from 'zod';

const Env = z.object({
  TABLE: z.string().min(1),
  INBOUND_QUEUE_URL: z.url(),
  OUTBOUND_QUEUE_URL: z.url(),
  /** Without a slash at the end. */
  PUBLIC_URL: z.url().regex(/[^/]$/, 'must not end with a slash'),
  SECRET_ID: z.string().min(1),
  /** The city's file, in the bundle. */
  CITY_FILE: z.string().min(1),
  /** Without it nothing is announced. */
  EVENTS_TOPIC: z.string().startsWith('arn:').optional(),
  /** Staff hear of it by e-mail. */
  ALARMS_TOPIC: z.string().startsWith('arn:').optional(),
  /** Of the export alone. */
  EXPORT_BUCKET: z.string().min(3).optional(),
  TWILIO_API_URL: z.url().default('https://api.twilio.com'),
});
export type Env = z.infer<typeof Env>;

/** Throws naming every variable that is missing or wrong. */
export function readEnv(from: Record<string, string | undefined> = process.env): Env {
  const parsed = Env.safeParse(from);
  if (!parsed.success) throw new Error(`the environment is not valid\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
