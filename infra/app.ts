/**
 * The CDK app: one stack for each file of `infra/cities/`, on the bundles that `infra/build.ts` has made. cdk.json
 * runs it; `CDK_VALIDATION=true` adds CDK's own check of the templates, which the tests always run (10 s).
 */
import { App } from 'aws-cdk-lib';
import { BUNDLES, functionNames } from './build.ts';
import { PorteVoixStack } from './stack/porte-voix-stack.ts';
import { readStages } from './stack/stage.ts';

process.env.CDK_VALIDATION ??= 'false';

const app = new App();
for (const stage of readStages())
  new PorteVoixStack(app, { stage, functions: functionNames(), bundles: BUNDLES });
app.synth();
