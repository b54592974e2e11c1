/** Amazon SNS keeps the contract of those who send. */
import { createSnsSms, snsClient } from '../../functions/channels/sns-send.ts';
import { senderContract } from './contract.ts';

const message = {
  to: 'sms:+33639980001',
  text: 'Allez-vous au square ? 1 oui 2 non',
  delivery: 'Zk3x9QpLm2vTs7RyWa0b1c.mQ7hT2xKp',
  receipts: '',
  validity: 3600,
};

const xml = (name: string, text: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${text}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
const AWS_ID = '94f20ce6-13c5-43a0-9a9e-ca52d816e90b';

senderContract({
  name: 'SNS',
  make: (endpoint, timeout) =>
    createSnsSms({
      client: snsClient({
        ...{ endpoint, region: 'eu-west-3' },
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
        requestHandler: { requestTimeout: timeout, connectionTimeout: timeout, throwOnRequestTimeout: true },
      }),
      senderId: 'VilleClichy',
      maxPrice: 0.2,
      type: 'Transactional',
    }),
  message,
  id: AWS_ID,
  accepted: (id) => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${id}</MessageId></PublishResult></PublishResponse>`,
  }),
  errors: [
    ['AuthorizationError', 403, { kind: 'rejected', cause: 'config' }],
    ['OptedOut', 400, { kind: 'rejected', cause: 'optout' }],
    ['Throttling', 400, { kind: 'throttled' }],
    ['InternalError', 500, { kind: 'unknown' }],
    ['NobodyKnowsThis', 400, { kind: 'rejected', cause: 'bug' }],
  ].map(([name, status, expect]) => ({
    label: String(name),
    answer: (echoed) => ({
      status: status as number,
      headers: { 'content-type': 'text/xml' },
      body: xml(String(name), echoed),
    }),
    expect: expect as never,
  })),
  timeout: 300,
  finds: false,
  // sns-errors.ts takes a 408 that AWS did not name for a bug of ours.
  gaps: ['a time-out in words'],
});
