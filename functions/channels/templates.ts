/** Which approved WhatsApp template carries a message outside the 24 hours, and with what in its variables. */
import type { AnnouncementKind } from '../../conversations/announcement.ts';
import type { City, Template } from '../../conversations/city.ts';
import type { FilledTemplate } from './channel.ts';

export type Purpose = Template['purpose'];

/** What the templates of an announcement are for. */
export const purposeOf = (kind: AnnouncementKind): Purpose => (kind === 'info' ? 'information' : kind);

/** Text and variables together; error 63021 (channels.md 1.6). The template's own words take the rest. */
const MOST_VARIABLE = 800;

/**
 * The city's template for this purpose in the resident's language, else in French, filled in. Undefined where none
 * fits: then nothing is sent, for a text that is no template is refused (63016).
 */
export function templateFor(
  city: City,
  { purpose, language, text }: { purpose: Purpose; language: string; text: string },
): FilledTemplate | undefined {
  const fitting = city.templates.filter((template) => template.purpose === purpose);
  const template =
    fitting.find((each) => each.language === language) ?? fitting.find((each) => each.language === 'fr');
  if (!template) return undefined;
  const values = { text: oneLine(text), city: city.name, phone: city.phone };
  const variables = Object.entries(template.variables).map(([name, what]) => [name, values[what]]);
  return { contentSid: template.contentSid, variables: Object.fromEntries(variables) };
}

/** A variable has no line breaks, no tabs and no more than four spaces in a row, or the message is refused (21656). */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, MOST_VARIABLE);
