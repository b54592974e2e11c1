/** The fields of a form as a browser would send them, read from a page of ours. */
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const plain = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (each) => ENTITIES[each] ?? '');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? plain(found[1] as string) : undefined;
};

/** Of the form that posts to this address. Throws where there is none. */
export function fieldsOf(page: string, action: string): Record<string, string[]> {
  const form = page
    .split('<form ')
    .slice(1)
    .map((each) => each.split('</form>')[0] as string)
    .find((each) => attribute(` ${each.slice(0, each.indexOf('>'))}`, 'action') === action);
  if (form === undefined) throw new Error(`the page has no form that posts to ${action}`);
  const fields: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string): void => {
    if (name) fields[name] = [...(fields[name] ?? []), value];
  };
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const type = attribute(tag, 'type');
    const chosen = (type !== 'checkbox' && type !== 'radio') || /\schecked(=|\s|\/|>)/.test(tag);
    if (chosen && type !== 'file') add(attribute(tag, 'name'), attribute(tag, 'value') ?? 'on');
  }
  for (const [, open = '', text = ''] of form.matchAll(/(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>/g))
    add(attribute(open, 'name'), plain(text));
  for (const [, open = '', inner = ''] of form.matchAll(/(<select\b[^>]*>)([\s\S]*?)<\/select>/g)) {
    const options = [...inner.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag);
    const chosen = options.find((tag) => /\sselected(=|\s|\/|>)/.test(tag)) ?? options[0];
    if (chosen) add(attribute(open, 'name'), attribute(chosen, 'value') ?? '');
  }
  return fields;
}
