/**
 * `npm run live -- importer ID --de QUI --direct N`: the comments under the live become questions like any others, text
 * only, each once. Nobody is written to about them: their writers read the answer where they wrote.
 */
import * as z from 'zod';
import { commentsOf, TooMany } from '../../functions/channels/live-comments.ts';
import { createNumberStore } from '../../functions/store/numbers.ts';
import { personOf } from '../command/person.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { findLive, withLives, writeActed } from './saved.ts';

const USAGE = `usage: npm run live -- importer ID --de QUI --direct N [--questions: seulement les commentaires avec un point d'interrogation]
  N est le numéro du direct chez Facebook; le jeton de la page est dans META_PAGE_TOKEN (droit de modérer la page)`;
const Env = z.object({
  META_PAGE_TOKEN: z.string().min(1),
  META_APP_SECRET: z.string().min(1).optional(),
  META_API_URL: z.url().default('https://graph.facebook.com'),
});
/** As long as a message of a resident's. */
const MAX_TEXT = 1600;
const ASKS = /[?؟？]/u;

export async function run(args: string[]): Promise<void> {
  const options = {
    de: { type: 'string' },
    direct: { type: 'string' },
    questions: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  const by = personOf(values.de);
  const video = values.direct ?? '';
  if (!/^\d{5,25}$/.test(video))
    throw new Refused(`--direct est le numéro du direct chez Facebook, des chiffres, reçu « ${video} »`);
  const env = Env.safeParse(process.env);
  if (!env.success) throw new Refused('il manque le jeton de la page: META_PAGE_TOKEN=…');
  const { META_PAGE_TOKEN: token, META_APP_SECRET: appSecret, META_API_URL: baseUrl } = env.data;
  await withLives(async (saved) => {
    const entry = await findLive(saved, id);
    const { number } = entry.thing;
    const numbers = createNumberStore(saved.announcing.db);
    const count = { kept: 0, there: 0, passed: 0 };
    try {
      for await (const { id: comment, text, at } of commentsOf(video, {
        token,
        baseUrl,
        ...(appSecret && { appSecret }),
      })) {
        const passes = /\p{L}{2}/u.test(text) && (!values.questions || ASKS.test(text));
        if (!passes) count.passed += 1;
        else if (await saved.comments.has(number, comment)) count.there += 1;
        else {
          const given = await numbers.next('question', `comment-${number}-${comment}`, saved.now);
          const kept = { id: comment, number: given, text: text.slice(0, MAX_TEXT), at };
          count[(await saved.comments.keep(number, kept, saved.now)) ? 'kept' : 'there'] += 1;
        }
      }
    } catch (cause) {
      if (cause instanceof TooMany)
        throw new Refused(
          `le direct a plus de ${cause.most} commentaires: les ${cause.most} premiers sont lus (${words(count)}), les autres non`,
          { cause },
        );
      throw new Refused(
        `Facebook n'a pas donné les commentaires (${(cause as Error).message}): ${words(count)}. Recommencez: rien n'est gardé deux fois`,
        { cause },
      );
    }
    await writeActed(saved, entry, { live: entry.thing, told: words(count) }, { by, what: 'importer' });
  });
}

const words = ({ kept, there, passed }: Record<'kept' | 'there' | 'passed', number>): string =>
  `${kept} ${kept > 1 ? 'nouvelles questions' : 'nouvelle question'}, ${there} déjà là, ${passed} sans question`;
