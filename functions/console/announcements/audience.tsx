/** How many people an announcement reaches now, by language and channel, and what that costs. */
import type { PriceLine } from '../../../conversations/announcement-price.ts';
import { daysToBegin } from '../../../conversations/announcement-spread.ts';
import { type Audience, filtersOf, isOfFew } from '../../../conversations/audience.ts';
import type { City } from '../../../conversations/city.ts';
import { describeAudience, languageName } from '../../../conversations/describe-audience.ts';
import { FEW, type Shown, shownCount, shownTable } from '../../../conversations/small-counts.ts';
import { type Priced, priced } from '../../runtime/priced.ts';
import { behind, channelWord, unreachedWord } from '../../runtime/progress-words.ts';
import { Table } from '../list.tsx';
import type { Asked, Page, Route } from '../page.ts';
import { counted, euros, figure, sentence, typeset } from '../said.ts';
import { found } from './found.ts';
import { addressOf, PATH } from './words.ts';

async function show(asked: Asked): Promise<Page> {
  const { deps } = asked;
  const { announcement } = await found(asked);
  const { id, audience, survey } = announcement;
  const made = await priced(deps, announcement);
  const { price } = made;
  return {
    title: `À qui va ${id}`,
    purpose: 'Compté à l’instant : qui écrit ou arrête d’ici au départ change ces nombres.',
    above: { title: `Annonce ${id}`, href: addressOf(id) },
    body: (
      <section id="public" aria-label="Destinataires et prix">
        <p>{sentence(describeAudience(audience, deps.world))}.</p>
        {isOfFew(price.people, audience) ? (
          <p>
            <strong>moins de {FEW} personnes</strong> : ni leur nombre ni le prix ne sont montrés.
          </p>
        ) : (
          <Figures {...{ made, audience, city: deps.world.city }} />
        )}
        {survey && <p class="soft">La suite du sondage et les réponses ne sont pas comptées.</p>}
      </section>
    ),
  };
}

interface Counted {
  made: Priced;
  audience: Audience;
  city: City;
}

function Figures({ made, audience, city }: Counted) {
  const { price, counted: count } = made;
  const tier = city.limits.begunPerDay['twilio-whatsapp'];
  const days = daysToBegin(count.ways, tier);
  const filters = filtersOf(audience);
  const some = (people: number): string =>
    typeof shownCount(people, filters) === 'number'
      ? counted(people, 'personne', 'personnes')
      : `moins de ${FEW} personnes`;
  return (
    <>
      <p>
        <strong>
          {counted(price.people, 'personne', 'personnes')}, {counted(price.parts, 'message', 'messages')},{' '}
          {euros(price.euros)}
        </strong>
      </p>
      {price.lines.length > 0 && <Lines {...{ made, filters, city }} />}
      {price.unpriced > 0 && <p>Sans prix dans les réglages : {some(price.unpriced)}.</p>}
      {days > 1 && (
        <p>
          WhatsApp ne laisse écrire qu’à {figure(tier ?? 0)} personnes en 24 h : l’envoi dure au moins {days}{' '}
          jours.
        </p>
      )}
      {count.unreached.size > 0 && (
        <>
          <h3>Ne recevront rien</h3>
          <ul>
            {[...count.unreached].map(([why, people]) => (
              <li>
                {some(people)} qui {typeset(behind(people, unreachedWord(why)))}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Lines({
  made: { price, counted: count },
  filters,
  city,
}: Omit<Counted, 'audience'> & { filters: number }) {
  const shown = shownTable(
    count.ways.map(({ people }) => people),
    filters - 1,
  );
  return (
    <Table
      caption="Destinataires par canal et langue"
      heads={['Canal', 'Langue', { name: 'Personnes', number: true }, { name: 'Prix', number: true }]}
    >
      {price.lines.map((line, index) => (
        <tr>
          <td>
            {channelWord(line.channel)}
            {count.ways[index]?.template && ' (modèle)'}
          </td>
          <td>{languageName(city, line.language)}</td>
          <td class="number">{peopleOf(shown[index], line)}</td>
          <td class="number">{typeof shown[index] === 'number' ? costOf(line) : '–'}</td>
        </tr>
      ))}
    </Table>
  );
}

const peopleOf = (shown: Shown | undefined, { people }: PriceLine): string =>
  typeof shown === 'number' ? figure(people) : shown === 'few' ? `moins de ${FEW}` : 'non montré';

const costOf = ({ people, parts, each, euros: total }: PriceLine): string =>
  each === undefined
    ? 'sans prix'
    : `${figure(people)} × ${figure(parts)} × ${euros(each, 4)} = ${euros(total ?? 0)}`;

export const audienceRoutes: Route[] = [
  { method: 'GET', path: `${PATH}/:id/public`, right: 'announcements.read', make: show },
];
