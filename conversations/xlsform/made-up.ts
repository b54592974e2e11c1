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
}

type Made = Pick<Survey, 'key' | 'keywords' | 'opens' | 'closes' | 'topic' | 'intro' | 'thanks' | 'over'>;

/** Where a finding about a whole sheet stands. */
type Told = (what: keyof Made, value: string, cell?: Cell) => void;

export function madeUp(
  said: Partial<Survey>,
  settings: Settings,
  count: number,
  context: Context,
  known: Known,
  told: Told,
): Made {
  const { form_id: id, form_title: title, sms_keyword: word } = settings;
  const name = title?.value.trim() || id?.value.trim() || known.name;
  const key = said.key ?? make('key', keyFrom([id?.value, title?.value, known.name]), id);
  const keywords =
    said.keywords ??
    (word && KEYWORD.test(word.value.toUpperCase())
      ? [word.value.toUpperCase()]
      : [make('keywords', keywordFrom([word?.value, id?.value, title?.value, known.name]), word ?? id)]);
  const opens = said.opens ?? make('opens', known.today);
  const closes =
    said.closes ??
    make('closes', later(said.opens && said.opens > known.today ? said.opens : known.today, DAYS_OPEN));
  const topic = said.topic ?? { [context.base]: make('topic', name, title) };
  const written = [...new Set([context.base, ...context.languages])];
  const inEach = (what: 'intro' | 'thanks' | 'over'): Record<string, string> => {
    const texts = written
      .filter((language) => isLanguage(language) || language === context.base)
      .map((language) => {
        const about = topic[language] ?? topic[context.base] ?? name;
        return [language, phrase(language, `form.${what}`, { count, topic: about })] as const;
      });
    make(what, texts[0]?.[1] ?? '');
    return Object.fromEntries(texts);
  };
  return {
    key,
    keywords,
    opens,
    closes,
    topic,
    intro: said.intro ?? inEach('intro'),
    thanks: said.thanks ?? inEach('thanks'),
    over: said.over ?? inEach('over'),
  };

  function make(what: keyof Made, value: string, cell?: Cell): string {
    told(what, value, cell);
    return value;
  }
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
