/** What residents wrote, in the console: sheets with words, their page, the form of their tags. */
import type { AnswerSheet } from '../../conversations/events.ts';
import type { Item } from '../../functions/store/db.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { text } from './city.ts';
import type { TestConsole } from './console.ts';

export const TEXTS = '/console/resultats/square/textes';
export const mot = (v: string): AnswerSheet['answers'] => ({ mot: { v, t: 20 } });
export const read = (body: string): string => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** `city`: the one of the running test. */
export function openAnswers(city: () => TestConsole) {
  const pseudonym = (resident: string): string => city().deps.hashes.pseudonym(resident, 'square');
  const say = async (...texts: string[]): Promise<void> => {
    const webhook = createWebhook(city().deps);
    for (const each of texts) await text(webhook, '+33639980001', each);
  };
  const page = async (query = 'question=mot'): Promise<string> =>
    (await city().get(`${TEXTS}?${query}`)).body;
  /** The form of the text that has these words, with what is typed into it. */
  const tag = async (words: string, typed: string, query?: string) => {
    const entry = (await page(query)).split('<li id="texte-').find((each) => each.includes(words));
    if (!entry) throw new Error(`no text has the words "${words}"`);
    const fields = [...entry.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    const { jeton: _, ...form } = Object.fromEntries(fields);
    return { form, send: () => city().post(TEXTS, { ...form, [`etiquettes-${form.texte}`]: typed }) };
  };
  return {
    pseudonym,
    say,
    page,
    tag,
    /** Somebody goes through the whole survey in French. */
    answer: (last: string) =>
      say('SQUARE A12', '1', '3 parfois le dimanche', '1 6', 'des toilettes', '2', last),
    /** A sheet as a turn leaves it, under a pseudonym of its own. */
    sheet: (
      resident: string,
      answers: AnswerSheet['answers'],
      more: Partial<AnswerSheet> = {},
    ): Promise<void> =>
      city().deps.sheets.record(
        pseudonym(resident),
        {
          survey: 'square',
          revision: 1,
          end: 'done',
          channel: 'sms',
          language: 'fr',
          mode: 'QR',
          quartier: 'chene',
          age: '25-59',
          started: '2026-11-22T22:30:00.000Z',
          ended: '2026-11-22T23:30:00.000Z',
          reminders: 0,
          answers,
          ...more,
        },
        1,
      ),
    /** Saved as it is sent: throws where it is refused. */
    async tagged(words: string, typed: string, query?: string): Promise<void> {
      const { status } = await (await tag(words, typed, query)).send();
      if (status !== 303) throw new Error(`the tags were refused with ${status}`);
    },
    tagItems: (): Item[] => [...city().db.items.values()].filter(({ pk }) => String(pk).startsWith('tags#')),
  };
}
