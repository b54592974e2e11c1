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
        await made(QueueMessage.parse(JSON.parse(record.body)));
      } catch (error) {
        deps.log.error('message-failed', describe(error));
        failed.push({ itemIdentifier: record.messageId });
      }
    return { batchItemFailures: failed };
  };
};

export const scheduleLambda = (create: (deps: Deps) => () => Promise<number>) => {
  const ready = once(create);
  return async (): Promise<{ handled: number }> => {
    const { made } = await ready();
    return { handled: await made() };
  };
};
