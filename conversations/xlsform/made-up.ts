/** What a form of other tools does not say and a survey needs: made from what it does say, and told each time. */
import { isLanguage, phrase } from '../phrase.ts';
import type { Survey } from '../survey.ts';
import { readCommand } from '../understand/commands.ts';
import { normalise } from '../understand/normalise.ts';
import type { Context } from './read-context.ts';
import type { Settings } from './read-settings.ts';
import type { Cell } from './workbook.ts';

/** How long a survey is open whose form says nothing. */
const DAYS_OPEN = 60;
const KEYWORD = /^[A-Z0-9]{3,20}$/;

export interface Known {
  /** YYYY-MM-DD, in Paris. */
  today: string;
  /** The file's name without its ending. */
  name: string;
  /** The latest revision of a survey: what the form does not say stays as it is there. */
  before?(key: string): Survey | undefined;
}

type Made = Pick<Survey, 'key' | 'keywords' | 'opens' | 'closes' | 'topic' | 'intro' | 'thanks' | 'over'>;

type Told = (what: string, value: string, cell?: Cell) => void;

/** `said`: what our sheet says. `told` hears of each value that the form does not have, and what it became. */
export function madeUp(
  said: Partial<Survey>,
  settings: Settings,
  count: number,
  context: Context,
  known: Known,
  told: Told,
): Made {
  const { form_id: id, form_title: title, sms_keyword: word } = settings;
  const names = [id?.value, title?.value, known.name];
  const name = title?.value.trim() || id?.value.trim() || known.name;
  const key = said.key ?? keyFrom(names);
  if (!said.key) told('key', key, id);
  const before = known.before?.(key);

  function or<Field extends keyof Made>(
    field: Field,
    make: () => Made[Field],
    text: (value: Made[Field]) => string,
    cell?: Cell,
  ): Made[Field] {
    const own = said[field];
    if (own !== undefined) return own as Made[Field];
    if (before) {
      told(field, `comme dans la révision ${before.revision}`, cell);
      return before[field];
    }
    const made = make();
    told(field, text(made), cell);
    return made;
  }

  const inBase = (texts: Record<string, string>): string => texts[context.base] ?? '';
  const topic = or('topic', () => ({ [context.base]: name }), inBase, title);
  const written = [...new Set([context.base, ...context.languages])].filter(
    (language) => isLanguage(language) || language === context.base,
  );
  const ours = (what: 'intro' | 'thanks' | 'over'): Record<string, string> =>
    Object.fromEntries(
      written.map((language) => {
        const about = topic[language] ?? topic[context.base] ?? name;
        return [language, phrase(language, `form.${what}`, { count, topic: about })];
      }),
    );
  const given = word?.value.toUpperCase() ?? '';
  const opens = or('opens', () => known.today, String);
  const from = opens > known.today ? opens : known.today;
  return {
    key,
    keywords:
      said.keywords ??
      (KEYWORD.test(given)
        ? [given]
        : or('keywords', () => [keywordFrom([word?.value, ...names])], String, word ?? id)),
    opens,
    closes: or('closes', () => later(from, DAYS_OPEN), String),
    topic,
    intro: or('intro', () => ours('intro'), inBase),
    thanks: or('thanks', () => ours('thanks'), inBase),
    over: or('over', () => ours('over'), inBase),
  };
}

const latin = (text: string): string => normalise(text).normalize('NFD').replace(/\p{M}/gu, '');

function keyFrom(names: (string | undefined)[]): string {
  const slugs = names.map((name = '') =>
    latin(name)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, ''),
  );
  return slugs.find(Boolean) ?? 'sondage';
}

function keywordFrom(names: (string | undefined)[]): string {
  const words = names.map((name = '') =>
    latin(name)
      .replace(/[^a-z0-9]+/g, '')
      .toUpperCase()
      .slice(0, 20),
  );
  return words.find((word) => KEYWORD.test(word) && !readCommand(word, 'fr')) ?? 'SONDAGE';
}

function later(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
