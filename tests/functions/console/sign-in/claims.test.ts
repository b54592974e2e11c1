/** Whom the issuer's claims make. */
import { expect, it } from 'vitest';
import { agentOf } from '../../../../functions/console/sign-in/claims.ts';

const CLAIMS = {
  email: 'Agent@Exemple.fr',
  email_verified: true,
  name: 'Alex Martin',
  'cognito:groups': ['officer'],
};
const OFFICER = { id: 'agent@exemple.fr', name: 'Alex Martin', role: 'officer' };

it.each<[label: string, claims: unknown, agent: unknown]>([
  ['a group that is a role', CLAIMS, OFFICER],
  [
    'a role in a claim of its own',
    { ...CLAIMS, 'cognito:groups': undefined, 'custom:role': 'officer' },
    OFFICER,
  ],
  ['the same role twice', { ...CLAIMS, 'custom:role': 'officer' }, OFFICER],
  ['groups of others beside it', { ...CLAIMS, 'cognito:groups': ['eu-west-3_x_Google', 'officer'] }, OFFICER],
  ['verified, as a word', { ...CLAIMS, email_verified: 'true' }, OFFICER],
  ['no name', { ...CLAIMS, name: undefined }, { ...OFFICER, name: 'agent' }],
  ['a name in several lines', { ...CLAIMS, name: ' Alex\r\n\u202eMartin ' }, OFFICER],
  [
    'a relay with its language',
    { ...CLAIMS, 'cognito:groups': ['relay'], 'custom:langue': 'tr' },
    { ...OFFICER, role: 'relay', language: 'tr' },
  ],
  ['a language that is nobody else’s matter', { ...CLAIMS, 'custom:langue': 'tr' }, OFFICER],
  [
    'a relay in a language of nobody',
    { ...CLAIMS, 'cognito:groups': ['relay'], 'custom:langue': 'xx' },
    'no-language',
  ],
  ['no group', { ...CLAIMS, 'cognito:groups': undefined }, 'no-role'],
  ['groups that are no list', { ...CLAIMS, 'cognito:groups': 'officer' }, 'no-role'],
  ['a role in capitals', { ...CLAIMS, 'cognito:groups': ['OFFICER'] }, 'no-role'],
  ['a name of every object', { ...CLAIMS, 'cognito:groups': ['constructor'] }, 'no-role'],
  ['two roles', { ...CLAIMS, 'cognito:groups': ['read-only', 'officer'] }, 'several-roles'],
  ['a role and another claim', { ...CLAIMS, 'custom:role': 'read-only' }, 'several-roles'],
  ['an address that is not verified', { ...CLAIMS, email_verified: false }, 'address-unverified'],
  ['an address of which nobody says', { ...CLAIMS, email_verified: undefined }, 'address-unverified'],
  ['no address', { ...CLAIMS, email: undefined }, 'no-address'],
  ['what is no address', { ...CLAIMS, email: 'agent' }, 'no-address'],
  ['nothing', {}, 'no-address'],
])('%s', (_label, claims, agent) => {
  expect(agentOf(claims)).toEqual(agent);
});
