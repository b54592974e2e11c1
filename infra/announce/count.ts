/** `npm run announce -- compter ID`: how many people it reaches, by language and channel, and what that costs. */
import { type PriceLine, priceOf } from '../../conversations/announcement-price.ts';
import { parisTime } from '../../conversations/hours.ts';
import { countAudience, type Unheard } from '../../functions/runtime/announcement-count.ts';
import type { Carriers } from '../../functions/runtime/route.ts';
import { createTurnStore } from '../../functions/store/turns.ts';
import { Refused } from '../command/refused.ts';
import { audienceInWords, oneLine } from './said.ts';
import { find, withAnnouncements } from './saved.ts';

/** Who carries what, as `functions/runtime/providers.ts` has it where SNS does not stand in. */
const CARRIERS: Carriers = { sms: ['twilio'], whatsapp: ['twilio'], messenger: ['meta'] };

const WHY: Record<Unheard, string> = {
  stopped: 'ont dit STOP',
  none: "n'ont pas dit oui",
  muted: 'ne veulent pas de ce genre de message',
  relieved: 'parlent en ce moment avec un agent',
  window: "n'ont pas écrit sur Messenger depuis 24 h",
  'no-template': 'sont sur WhatsApp, sans modèle pour après 24 h',
  'foreign-prefix': "ont un numéro d'un pays non autorisé",
  'no-sender': "sont sur un canal que rien n'achemine",
  'bad-address': 'ont un numéro qui ne répond plus',
  'no-address': "n'ont plus d'adresse",
};

const CHANNELS = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' } as const;
const euros = (value: number, digits = 2): string =>
  `${value.toLocaleString('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: digits })} €`;

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run announce -- compter ID');
  await withAnnouncements(async (saved) => {
    const { announcement } = await find(saved, id);
    const { city, db, now } = saved;
    const turns = createTurnStore(db);
    const { reached, unheard } = await countAudience(announcement, {
      db,
      turns,
      city,
      carriers: CARRIERS,
      now,
    });
    const { begins, at } = announcement;
    const day = (begins ? parisTime(new Date(begins)) : (at ?? saved.around.now)).slice(0, 10);
    const price = priceOf(announcement, reached, city, day);
    const lines = [
      oneLine(announcement),
      `pour: ${audienceInWords(announcement)}`,
      ...price.lines.map((line, index) => lineOf(line, reached[index]?.template === true)),
      `total: ${people(price.people)}, ${price.parts} ${price.parts > 1 ? 'messages ou parties' : 'message ou partie'}, ${euros(price.euros)}`,
      ...(price.unpriced > 0
        ? [`sans prix dans le fichier de la ville (prices): ${people(price.unpriced)}`]
        : []),
      ...Object.entries(unheard).map(
        ([why, count]) => `ne recevront rien: ${people(count)} qui ${WHY[why as Unheard]}`,
      ),
      ...(announcement.survey ? ['le début du sondage, qui suit, et les réponses ne sont pas comptés'] : []),
      "compté à l'instant: qui écrit ou arrête d'ici au départ change ces nombres",
    ];
    console.log(lines.join('\n'));
  });
}

const people = (count: number): string => `${count} ${count > 1 ? 'personnes' : 'personne'}`;

function lineOf(
  { channel, language, people: count, parts, each, euros: total, source }: PriceLine,
  template: boolean,
): string {
  const how = template ? ' (modèle)' : '';
  const price =
    each === undefined ? 'sans prix' : `× ${parts} × ${euros(each, 4)} = ${euros(total ?? 0)} (${source})`;
  return `  ${CHANNELS[channel]}${how}, ${language}: ${people(count)} ${price}`;
}
