/** The way in: an HTTP API with the providers' webhooks, the residents' pages and the staff's console, and what it writes down of a request. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import type { Encryption } from './encryption.ts';
import { type FunctionName, type Functions, LOG_RETENTION } from './functions.ts';
import type { Stage } from './stage.ts';

/**
 * `#rc=5&rp=all`: Twilio tries five times, whatever went wrong. Without it a reply is lost in a quarter of the faults
 * (speed-and-faults.md 0.3). The fragment never reaches us, and the signature is over the URL without it.
 */
export const TWILIO_RETRIES = '#rc=5&rp=all';

const SIGNED = "The function checks Twilio's signature over every parameter before it does anything.";
const META = "The function checks Meta's signature over the raw body before it does anything.";
const TOKEN = "Meta's own check that the address is ours: answers only who knows the verify token.";
const PUBLIC =
  "The residents' notice is for anyone; the copy of one's own data opens with a code that lives a day; when a visit is, is in the invitation.";
const STAFF =
  'The function signs staff in by OpenID Connect, which a browser needs to reach unsigned; every page behind it wants a session, and a role that may.';
const READ = [HttpMethod.GET, HttpMethod.HEAD];
const ROUTES: { methods: HttpMethod[]; path: string; to: FunctionName; open: string }[] = [
  { methods: [HttpMethod.POST], path: '/webhooks/twilio', to: 'webhook', open: SIGNED },
  { methods: [HttpMethod.POST], path: '/webhooks/twilio/receipts', to: 'webhook', open: SIGNED },
  { methods: [HttpMethod.GET], path: '/webhooks/messenger', to: 'webhook', open: TOKEN },
  { methods: [HttpMethod.POST], path: '/webhooks/messenger', to: 'webhook', open: META },
  { methods: READ, path: '/donnees', to: 'pages', open: PUBLIC },
  { methods: READ, path: '/donnees/{proxy+}', to: 'pages', open: PUBLIC },
  { methods: READ, path: '/d/{code}', to: 'pages', open: PUBLIC },
  { methods: READ, path: '/v/{file}', to: 'pages', open: PUBLIC },
  { methods: [HttpMethod.ANY], path: '/console', to: 'console', open: STAFF },
  { methods: [HttpMethod.ANY], path: '/console/{proxy+}', to: 'console', open: STAFF },
];

/** The route, not the path: a path may hold a code. No address, no query, no agent: those are people. */
const FORMAT = {
  at: '$context.requestTime',
  request: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  failure: '$context.integrationErrorMessage',
};

export interface PublicApiProps {
  stage: Stage;
  encryption: Encryption;
}

export class PublicApi extends Construct {
  readonly api: HttpApi;
  readonly logsName: string;
  /** Without a slash at the end. Known before there are routes, since the functions are told. */
  readonly url: string;
  /** Where the city's DNS has to point, if it gave a domain. */
  readonly domainTarget?: string;

  constructor(scope: Construct, id: string, { stage, encryption }: PublicApiProps) {
    super(scope, id);
    const { domain, prefix, requestsPerSecond } = stage;
    this.api = new HttpApi(this, 'Api', {
      apiName: prefix,
      createDefaultStage: false,
      // One address alone: a signature is over one.
      disableExecuteApiEndpoint: domain !== undefined,
    });
    this.logsName = `/http/${prefix}-access`;
    const logs = new LogGroup(this, 'Logs', {
      logGroupName: this.logsName,
      retention: LOG_RETENTION,
      encryptionKey: encryption.data,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const atRoot = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: 2 * requestsPerSecond },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(FORMAT)),
      },
    });
    if (!domain) {
      this.url = this.api.apiEndpoint;
    } else {
      const name = new DomainName(this, 'Domain', {
        domainName: domain.name,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
      new ApiMapping(this, 'Mapping', { api: this.api, domainName: name, stage: atRoot });
      this.url = `https://${domain.name}`;
      this.domainTarget = name.regionalDomainName;
    }
  }

  route(functions: Functions): void {
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    for (const { methods, path, to, open } of ROUTES) {
      const integration = integrations.get(to) ?? new HttpLambdaIntegration(to, functions.get(to));
      integrations.set(to, integration);
      const routes = this.api.addRoutes({ path, methods, integration });
      for (const route of routes) accept(route, 'AwsSolutions-APIG4', open);
    }
  }
}
