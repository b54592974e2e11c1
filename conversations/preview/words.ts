/** The French words of the preview, which staff read: `locales/fr/preview.json` with its places filled. */
import french from '../../locales/fr/preview.json';

export const words = french;

/** Fills `{name}` in a text; a place that nothing fills stays as it is. */
export const fill = (text: string, places: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place));

/** "1 message", "4 messages"; in French one and nothing are singular. */
export const counted = (
  what: 'parts' | 'messages' | 'paths' | 'notReached',
  count: number,
  places = {},
): string => fill(words[`${what}_${count < 2 ? 'one' : 'other'}`], { count, ...places });
