/**
 * Who signs agents in to the console: Cognito, in Paris like the rest. Accounts are made by an administrator alone,
 * everybody has a code beside the password, and a group is a role (`functions/console/agent.ts`).
 */
import { Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPoolClient,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ROLES } from '../../functions/console/agent.ts';
import { ROLE_NAMES } from '../../functions/console/roles.ts';
import { accept } from './accepted.ts';
import type { Encryption } from './encryption.ts';
import type { Stage } from './stage.ts';

/** ANSSI's guide on passwords (2021): nine to fourteen signs with a second factor; no change for change's sake. */
const PASSWORD = 14;
/** An invitation that nobody has used in three days is sent again. */
const INVITED = Duration.days(3);
/** What the console does with a token is done within seconds of getting it. */
const TOKENS = Duration.minutes(5);

export interface SignInProps {
  stage: Stage;
  encryption: Encryption;
  publicUrl: string;
}

export class SignIn extends Construct {
  readonly pool: UserPool;
  /** Of the app client; read by the console alone. */
  readonly secret: Secret;
  /** What functions/runtime/env.ts reads as `SIGN_IN`. */
  readonly settings: { issuer: string; clientId: string; secretId: string; logoutUrl: string };

  constructor(scope: Construct, id: string, { stage, encryption, publicUrl }: SignInProps) {
    super(scope, id);
    this.pool = createPool(this, stage, publicUrl);
    for (const role of ROLES)
      new UserPoolGroup(this, `Group-${role}`, {
        userPool: this.pool,
        groupName: role,
        description: ROLE_NAMES[role],
      });
    const client = createClient(this.pool, publicUrl);
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: stage.prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without a style of its own the page of the newer kind, which speaks French, is not there at all.
    new CfnManagedLoginBranding(this, 'Look', {
      userPoolId: this.pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    this.secret = createSecret(this, stage, encryption, client);
    this.settings = {
      issuer: this.pool.userPoolProviderUrl,
      clientId: client.userPoolClientId,
      secretId: this.secret.secretArn,
      logoutUrl: `${domain.baseUrl()}/logout`,
    };
  }
}

function createPool(scope: Construct, { prefix, stage, facts }: Stage, publicUrl: string): UserPool {
  return new UserPool(scope, 'Pool', {
    userPoolName: `${prefix}-agents`,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    standardAttributes: {
      email: { required: true, mutable: true },
      fullname: { required: true, mutable: true },
    },
    // Of a relay: one of the tags of locales/.
    customAttributes: { langue: new StringAttribute({ minLen: 2, maxLen: 10, mutable: true }) },
    mfa: Mfa.REQUIRED,
    // A code by SMS can be taken over with the number, and costs.
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: PASSWORD,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: INVITED,
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    // Slows guessing, refuses passwords that have leaked: some cents a month for each agent.
    featurePlan: FeaturePlan.PLUS,
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
    userInvitation: {
      emailSubject: `${facts.name} : votre compte pour la console Porte-Voix`,
      emailBody: `Bonjour,<br><br>un compte vous a été ouvert pour la console Porte-Voix : ${publicUrl}/console<br><br>Identifiant : {username}<br>Mot de passe provisoire : {####}<br><br>Il est valable ${INVITED.toDays()} jours. À la première connexion, vous choisirez le vôtre et enregistrerez une application de codes sur votre téléphone.`,
    },
    userVerification: {
      emailSubject: `${facts.name} : votre code pour la console Porte-Voix`,
      emailBody: 'Votre code est {####}. Si vous n’avez rien demandé, ne répondez pas à ce message.',
    },
    deletionProtection: stage === 'prod',
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function createClient(pool: UserPool, publicUrl: string): UserPoolClient {
  const read = new ClientAttributes()
    .withStandardAttributes({ email: true, emailVerified: true, fullname: true })
    .withCustomAttributes('langue');
  return pool.addClient('Console', {
    generateSecret: true,
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [`${publicUrl}/console/retour`],
      logoutUrls: [`${publicUrl}/console`],
    },
    // Nobody signs in past Cognito's own pages, with which the console has to do alone.
    authFlows: { userSrp: true },
    authSessionValidity: Duration.minutes(10),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    idTokenValidity: TOKENS,
    accessTokenValidity: TOKENS,
    refreshTokenValidity: Duration.hours(1),
    readAttributes: read,
    // Agents change nothing of themselves: with another address they would be another agent.
    writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
  });
}

function createSecret(
  scope: Construct,
  { prefix }: Stage,
  { secrets }: Encryption,
  client: UserPoolClient,
): Secret {
  const { attrClientSecret } = client.node.defaultChild as CfnUserPoolClient;
  const secret = new Secret(scope, 'Secret', {
    secretName: `${prefix}-console`,
    description: "the console's client secret at Cognito, put here by CloudFormation",
    encryptionKey: secrets,
    // A reference that CloudFormation resolves: the value is in no template.
    secretStringValue: SecretValue.resourceAttribute(attrClientSecret),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  accept(
    secret,
    'AwsSolutions-SMG4',
    'Cognito makes this secret together with the app client and opens nothing by it alone; it is changed by replacing the client, which CloudFormation does and a rotation function could not.',
  );
  return secret;
}
