/** Cognito as it would be deployed: who may have an account, with what, and who knows the console's secret. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../functions/console/agent.ts';
import { build } from '../../infra/build.ts';
import { prod, trial } from './stages.ts';
import { type Properties, type Resource, type Synthesized, synthesize } from './synth.ts';

let made: Synthesized;
let inProd: Synthesized;
beforeAll(async () => {
  const bundles = mkdtempSync(path.join(tmpdir(), 'porte-voix-sign-in-'));
  await build({ outdir: bundles });
  made = synthesize({ stage: trial, bundles });
  inProd = synthesize({ stage: prod, bundles });
  afterAll(() => rmSync(bundles, { recursive: true, force: true }));
});

const all = (type: string, from = made): Resource[] => from.resources.filter((each) => each.Type === type);
const only = (type: string, from = made): Properties => {
  const found = all(type, from);
  expect(found, type).toHaveLength(1);
  return (found[0] as Resource).Properties;
};
const refers = (value: unknown): string => JSON.stringify(value);

describe('the sign-in of agents', () => {
  it('makes accounts by an administrator alone, with a code from an app beside the password', () => {
    expect(only('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 14 } },
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    });
    expect(only('AWS::Cognito::UserPool', inProd).DeletionProtection).toBe('ACTIVE');
    expect(all('AWS::Cognito::UserPool')[0]?.DeletionPolicy).toBe('Retain');
  });

  it('has a group for each role', () => {
    const groups = all('AWS::Cognito::UserPoolGroup').map((each) => each.Properties.GroupName);
    expect(groups.sort()).toEqual([...ROLES].sort());
  });

  it('comes back to the console alone, and lets no agent change who they are', () => {
    expect(only('AWS::Cognito::UserPoolClient', inProd)).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlows: ['code'],
      CallbackURLs: ['https://voix.clichy.example/console/retour'],
      LogoutURLs: ['https://voix.clichy.example/console'],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
      WriteAttributes: ['name'],
    });
    expect(only('AWS::Cognito::UserPoolClient').AllowedOAuthScopes).not.toContain(
      'aws.cognito.signin.user.admin',
    );
  });

  it("keeps the client's secret out of the template, and from every function but the console", () => {
    const secret = all('AWS::SecretsManager::Secret').find((each) => each.id.startsWith('SignIn'));
    expect(secret?.Properties.SecretString).toEqual({
      'Fn::GetAtt': [all('AWS::Cognito::UserPoolClient')[0]?.id, 'ClientSecret'],
    });
    const readers = all('AWS::IAM::Policy').filter((each) =>
      refers(each.Properties).includes(secret?.id ?? '?'),
    );
    expect(readers.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'FunctionsconsoleRoleDefaultPolicy',
    ]);
    const told = all('AWS::Lambda::Function').filter((each) => each.Properties.Environment.Variables.SIGN_IN);
    expect(told.map((each) => each.Properties.FunctionName)).toEqual([`${trial.prefix}-console`]);
  });
});
