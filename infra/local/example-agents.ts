/** The agents of the example: one of each role, and a second person who may approve what the first has written. */
import type { Agent } from '../../functions/console/agent.ts';

export const EXAMPLE_AGENTS: Agent[] = [
  { id: 'agent@exemple.fr', name: 'Alex Martin', role: 'officer' },
  { id: 'chef@exemple.fr', name: 'Claude Bernard', role: 'officer' },
  { id: 'service@exemple.fr', name: 'Dominique Petit', role: 'service' },
  { id: 'animation@exemple.fr', name: 'Sacha Moreau', role: 'facilitator' },
  { id: 'relais-tr@exemple.fr', name: 'Deniz Kaya', role: 'relay', language: 'tr' },
  { id: 'prestataire@exemple.fr', name: 'Camille Laurent', role: 'provider' },
  { id: 'lecture@exemple.fr', name: 'Morgan Girard', role: 'read-only' },
];

/** As Cognito writes them: a group is a role. */
export const claimsOf = ({ id, name, role, language }: Agent): Record<string, unknown> => ({
  sub: id,
  email: id,
  email_verified: true,
  name,
  'cognito:groups': [role],
  ...(language && { 'custom:langue': language }),
});
