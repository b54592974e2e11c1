/** What whoever deploys writes: the file of a deployment, and the secret as docs/deploy.md has it filled. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { Secrets } from '../../functions/runtime/lambda-deps.ts';
import { readStage, readStages } from '../../infra/stack/stage.ts';

const file = JSON.parse(readFileSync('infra/cities/exemple-test.json', 'utf8'));

describe('the file of a deployment', () => {
  it('names everything after the city and the stage', () => {
    expect(readStage(file, 'x').prefix).toBe('porte-voix-exemple-test');
    expect(readStages().map(({ prefix }) => prefix)).toContain('porte-voix-exemple-test');
  });

  const wrong: [label: string, change: object, says: string][] = [
    ['another region', { region: 'us-east-1' }, '→ at region'],
    ['an account without its 12 digits', { account: '1234' }, 'an AWS account has 12 digits'],
    ['no mailbox', { alarmEmail: 'somebody' }, '→ at alarmEmail'],
    ['no limit of the table', { throughput: { reads: 500 } }, '→ at throughput.writes'],
    ["a city's file elsewhere", { cityFile: '/etc/passwd' }, '→ at cityFile'],
    [
      'a certificate of another region',
      {
        domain: {
          name: 'a.example',
          certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
        },
      },
      '→ at domain.certificateArn',
    ],
    ['a word we do not know', { budget: 30 }, 'budget'],
    ["an example's facts in prod", { stage: 'prod' }, 'conversations/cities/exemple.json is an example'],
  ];
  it.each(wrong)('is refused with %s', (_label, change, says) => {
    expect(() => readStage({ ...file, ...change }, 'exemple-test.json')).toThrow(says);
    expect(() => readStage({ ...file, ...change }, 'exemple-test.json')).toThrow('exemple-test.json');
  });
});

describe('the secret', () => {
  const [, written = ''] = /<<END\n([\s\S]+?)\nEND/.exec(readFileSync('docs/deploy.md', 'utf8')) ?? [];
  const filled = JSON.parse(
    written
      .replaceAll(/\$\([^)]+\)/g, 'k'.repeat(64))
      .replace('AC…', `AC${'0'.repeat(32)}`)
      .replace('…', 't'.repeat(32)),
  );

  it('as docs/deploy.md has it is what the functions read', () => {
    expect(Secrets.parse(filled)).toEqual(filled);
    const optional = ['previousToken', 'twilioWhatsapp', 'meta'];
    expect(Object.keys(filled)).toEqual(
      Object.keys(Secrets.shape).filter((each) => !optional.includes(each)),
    );
  });

  test.each(['+33639980001', '+33700000001', 'VilleClichy', ''])('refuses %s as a sender', (twilioNumber) => {
    expect(Secrets.safeParse({ ...filled, twilioNumber }).success).toBe(false);
  });
  test.each(['38123', '+33937000001'])('takes %s as a sender', (twilioNumber) => {
    expect(Secrets.safeParse({ ...filled, twilioNumber }).success).toBe(true);
  });
});
