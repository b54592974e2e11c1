/**
 * What wakes a person, and where the runbook says what to do then. Each alarm's description names its section of
 * docs/runbook.md and links the queue or the logs.
 */
import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { INDEX } from '../../functions/store/table.ts';
import { type Functions, logsNameOf } from './functions.ts';
import { type Messages, WORKS } from './messages.ts';
import type { PublicApi } from './public-api.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';

export const RUNBOOK = 'docs/runbook.md';

const MINUTE = Duration.minutes(1);
const FIVE = Duration.minutes(5);

const FAILED = {
  inbound: 'Messages of residents could not be handled after five tries',
  outbound: 'Messages to residents could not be handed over after five tries',
  media: 'Photos or voice notes of residents could not be fetched after five tries',
  export: 'Exports of staff could not even be noted as failed after five tries',
  broadcast: 'Parts of an announcement failed five times; the minute after begins them again',
};

interface Wake {
  /** What is wrong, in a few words. */
  what: string;
  /** The heading in the runbook, as its link writes it. */
  section: string;
  metric: IMetric;
  /** From this on. */
  threshold: number;
  /** For so many of the last so many periods; 1 of 1 unless told. */
  periods?: [of: number, last: number];
  link?: string;
  /** Silence is the fault. */
  silence?: true;
}

export interface AlarmsProps {
  stage: Stage;
  functions: Functions;
  messages: Messages;
  storage: Storage;
  api: PublicApi;
}

export class Alarms extends Construct {
  private readonly action: SnsAction;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
    this.action = new SnsAction(props.messages.alarms);
    this.queues();
    this.api();
    this.functions();
    this.reminders();
    this.table();
  }

  private wake(id: string, wake: Wake): void {
    const { what, section, metric, threshold, periods: [of, last] = [1, 1], link, silence } = wake;
    new Alarm(this, id, {
      alarmName: `${this.props.stage.prefix}-${id}`,
      alarmDescription: [`${what}.`, `What to do: ${RUNBOOK}#${section}`, link].filter(Boolean).join('\n'),
      metric,
      threshold,
      comparisonOperator: silence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: of,
      evaluationPeriods: last,
      // A queue that has been empty for a while says nothing, which is good.
      treatMissingData: silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.action);
  }

  private queues(): void {
    const { work, workFailed, failed, names } = this.props.messages;
    const depth = (queue: Queue): IMetric =>
      queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: Stats.MAXIMUM });
    for (const each of WORKS)
      this.wake(`${each}-failed`, {
        what: FAILED[each],
        section: 'messages-that-failed',
        metric: depth(workFailed[each]),
        threshold: 1,
        link: this.queueLink(names[`${each}Failed`]),
      });
    this.wake('failed', {
      what: 'A scheduled run failed or was not delivered',
      section: 'runs-that-failed',
      metric: depth(failed),
      threshold: 1,
      link: this.queueLink(names.failed),
    });
    for (const each of ['inbound', 'outbound'] as const)
      this.wake(`${each}-age`, {
        what: 'Residents have been waiting for an answer for a quarter of an hour',
        section: `the-${each}-queue-is-old`,
        metric: work[each].metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: Stats.MAXIMUM }),
        threshold: Duration.minutes(15).toSeconds(),
        periods: [3, 5],
        link: this.queueLink(names[each]),
      });
  }

  private api(): void {
    const { api } = this.props;
    this.wake('webhook-5xx', {
      what: 'Providers get errors: neither the store nor the queue takes their messages, or the pages fail',
      section: 'the-webhook-answers-5xx',
      metric: api.api.metricServerError({ period: FIVE, statistic: Stats.SUM }),
      threshold: 1,
      link: this.logsLink(api.logsName),
    });
  }

  private functions(): void {
    for (const [name, lambda] of this.props.functions.all) {
      const link = this.logsLink(logsNameOf(this.props.stage, name));
      this.wake(`${name}-errors`, {
        what: `The function ${name} fails`,
        section: 'a-function-fails',
        metric: lambda.metricErrors({ period: FIVE, statistic: Stats.SUM }),
        threshold: 1,
        link,
      });
      this.wake(`${name}-throttles`, {
        what: `The function ${name} is refused by AWS: too many run at once`,
        section: 'a-function-is-throttled',
        metric: lambda.metricThrottles({ period: FIVE, statistic: Stats.SUM }),
        threshold: 1,
        link,
      });
    }
  }

  /** One resident's failure is not remind's: it is in the log alone. */
  private reminders(): void {
    const lambda = this.props.functions.get('remind');
    const logs = this.props.functions.logs.get('remind') as LogGroup;
    const lines = logs.addMetricFilter('Failures', {
      filterPattern: FilterPattern.stringValue('$.level', '=', 'error'),
      metricNamespace: this.props.stage.prefix,
      metricName: 'RemindFailures',
    });
    const link = this.logsLink(logsNameOf(this.props.stage, 'remind'));
    this.wake('remind-failing', {
      what: 'Reminders or owed replies of some residents fail, minute after minute',
      section: 'reminders-fail',
      metric: lines.metric({ period: FIVE, statistic: Stats.SUM }),
      threshold: 1,
      periods: [3, 3],
      link,
    });
    this.wake('remind-silent', {
      what: 'Nobody has been reminded for ten minutes: remind does not run',
      section: 'reminders-fail',
      metric: lambda.metricInvocations({ period: FIVE, statistic: Stats.SUM }),
      threshold: 1,
      periods: [2, 2],
      link,
      silence: true,
    });
  }

  private table(): void {
    const { tableName } = this.props.storage.table;
    const throttles = ['Read', 'Write'].flatMap((kind) =>
      [undefined, INDEX].map(
        (index) =>
          new Metric({
            namespace: 'AWS/DynamoDB',
            metricName: `${kind}ThrottleEvents`,
            dimensionsMap: { TableName: tableName, ...(index && { GlobalSecondaryIndexName: index }) },
            statistic: Stats.SUM,
            period: FIVE,
          }),
      ),
    );
    this.wake('table-throttles', {
      what: 'The table refuses reads or writes: its limit, or one key that is too busy',
      section: 'the-table-is-throttled',
      metric: new MathExpression({
        expression: 'FILL(r, 0) + FILL(ri, 0) + FILL(w, 0) + FILL(wi, 0)',
        usingMetrics: Object.fromEntries(
          ['r', 'ri', 'w', 'wi'].map((name, at) => [name, throttles[at] as Metric]),
        ),
        period: FIVE,
      }),
      threshold: 1,
    });
  }

  private console(service: string, rest: string): string {
    const { region } = Stack.of(this);
    return `https://${region}.console.aws.amazon.com/${service}/home?region=${region}#${rest}`;
  }
  private queueLink(name: string): string {
    const { region, account } = Stack.of(this);
    const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
    return `Queue: ${this.console('sqs/v3', `/queues/${encodeURIComponent(url)}`)}`;
  }
  /** The console wants a slash of a name as %2F, and the % of that once more with a $. */
  private logsLink(name: string): string {
    const group = name.replaceAll('/', '$252F');
    return `Logs: ${this.console('cloudwatch', `logsV2:log-groups/log-group/${group}`)}`;
  }
}
