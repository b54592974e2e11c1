/**
 * AWS's own list of who has opted out, one for the whole account. Ours decides; this one is mirrored, so that neither
 * sends to somebody the other knows as stopped (channels.md 3).
 */
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  ListPhoneNumbersOptedOutCommand,
  OptInPhoneNumberCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { DAY } from '../../conversations/hours.ts';

type Client = Pick<SNSClient, 'send'>;

/** AWS takes a number off its list only once in this time. */
const OPT_IN_EVERY = 30 * DAY;

/** Every number on the list, in E.164, page by page. Throws where AWS does. */
export async function* optOuts(client: Client): AsyncGenerator<string> {
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListPhoneNumbersOptedOutCommand({ nextToken }));
    yield* page.phoneNumbers ?? [];
    // AWS ends with no token; one that does not change would go on for ever.
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken);
}

export async function isOptedOut(client: Client, number: string): Promise<boolean> {
  const { isOptedOut: yes } = await client.send(
    new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: number }),
  );
  return yes === true;
}

/**
 * - `done` AWS sends to this number again
 * - `too-soon` it was taken off the list less than thirty days ago; `until` where we know when that was
 */
export type OptIn = { kind: 'done' } | { kind: 'too-soon'; until?: Date };

/**
 * For whom has asked to come back, in so many words. `last`: when this number was last taken off, if ever. Throws where
 * AWS could not be asked.
 */
export async function optIn(
  client: Client,
  number: string,
  { now, last }: { now: Date; last?: Date },
): Promise<OptIn> {
  const until = last && new Date(last.getTime() + OPT_IN_EVERY);
  if (until && now < until) return { kind: 'too-soon', until };
  if (!/^\+[1-9]\d{7,14}$/.test(number))
    throw new Error('a number to opt in is E.164, such as +33639980001, got something else');
  try {
    await client.send(new OptInPhoneNumberCommand({ phoneNumber: number }));
    return { kind: 'done' };
  } catch (error) {
    // The only documented refusal of a number that is one (API_OptInPhoneNumber.html).
    if (error instanceof Error && /^InvalidParameter(Exception)?$/.test(error.name))
      return { kind: 'too-soon' };
    throw error;
  }
}
