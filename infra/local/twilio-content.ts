/**
 * Twilio's Content API as the stand-in speaks it: buttons and lists made, read and deleted, in the shape of
 * twilio_content_v1.json, and what a phone shows of one. Owns the resource; what is kept lies in the carrier's log.
 */
import * as z from 'zod';
import { Content, type Rich } from './carrier-lines.ts';
import type { CarrierLog } from './carrier-log.ts';
import type { KeptContent } from './carrier-state.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  GONE,
  iso8601,
  NOT_ALLOWED,
  NOT_FOUND,
  ok,
  pageOf,
  problem,
} from './twilio-api-answer.ts';

export interface ContentOptions {
  accountSid: string;
  log: CarrierLog;
  now: () => Date;
  /** Where this API is, for the addresses in its answers. */
  url: string;
  newSid: (prefix: string) => string;
}

/** What Twilio takes of the types we know (channel-limits.json), before any review by WhatsApp. */
const QuickReply = z.strictObject({
  body: z.string().min(1).max(1024),
  actions: z
    .array(
      z.strictObject({
        type: z.literal('QUICK_REPLY'),
        title: z.string().min(1).max(20),
        id: z.string().max(256).optional(),
      }),
    )
    .min(1)
    .max(10),
});
const ListPicker = z.strictObject({
  body: z.string().min(1).max(1024),
  button: z.string().min(1).max(20),
  items: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        item: z.string().min(1).max(24),
        description: z.string().max(72).optional(),
      }),
    )
    .min(1)
    .max(10),
});
const Text = z.strictObject({ body: z.string().min(1).max(1600) });
const Types = z.strictObject({
  'twilio/text': Text.optional(),
  'twilio/quick-reply': QuickReply.optional(),
  'twilio/list-picker': ListPicker.optional(),
});
const Create = Content.extend({ types: Types });

const PATH = /^\/v1\/Content(?:\/(HX[0-9a-fA-F]{32}))?$/;
export const isContentPath = (path: string): boolean => path.startsWith('/v1/Content');

export function answerContent(options: ContentOptions, request: ApiRequest): ApiAnswer {
  const { log, now, newSid } = options;
  const match = PATH.exec(request.path);
  if (!match) return NOT_FOUND();
  const sid = match[1];
  if (sid === undefined) {
    if (request.method === 'GET') return list(options, request.query);
    if (request.method !== 'POST') return NOT_ALLOWED();
    const content = Create.safeParse(jsonIn(request.body));
    const at = content.error?.issues[0]?.path.join('.') || 'the body';
    if (!content.success) return problem(400, 20001, `Invalid parameter: ${at}`);
    const created = newSid('HX');
    log.append({ type: 'content', at: now().toISOString(), sid: created, content: content.data });
    return ok(resource(options, created, log.contents.get(created) as KeptContent), 201);
  }
  const kept = log.contents.get(sid);
  if (!kept || kept.removed) return NOT_FOUND();
  if (request.method === 'GET') return ok(resource(options, sid, kept));
  if (request.method !== 'DELETE') return NOT_ALLOWED();
  log.append({ type: 'content-removed', at: now().toISOString(), sid });
  return GONE;
}

function list(options: ContentOptions, query: URLSearchParams): ApiAnswer {
  const found = [...options.log.contents].filter(([, { removed }]) => !removed);
  const page = pageOf(found, query);
  const url = (at: string): string => `${options.url}/v1/Content?${at}`;
  return ok({
    contents: page.shown.map(([sid, kept]) => resource(options, sid, kept)),
    meta: {
      key: 'contents',
      page: page.page,
      page_size: page.size,
      url: url(page.self),
      first_page_url: url(page.first),
      previous_page_url: page.previous === undefined ? null : url(page.previous),
      next_page_url: page.next === undefined ? null : url(page.next),
    },
  });
}

function resource({ accountSid, url }: ContentOptions, sid: string, { content, createdAt }: KeptContent) {
  const own = `${url}/v1/Content/${sid}`;
  return {
    sid,
    account_sid: accountSid,
    friendly_name: content.friendly_name ?? '',
    language: content.language,
    variables: content.variables ?? {},
    types: content.types,
    url: own,
    date_created: iso8601(createdAt),
    date_updated: iso8601(createdAt),
    links: {
      approval_create: `${own}/ApprovalRequests/whatsapp`,
      approval_fetch: `${own}/ApprovalRequests`,
    },
  };
}

export interface Rendered {
  body: string;
  rich: Rich;
  /** Approved beforehand: may go out at any time. */
  isTemplate: boolean;
}

/**
 * What a phone shows of a resource that is filled in. One that was not made here is a template of the city's, made
 * and approved elsewhere: `templates` holds its words, else its values are shown. A string is Twilio's refusal.
 */
export function renderContent(
  log: CarrierLog,
  templates: Record<string, string>,
  sid: string,
  filled: string | undefined,
): Rendered | ApiAnswer {
  const variables = z.record(z.string(), z.string()).safeParse(filled ? jsonIn(filled) : {});
  if (!variables.success) return problem(400, 21656, 'The ContentVariables Parameter is invalid');
  const kept = log.contents.get(sid);
  if (!/^HX[0-9a-fA-F]{32}$/.test(sid) || kept?.removed)
    return problem(400, 21655, 'The ContentSid is Invalid');
  const values = { ...kept?.content.variables, ...variables.data };
  const fill = (text: string): string =>
    text.replace(
      /\{\{\s*(\w+)\s*\}\}/g,
      (all, name) => (Object.hasOwn(values, name) ? values[name] : all) ?? all,
    );
  if (!kept) {
    const words =
      templates[sid] ??
      Object.keys(variables.data)
        .map((name) => `{{${name}}}`)
        .join(' · ');
    return { body: fill(words), rich: { template: { sid, variables: variables.data } }, isTemplate: true };
  }
  const types = Types.parse(kept.content.types);
  const buttons = types['twilio/quick-reply'];
  const items = types['twilio/list-picker'];
  const body = fill(buttons?.body ?? items?.body ?? types['twilio/text']?.body ?? '');
  if (buttons) {
    const shown = buttons.actions.map(({ id, title }) => ({ id: id ?? title, label: fill(title) }));
    return { body, rich: { buttons: shown }, isTemplate: false };
  }
  if (!items) return { body, rich: {}, isTemplate: false };
  const shown = items.items.map(({ id, item }) => ({ id, label: fill(item) }));
  return { body, rich: { list: { button: fill(items.button), items: shown } }, isTemplate: false };
}

function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
