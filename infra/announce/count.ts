/** `npm run announce -- compter ID`: how many people it reaches, by language and channel, and what that costs. */
import type { PriceLine } from '../../conversations/announcement-price.ts';
import { type Begun, daysToBegin } from '../../conversations/announcement-spread.ts';
import { filtersOf, isOfFew } from '../../conversations/audience.ts';
import { describeAudience } from '../../conversations/describe-audience.ts';
import { FEW, type Shown, shownCount, shownTable } from '../../conversations/small-counts.ts';
import { priced } from '../../functions/runtime/priced.ts';
import { channelWord, unreachedWord } from '../../functions/runtime/progress-words.ts';
import { Refused } from '../command/refused.ts';
import { counting } from './counting.ts';
import { euros, oneLine, people } from './said.ts';
import { find, withAnnouncements } from './saved.ts';

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run announce -- compter ID');
  await withAnnouncements(async (saved) => {
    const { announcement } = await find(saved, id);
    const { audience, survey } = announcement;
    const { counted, price } = await priced(counting(saved), announcement);
    const { ways, unreached } = counted;
    const few = isOfFew(price.people, audience);
    const some = (count: number): string =>
      typeof shownCount(count, filtersOf(audience)) === 'number'
        ? people(count)
        : `moins de ${FEW} personnes`;
    const shown = shownTable(
      ways.map((way) => way.people),
      filtersOf(audience) - 1,
    );
    const lines = [
      oneLine(announcement),
      `pour: ${describeAudience(audience, saved.world)}`,
      ...(few
        ? [`total: moins de ${FEW} personnes, ni leur nombre ni le prix ne sont montrés`]
        : [
            ...price.lines.map((line, index) => lineOf(line, ways[index]?.template === true, shown[index])),
            `total: ${people(price.people)}, ${price.parts} ${price.parts > 1 ? 'messages ou parties' : 'message ou partie'}, ${euros(price.euros)}`,
            ...(price.unpriced > 0
              ? [`sans prix dans le fichier de la ville (prices): ${some(price.unpriced)}`]
              : []),
            ...spreadOf(ways, saved.city.limits.begunPerDay['twilio-whatsapp']),
            ...[...unreached].map(
              ([why, count]) => `ne recevront rien: ${some(count)} qui ${unreachedWord(why)}`,
            ),
          ]),
      ...(survey ? ['le début du sondage, qui suit, et les réponses ne sont pas comptés'] : []),
      "compté à l'instant: qui écrit ou arrête d'ici au départ change ces nombres",
    ];
    console.log(lines.join('\n'));
  });
}

function spreadOf(ways: Begun[], tier: number | undefined): string[] {
  const days = daysToBegin(ways, tier);
  if (days === 1) return [];
  return [
    `sur WhatsApp, ${tier} personnes au plus en 24 h (limits.begunPerDay): réparti sur au moins ${days} jours d'envoi`,
  ];
}

/** What several filters leave of people is not told one by one (`small-counts.ts`). */
function lineOf(
  { channel, language, people: count, parts, each, euros: total, source }: PriceLine,
  template: boolean,
  shown: Shown | undefined,
): string {
  const name = `  ${channelWord(channel)}${template ? ' (modèle)' : ''}, ${language}`;
  if (typeof shown !== 'number') return `${name}: ${shown === 'few' ? `moins de ${FEW}` : 'non montré'}`;
  const price =
    each === undefined ? 'sans prix' : `× ${parts} × ${euros(each, 4)} = ${euros(total ?? 0)} (${source})`;
  return `${name}: ${people(count)} ${price}`;
}
