/** The CDK app as a test sees it: synthesized into a folder of its own, with or without the infrastructure's rules. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import cdk from '../../cdk.json';
import { functionNames } from '../../infra/build.ts';
import { PorteVoixStack } from '../../infra/stack/porte-voix-stack.ts';
import type { Stage } from '../../infra/stack/stage.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes
export type Properties = Record<string, any>;
export interface Resource {
  id: string;
  Type: string;
  Properties: Properties;
  DeletionPolicy?: string;
}

export interface Synthesized {
  app: App;
  resources: Resource[];
  outputs: Record<string, { Value: unknown }>;
}

const template = (outdir: string, stack: PorteVoixStack): Omit<Synthesized, 'app'> => {
  const { Resources, Outputs } = JSON.parse(
    readFileSync(path.join(outdir, `${stack.artifactId}.template.json`), 'utf8'),
  ) as { Resources: Record<string, Omit<Resource, 'id'>>; Outputs: Synthesized['outputs'] };
  const resources = Object.entries(Resources).map(([id, resource]) => ({ id, ...resource }));
  return { resources, outputs: Outputs };
};

interface Options {
  stage: Stage;
  bundles: string;
  functions?: string[];
  /** Plants a mistake. */
  change?: (stack: PorteVoixStack) => void;
}

export function synthesize({ stage, bundles, functions = functionNames(), change }: Options): Synthesized {
  return inFolder((outdir) => {
    const app = new App({ context: cdk.context, outdir, analyticsReporting: false });
    const stack = new PorteVoixStack(app, { stage, functions, bundles });
    change?.(stack);
    app.synth();
    return { app, ...template(outdir, stack) };
  });
}

export interface Finding {
  rule: string;
  severity: string;
  what: string;
  where: string[];
}

/**
 * The infrastructure check: cdk-nag's two packs and CDK's own rules of CloudFormation. Returns what they find, and
 * whether a deployment would be stopped.
 */
export function check(options: Options): { stopped: boolean; findings: Finding[] } {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'true';
  try {
    return inFolder((outdir) => {
      const app = new App({ context: cdk.context, outdir, analyticsReporting: false });
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
      const { stage, bundles, functions = functionNames(), change } = options;
      const stack = new PorteVoixStack(app, { stage, functions, bundles });
      change?.(stack);
      let stopped = false;
      try {
        app.synth();
      } catch (error) {
        if ((error as Error).name !== 'ValidationFailed') throw error;
        stopped = true;
      }
      return { stopped, findings: readReport(path.join(outdir, 'validation-report.json')) };
    });
  } finally {
    process.env.CDK_VALIDATION = before;
  }
}

interface Report {
  pluginReports: {
    violations: {
      ruleName: string;
      severity: string;
      description: string;
      violatingConstructs: { constructPath: string }[];
    }[];
  }[];
}

function readReport(file: string): Finding[] {
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return pluginReports.flatMap(({ violations }) =>
    violations.map(({ ruleName, severity, description, violatingConstructs }) => ({
      rule: ruleName,
      severity,
      what: description,
      where: violatingConstructs.map(({ constructPath }) => constructPath),
    })),
  );
}

function inFolder<Made>(work: (folder: string) => Made): Made {
  const folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-synth-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
