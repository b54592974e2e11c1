/**
 * From AWS's events to our functions: HTTP API, SQS batch, schedule. The deps are made once an instance, when the
 * first event comes, since their secrets have to be fetched.
 */
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import type { Deps } from './deps.ts';
import { type Handler, requestOf, resultOf, text } from './http.ts';
import { lambdaDeps } from './lambda-deps.ts';
import { describe } from './log.ts';
import { QueueMessage } from './queue.ts';

/** A failed start is tried again with the next event, not remembered for ever. */
function once<Made>(make: (deps: Deps) => Made): () => Promise<{ made: Made; deps: Deps }> {
  let kept: Promise<{ made: Made; deps: Deps }> | undefined;
  return () => {
    kept ??= lambdaDeps().then((deps) => ({ made: make(deps), deps }));
    kept.catch(() => {
      kept = undefined;
    });
    return kept;
  };
}

export const httpLambda = (create: (deps: Deps) => Handler) => {
  const ready = once(create);
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { made, deps } = await ready();
    try {
      return resultOf(await made(requestOf(event)));
    } catch (error) {
      deps.log.error('request-failed', describe(error));
      return resultOf(text(500, 'something went wrong on our side'));
    }
  };
};

/** Only what failed is delivered again: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html */
export const queueLambda = (create: (deps: Deps) => (message: QueueMessage) => Promise<void>) => {
  const ready = once(create);
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { made, deps } = await ready();
    const failed: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of event.Records)
      try {
        for (const message of messagesIn(record.body, deps)) await made(message);
      } catch (error) {
        deps.log.error('message-failed', describe(error));
        failed.push({ itemIdentifier: record.messageId });
      }
    return { batchItemFailures: failed };
  };
};

/** What is ours, or an SMS that came in through AWS, as its topic puts it on the inbound queue. */
function messagesIn(body: string, deps: Deps): QueueMessage[] {
  const ours = QueueMessage.safeParse(JSON.parse(body));
  if (ours.success || !deps.receivers.sns) return [QueueMessage.parse(JSON.parse(body))];
  const received = deps.receivers.sns.read(body);
  if (received.kind !== 'incoming') throw new Error('neither a message of ours nor an SMS from AWS');
  return received.incoming.flatMap((each): QueueMessage[] =>
    each.kind === 'event' ? [{ kind: 'turn', address: each.address, event: each.event }] : [],
  );
}

export const scheduleLambda = (create: (deps: Deps) => () => Promise<number>) => {
  const ready = once(create);
  return async (): Promise<{ handled: number }> => {
    const { made } = await ready();
    return { handled: await made() };
  };
};
