/** One city's service in one account: the parts put together, the budget, and what whoever deploys has to know. */
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Encryption } from './encryption.ts';
import { Functions } from './functions.ts';
import { Messages } from './messages.ts';
import { PublicApi, TWILIO_RETRIES } from './public-api.ts';
import { SignIn } from './sign-in.ts';
import type { Stage } from './stage.ts';
import { Storage } from './storage.ts';
import { Triggers } from './triggers.ts';

export interface PorteVoixProps {
  stage: Stage;
  /** The Lambdas there are. */
  functions: string[];
  /** The folder of their bundles. */
  bundles: string;
}

export class PorteVoixStack extends Stack {
  constructor(scope: Construct, { stage, functions: names, bundles }: PorteVoixProps) {
    super(scope, stage.prefix, {
      env: { account: stage.account, region: stage.region },
      description: `Porte-Voix, ${stage.facts.name}, ${stage.stage}`,
      terminationProtection: stage.stage === 'prod',
    });
    const encryption = new Encryption(this, 'Encryption', { stage });
    const storage = new Storage(this, 'Storage', { stage, encryption });
    const messages = new Messages(this, 'Messages', { stage, encryption });
    const api = new PublicApi(this, 'PublicApi', { stage, encryption });
    const signIn = new SignIn(this, 'SignIn', { stage, encryption, publicUrl: api.url });
    const functions = new Functions(this, 'Functions', {
      stage,
      encryption,
      storage,
      messages,
      signIn,
      publicUrl: api.url,
      names,
      bundles,
    });
    api.route(functions);
    new Triggers(this, 'Triggers', { stage, functions, messages });
    new Alarms(this, 'Alarms', { stage, functions, messages, storage, api });
    this.budget(stage);
    Tags.of(this).add('porte-voix', `${stage.city}-${stage.stage}`);

    this.say('WebhookUrl', `${api.url}/webhooks/twilio${TWILIO_RETRIES}`, 'for Twilio, with its fragment');
    this.say('NoticeUrl', `${api.url}/donnees`, "the residents' notice");
    this.say('ConsoleUrl', `${api.url}/console`, "the staff's console");
    this.say('AgentsPool', signIn.pool.userPoolId, 'where accounts of agents are made: docs/deploy.md');
    this.say('SecretName', storage.secretName, 'to be filled once: docs/deploy.md');
    this.say('TableName', storage.table.tableName, 'what the city keeps');
    this.say('ExportsBucket', storage.exports.bucketName, 'exports, for a week');
    this.say('EventsTopic', messages.events.topicArn, 'what happened, for who subscribes');
    if (api.domainTarget) this.say('DomainTarget', api.domainTarget, 'where the CNAME of the domain points');
  }

  private say(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }

  /** The account's whole bill: give the service an account of its own. SMS are on Twilio's bill, not on this one. */
  private budget({ prefix, monthlyBudgetUsd, alarmEmail }: Stage): void {
    const warn = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: {
        notificationType,
        threshold,
        comparisonOperator: 'GREATER_THAN',
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address: alarmEmail }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: prefix,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyBudgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [warn('ACTUAL', 80), warn('ACTUAL', 100), warn('FORECASTED', 100)],
    });
  }
}
