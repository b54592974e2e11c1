/** What roles may do, as rows: who, which action, on what. Resources under the names they have in the code. */
import type { Resource } from './synth.ts';

export interface Allowed {
  role: string;
  action: string;
  resource: string;
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

const list = <Item>(value: Item | Item[]): Item[] => (Array.isArray(value) ? value : [value]);

/** The rows of one AWS::IAM::Policy. */
export function allowed({ Properties: policy }: Resource, resources: Resource[]): Allowed[] {
  const role = nameOf(policy.Roles[0].Ref).replace(/^Functions(\w+)Role$/, '$1');
  const rows: Allowed[] = [];
  for (const { Effect, Action, Resource: on } of policy.PolicyDocument.Statement as Statement[])
    for (const action of Effect === 'Allow' ? list(Action) : [])
      for (const resource of list(on)) rows.push({ role, action, resource: written(resource, resources) });
  return rows;
}

/** A logical id without the hash that CDK puts behind it. */
const nameOf = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

function written(resource: unknown, resources: Resource[]): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = resource as Record<string, unknown>;
  if (typeof Ref === 'string') return known(Ref, resources);
  if (Array.isArray(attribute)) return `${known(String(attribute[0]), resources)}.${attribute[1]}`;
  if (Array.isArray(joined))
    return (joined[1] as unknown[]).map((part) => written(part, resources)).join(String(joined[0]));
  throw new Error(`a policy names a resource in a way this test does not know: ${JSON.stringify(resource)}`);
}

function known(id: string, resources: Resource[]): string {
  if (!resources.some((each) => each.id === id)) throw new Error(`no resource has the id ${id}`);
  return nameOf(id);
}

/** A table to read: a block a role, a line an action. */
export function readable(rows: Allowed[]): string {
  const blocks = [...new Set(rows.map(({ role }) => role))].sort().map((role) => {
    const lines = rows
      .filter((row) => row.role === role)
      .map(({ action, resource }) => `  ${action.padEnd(32)} ${resource}`)
      .sort();
    return [role, ...lines].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}
