/** Twilio's own descriptions of its APIs, and whether an exchange over HTTP keeps to them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import type { Exchange } from './twilio-loopback.ts';

interface Schema {
  $ref?: string;
  type?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}
interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
}
type Content = Record<string, { schema: Schema }>;
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const require = createRequire(import.meta.url);
// Whole names, so that knip sees the package in use.
const FILES = {
  twilio_api_v2010: require.resolve('@twilio-alpha/mcp/twilio-oai/spec/json/twilio_api_v2010.json'),
  twilio_content_v1: require.resolve('@twilio-alpha/mcp/twilio-oai/spec/json/twilio_content_v1.json'),
};
const DESCRIPTIONS = Object.entries(FILES).map(([name, file]) => ({
  name,
  ...(JSON.parse(readFileSync(file, 'utf8')) as Description),
}));

/** Not in ajv: Twilio's own formats, and those of JSON Schema. Its uris are relative in its own examples. */
const FORMATS: Record<string, RegExp | true> = {
  'phone-number':
    /^(?:whatsapp:)?(?:\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9.]+)$|^\d{3,6}$|^[A-Za-z0-9 ]{1,11}$/,
  'date-time-rfc-2822':
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  'date-time': /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z)?$/,
  currency: /^[A-Za-z]{3}$/,
  uri: /^(?:https?:\/\/[^\s]+|\/[^\s]*)$/,
  'uri-map': true,
  int64: true,
};

/** What is wrong with an exchange; nothing where it is as described. */
export type Judge = (exchange: Exchange) => string[];

export function createJudge(): Judge {
  // Descriptions of OpenAPI 3.0 hold words that JSON Schema does not know.
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  for (const { name, components } of DESCRIPTIONS) ajv.addSchema({ $id: name, components });

  const check = (api: string, schema: Schema, value: unknown, where: string): string[] => {
    const validate = ajv.compile({ $id: undefined, ...inside(api, schema) });
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message}`);
  };

  return (exchange) => {
    const found = find(exchange);
    if (!found) return [`${exchange.method} ${exchange.path} is not described`];
    const { api, operation, path } = found;
    const problems: string[] = [];
    for (const { name, schema, required, in: at } of operation.parameters ?? []) {
      const value = at === 'path' ? path[name] : (exchange.query.get(name) ?? undefined);
      if (value === undefined) problems.push(...(required ? [`${name} is missing`] : []));
      else problems.push(...check(api.name, schema, typed(value, resolve(api, schema)), `${at} ${name}`));
    }
    const known = (operation.parameters ?? []).map(({ name }) => name);
    for (const name of exchange.query.keys())
      if (!known.includes(name)) problems.push(`query ${name} is not described`);
    problems.push(...bodyProblems(exchange, found, check), ...answerProblems(exchange, found, check));
    return problems;
  };
}

type Check = (api: string, schema: Schema, value: unknown, where: string) => string[];
interface Found {
  api: (typeof DESCRIPTIONS)[number];
  operation: Operation;
  path: Record<string, string>;
}

function find({ method, path }: Exchange): Found | undefined {
  for (const api of DESCRIPTIONS)
    for (const [template, operations] of Object.entries(api.paths)) {
      const pattern = template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/.]+)');
      const match = new RegExp(`^${pattern}$`).exec(path);
      const operation = operations[method.toLowerCase()];
      if (match && operation) return { api, operation, path: { ...match.groups } };
    }
  return undefined;
}

function bodyProblems({ headers, body }: Exchange, { api, operation }: Found, check: Check): string[] {
  const content = operation.requestBody?.content;
  if (!content) return body === '' ? [] : ['a body is not described'];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const media = content[type];
  if (!media) return [`a body of ${type} is not described, but ${Object.keys(content)}`];
  if (type === 'application/json') return check(api.name, media.schema, JSON.parse(body), 'body');
  const form = new URLSearchParams(body);
  const { properties = {} } = media.schema;
  const value: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of new Set(form.keys())) {
    const schema = properties[name] && resolve(api, properties[name]);
    if (!schema) problems.push(`body ${name} is not described`);
    else if (schema.type === 'array') value[name] = form.getAll(name);
    else if (form.getAll(name).length > 1) problems.push(`body ${name} comes twice`);
    else value[name] = typed(form.get(name) ?? '', schema);
  }
  return [...problems, ...check(api.name, media.schema, value, 'body')];
}

function answerProblems({ status, answer }: Exchange, { api, operation }: Found, check: Check): string[] {
  const described = operation.responses[String(status)];
  if (!described) return [`an answer of ${status} is not described`];
  const schema = described.content?.['application/json']?.schema;
  if (!schema) return answer === '' ? [] : ['an answer with a body is not described'];
  const value = JSON.parse(answer) as Record<string, unknown>;
  const { properties = {} } = resolve(api, schema);
  const more = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
  return [
    ...more.map((name) => `answer ${name} is not described`),
    ...check(api.name, schema, value, 'answer'),
  ];
}

/** A parameter is text on the wire; what is no number stays text, and is found. */
const typed = (value: string, { type }: Schema): unknown => {
  if (type === 'integer' || type === 'number') return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  return type === 'boolean' && ['true', 'false'].includes(value) ? value === 'true' : value;
};

function resolve(api: Description, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (api.components.schemas[name] ?? {});
}

/** References are to the description the schema stands in. */
const inside = (api: string, schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', `"${api}#/components`));
