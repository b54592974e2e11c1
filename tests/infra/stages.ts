/** Two deployments for the tests: the example's, and one with everything that a city in production may ask for. */
import { readStages, type Stage } from '../../infra/stack/stage.ts';

export const trial = readStages()[0] as Stage;
export const prod: Stage = {
  ...trial,
  stage: 'prod',
  prefix: 'porte-voix-exemple-prod',
  reserveConcurrency: true,
  subscribers: [
    { email: 'suivi@clichy.example', types: ['delivery', 'stopped', 'exported'], states: ['failed'] },
  ],
  sns: { primary: false, originationNumber: '38123', maxPriceUsd: 0.15 },
  domain: {
    name: 'voix.clichy.example',
    certificateArn: 'arn:aws:acm:eu-west-3:111122223333:certificate/12345678-abcd',
  },
};
