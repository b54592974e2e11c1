/** The columns of an XLSForm by their published names and their older ones (pyxform's aliases). */

/** A header as it is understood. `extra`: no column of XLSForm's, kept as it is written. */
export interface Column {
  name: string;
  extra?: true;
  /** The language as it is written behind `::`, where the column has texts. */
  language?: string;
}

/** Columns that hold one text a language. */
export const TRANSLATED = new Set([
  'label',
  'hint',
  'guidance_hint',
  'constraint_message',
  'required_message',
  'image',
  'big-image',
  'audio',
  'video',
  'text',
]);

export type Known = Record<string, string>;
const same = (...names: string[]): Known => Object.fromEntries(names.map((name) => [name, name]));

const MEDIA: Known = {
  ...same('image', 'big-image', 'audio', 'video'),
  'media::image': 'image',
  'media::big-image': 'big-image',
  'media::audio': 'audio',
  'media::video': 'video',
};

export const SURVEY: Known = {
  ...same(
    'type',
    'name',
    'label',
    'hint',
    'guidance_hint',
    'default',
    'relevant',
    'required',
    'required_message',
  ),
  ...same('constraint', 'constraint_message', 'calculation', 'choice_filter', 'appearance', 'read_only'),
  ...same('repeat_count', 'trigger', 'parameters', 'disabled', 'sms_field', 'sms_option'),
  ...MEDIA,
  command: 'type',
  tag: 'name',
  value: 'name',
  caption: 'label',
  relevance: 'relevant',
  'bind::relevant': 'relevant',
  'bind::required': 'required',
  requiredmsg: 'required_message',
  'bind::jr:requiredmsg': 'required_message',
  'bind::constraint': 'constraint',
  constraining_message: 'constraint_message',
  'constraint-msg': 'constraint_message',
  'bind::jr:constraintmsg': 'constraint_message',
  calculate: 'calculation',
  'bind::calculate': 'calculation',
  'control::appearance': 'appearance',
  'body::appearance': 'appearance',
  readonly: 'read_only',
  'bind::readonly': 'read_only',
  count: 'repeat_count',
  'repeat-count': 'repeat_count',
  'jr:count': 'repeat_count',
  'control::jr:count': 'repeat_count',
};

/** Ours, which other tools carry along unread: `bind::` takes any attribute of a namespace the settings name. */
export const OWN = ['type', 'min', 'max', 'bounds', 'list', 'other', 'ranges', 'most', 'names'] as const;
for (const name of OWN) SURVEY[`bind::pv:${name}`] = `pv:${name}`;

export const CHOICES: Known = {
  ...same('list_name', 'name', 'label', 'sms_option'),
  ...MEDIA,
  value: 'name',
  caption: 'label',
};

export const SETTINGS: Known = {
  ...same('form_title', 'form_id', 'version', 'default_language', 'sms_keyword', 'sms_separator'),
  ...same('clean_text_values', 'namespaces'),
  title: 'form_title',
  set_form_title: 'form_title',
  id_string: 'form_id',
  set_form_id: 'form_id',
};

export const OWN_SHEET: Known = same('field', 'value', 'text');

const PREFIXES = new Set(['bind', 'control', 'body', 'media', 'instance']);

const snake = (text: string): string => text.trim().split(/\s+/u).join('_').toLowerCase();

/** `double`: a header of the sheet has `::`, so that a single colon parts nothing any more. */
export function columnOf(header: string, known: Known, double: boolean): Column {
  const extra: Column = { name: header, extra: true };
  const whole = Object.hasOwn(known, snake(header)) ? known[snake(header)] : undefined;
  if (whole) return { name: whole };
  const tokens =
    double || header.includes('::')
      ? header.split('::')
      : // As pyxform: `jr:constraintMsg` is one word among colons that part.
        header.split(':').reduce<string[]>((parts, part) => {
          if (parts.at(-1)?.trim() === 'jr') parts[parts.length - 1] = `jr:${part}`;
          else parts.push(part);
          return parts;
        }, []);
  const [first = '', ...rest] = tokens.map((token) => token.trim());
  const prefixed = PREFIXES.has(snake(first)) && rest.length > 0;
  const key = prefixed ? `${snake(first)}::${snake(rest[0] ?? '')}` : snake(first);
  const language = (prefixed ? rest.slice(1) : rest).join('::');
  const name = Object.hasOwn(known, key) ? known[key] : undefined;
  if (!name) return extra;
  if (!language) return { name };
  return TRANSLATED.has(name) ? { name, language } : extra;
}
