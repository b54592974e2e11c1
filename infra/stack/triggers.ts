/** What invokes functions besides the API: the queues of work, the minute, the night. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import type { FunctionName, Functions } from './functions.ts';
import { ALONE, drainedBy, type Messages, WORKS } from './messages.ts';
import type { Stage } from './stage.ts';

/** What fails is slow: a batch has to fit into a function's time with a provider that hangs. */
const BATCH = 5;
/** The least that AWS allows: a provider takes about ten SMS a second, so more would only wait. */
const DRAINS = 2;

/** `age`: after this a missed invocation is worth nothing any more, its next one does the same. */
const TIMES: { to: FunctionName; schedule: Schedule; age: Duration; retries: number; why: string }[] = [
  {
    to: 'remind',
    schedule: Schedule.rate(Duration.minutes(1)),
    age: Duration.minutes(1),
    retries: 1,
    why: 'reminders, ends of surveys, replies still owed',
  },
  {
    to: 'count',
    schedule: Schedule.rate(Duration.minutes(1)),
    age: Duration.minutes(1),
    retries: 1,
    why: 'the counts of surveys that staff look at',
  },
  {
    // In the night of Paris, summer and winter: nobody is answered meanwhile, and nothing is sent.
    to: 'sweep',
    schedule: Schedule.cron({ hour: '1', minute: '30' }),
    age: Duration.hours(2),
    retries: 10,
    why: 'forgets who has been silent too long, finishes what a crash left',
  },
];

export interface TriggersProps {
  stage: Stage;
  functions: Functions;
  messages: Messages;
}

export class Triggers extends Construct {
  constructor(scope: Construct, id: string, { stage, functions, messages }: TriggersProps) {
    super(scope, id);
    for (const work of WORKS) {
      const to = drainedBy(work);
      if (!functions.all.has(to)) continue;
      const source = new EventSourceMapping(this, `${work.charAt(0).toUpperCase()}${work.slice(1)}`, {
        target: functions.get(to),
        eventSourceArn: messages.work[work].queueArn,
        batchSize: ALONE.includes(work) ? 1 : BATCH,
        maxConcurrency: DRAINS,
        reportBatchItemFailures: true,
      });
      accept(
        source,
        'Serverless-LambdaEventSourceMappingDestination',
        'Only streams have such a destination; a queue has its dead-letter queue.',
      );
    }
    for (const { to, schedule, age, retries, why } of TIMES) {
      if (!functions.all.has(to)) continue;
      new Rule(this, to, {
        ruleName: `${stage.prefix}-${to}`,
        description: why,
        schedule,
        targets: [
          new LambdaFunction(functions.get(to), {
            deadLetterQueue: messages.failed,
            maxEventAge: age,
            retryAttempts: retries,
          }),
        ],
      });
    }
  }
}
