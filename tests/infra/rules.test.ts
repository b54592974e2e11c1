/**
 * The infrastructure check: cdk-nag's AwsSolutions and Serverless packs and CDK's own rules of CloudFormation find
 * nothing, each rule that we do not keep has a reason and is really broken, and a planted mistake is found.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { build } from '../../infra/build.ts';
import type { PorteVoixStack } from '../../infra/stack/porte-voix-stack.ts';
import { prod, trial } from './stages.ts';
import { check } from './synth.ts';

/** A sentence at least, so that who reads it later can judge. */
const SHORTEST_REASON = 30;

let bundles: string;
beforeAll(async () => {
  bundles = mkdtempSync(path.join(tmpdir(), 'porte-voix-rules-'));
  await build({ outdir: bundles });
});
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

interface Accepted {
  rule: string;
  reason: string;
  where: string;
}

/** Runs the check as if no rule had been acknowledged, and tells which would have been. */
function withoutAccepting(): { accepted: Accepted[]; findings: ReturnType<typeof check>['findings'] } {
  const accepted: Accepted[] = [];
  const spy = vi.spyOn(Validations.prototype, 'acknowledge').mockImplementation(function (
    this: Validations,
    ...rules
  ) {
    const scope = Reflect.get(this, 'scope') as IConstruct;
    for (const { id, reason } of rules)
      accepted.push({ rule: id, reason: reason ?? '', where: scope.node.path });
  });
  const silent = vi.spyOn(console, 'error').mockReturnValue(undefined);
  try {
    return { accepted, findings: check({ stage: trial, bundles }).findings };
  } finally {
    spy.mockRestore();
    silent.mockRestore();
  }
}

test.each([
  ['the example', trial],
  ['a city in production', prod],
])('no rule is broken without a reason: %s', (_label, stage) => {
  expect(check({ stage, bundles })).toEqual({ stopped: false, findings: [] });
});

test('each rule that is not kept has a reason, and is really broken where it says so', () => {
  const { accepted, findings } = withoutAccepting();
  for (const { rule, reason, where } of accepted) {
    expect(reason.length, `${rule} at ${where}`).toBeGreaterThan(SHORTEST_REASON);
    const found = findings.filter((each) => each.rule === rule).flatMap((each) => each.where);
    expect(
      found.filter((each) => each.startsWith(`${where}/`)),
      `${rule} at ${where}`,
    ).not.toEqual([]);
  }
  const reasons = new Map<string, string[]>();
  for (const { rule, reason, where } of accepted)
    reasons.set(`${rule}: ${reason}`, [...(reasons.get(`${rule}: ${reason}`) ?? []), where]);
  console.log(
    [
      `${accepted.length} cdk-nag findings accepted, for ${reasons.size} reasons:`,
      ...[...reasons].map(([reason, where]) => `- ${where.length}x ${reason}`),
    ].join('\n'),
  );
});

describe('a planted mistake stops the deployment', () => {
  const first = <Kind>(stack: PorteVoixStack, kind: abstract new (...all: never[]) => Kind): Kind =>
    stack.node.findAll().find((each) => each instanceof kind) as Kind;

  const mistakes: [label: string, rule: string, change: (stack: PorteVoixStack) => void][] = [
    [
      'a wildcard in a role',
      'AwsSolutions-IAM5[Action::dynamodb:*]',
      (stack) =>
        first(stack, Role).addToPolicy(
          new PolicyStatement({
            actions: ['dynamodb:*'],
            resources: ['arn:aws:dynamodb:eu-west-3:1:table/x'],
          }),
        ),
    ],
    [
      'a key that is not defined',
      'E3039',
      (stack) => first(stack, CfnTable).addPropertyOverride('KeySchema.0.AttributeName', 'id'),
    ],
    [
      'a property that does not exist',
      'F3002',
      (stack) => first(stack, CfnTable).addPropertyOverride('TimeToLive', 'ttl'),
    ],
    [
      'a queue without encryption',
      'AwsSolutions-SQS2',
      (stack) => {
        first(stack, CfnQueue).kmsMasterKeyId = undefined;
        first(stack, CfnQueue).sqsManagedSseEnabled = false;
      },
    ],
    [
      'a table without backups',
      'AwsSolutions-DDB3',
      (stack) => {
        first(stack, CfnTable).pointInTimeRecoverySpecification = undefined;
      },
    ],
  ];
  it.each(mistakes)('%s', (_label, rule, change) => {
    const silent = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const { stopped, findings } = check({ stage: trial, bundles, change });
    silent.mockRestore();
    expect(findings.map((each) => each.rule)).toContain(rule);
    expect(stopped).toBe(true);
  });
});
