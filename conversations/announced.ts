/** What an announcement says, to whom it is said: what its event carries; and what comes of it. */
import * as z from 'zod';

/**
 * What an announcement says of its event. Of a visit: the invitation, the reminder, a change, that it is off, what became
 * of it. Of a live: the invitation, the link as it begins, a change, that it is off, the answer to a question, or why it
 * is not asked.
 */
export const About = z.enum([
  'invitation',
  'reminder',
  'moved',
  'cancelled',
  'report',
  'link',
  'answer',
  'refused',
]);
export type About = z.infer<typeof About>;

/** What is missing in `texts` is said in `base`. */
export const Announced = z.strictObject({
  announcement: z.string(),
  kind: z.enum(['info', 'visit', 'live', 'survey', 'urgent']),
  base: z.string(),
  texts: z.record(z.string(), z.string()),
  /** The one that it begins. */
  survey: z.string().optional(),
  /** The one of its revisions whose first words were approved; the latest where nothing is said. */
  revision: z.int().min(1).optional(),
  /** The id of the visit or the live it is about, and what it says of it: the invitation where nothing else is said. */
  visit: z.string().optional(),
  live: z.string().optional(),
  about: About.optional(),
  /** Of a live: the question that it answers or refuses. */
  question: z.int().min(1).optional(),
});
export type Announced = z.infer<typeof Announced>;

/** What residents do after it: write, say STOP, go through the survey that it began. */
export const Mark = z.enum(['replied', 'stopped', 'done']);
export type Mark = z.infer<typeof Mark>;
