/** The agent that an issuer vouches for: whose address it is, and the one role that the administrator has given. */
import * as z from 'zod';
import { languages } from '../../../locales/index.ts';
import { type Agent, ROLES, type Role } from '../agent.ts';

export type Refusal = 'no-address' | 'address-unverified' | 'no-role' | 'several-roles' | 'no-language';

const Claims = z.object({
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z
    .union([z.literal(true), z.literal('true')])
    .optional()
    .catch(undefined),
  name: z.string().optional().catch(undefined),
  'custom:role': z.string().optional().catch(undefined),
  /** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html */
  'cognito:groups': z.array(z.string()).default([]).catch([]),
  'custom:langue': z.enum(languages).optional().catch(undefined),
});

const LONGEST_NAME = 80;
const isRole = (text: string | undefined): text is Role =>
  (ROLES as readonly (string | undefined)[]).includes(text);

/**
 * `claims` are those of an ID token whose signature holds. Groups that are no roles of ours are passed over; two
 * roles are refused, for whoever was moved from one group to another and left in both would keep the stronger one
 * unseen. A relay without a language could answer nobody.
 */
export function agentOf(claims: unknown): Agent | Refusal {
  const read = Claims.parse(claims);
  const { email, email_verified: verified, 'custom:role': given, 'custom:langue': language } = read;
  if (!email) return 'no-address';
  // The second person who approves is told from the first by the address: it must be theirs.
  if (!verified) return 'address-unverified';
  const roles = [...new Set([given, ...read['cognito:groups']].filter(isRole))];
  const [role] = roles;
  if (!role) return 'no-role';
  if (roles.length > 1) return 'several-roles';
  if (role === 'relay' && !language) return 'no-language';
  const id = email.toLowerCase();
  return { id, name: nameOf(read.name, id), role, ...(role === 'relay' && language && { language }) };
}

/** One line; what an administrator has left empty is the part of the address that says who. */
function nameOf(name: string | undefined, id: string): string {
  const line = (name ?? '').replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return line.slice(0, LONGEST_NAME) || (id.split('@')[0] as string);
}
