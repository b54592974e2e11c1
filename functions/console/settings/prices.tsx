/** Prices: staff add what a contract says from a day on; what has been reckoned with stays. */
import type { Price } from '../../../conversations/city.ts';
import { inParis } from '../../../conversations/hours.ts';
import { Button, FaultSummary, Field, Form, Select } from '../forms.tsx';
import { Table } from '../list.tsx';
import { type Asked, doneOf, type Made, type Page, type Route } from '../page.ts';
import {
  ABOVE,
  type Again,
  changing,
  choicesOf,
  DONE,
  PATH,
  Seen,
  shownBy,
  TakeOff,
  takenIn,
} from './changing.tsx';
import { CHANNELS, carriedBy, day, PROVIDERS, priceSaid } from './said.ts';

export const PRICES = `${PATH}/prix`;
const OFF = `${PRICES}/retirer`;
const FIELDS = { channel: 'canal', provider: 'prestataire', euros: 'euros', from: 'jour', source: 'source' };

function page(asked: Asked, { faults, status }: Again): Page {
  const { deps, form: typed, now, query } = asked;
  const today = inParis(now).date;
  const { prices, limits } = deps.settings.current().city;
  const field = (name: string) => ({ name, value: typed.get(name) ?? '', faults });
  return {
    ...(status && { status }),
    title: 'Prix',
    purpose: 'Ce que coûte un message, pour annoncer le prix d’un envoi avant qu’il parte.',
    above: ABOVE,
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        {prices.length > 0 && (
          <Table
            caption="Prix"
            heads={['Canal', { name: 'Prix', number: true }, 'Depuis', 'Source', { hidden: 'Retirer' }]}
          >
            {sorted(prices).map((price) => (
              <tr>
                <th scope="row">{carriedBy(price)}</th>
                <td class="number">{priceSaid(price.euros)}</td>
                <td>{day(price.from)}</td>
                <td>{price.source}</td>
                <td>
                  {price.from >= today && (
                    <TakeOff
                      asked={asked}
                      action={OFF}
                      label={`Retirer le prix ${carriedBy(price)} du ${day(price.from)}`}
                      what={JSON.stringify(price)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
        {!prices.some(({ channel }) => channel === 'sms') && (
          <p>
            Aucun prix daté pour les SMS : une partie est comptée {priceSaid(limits.partEuros)}, une
            estimation.
          </p>
        )}
        <h2>Ajouter un prix</h2>
        <p>Un prix commencé avant aujourd’hui ne change plus : ajoutez le nouveau, avec son jour.</p>
        <Form action={PRICES} label="Ajouter un prix">
          <Seen asked={asked} />
          <Select {...field('canal')} label="Canal" required choices={choicesOf(CHANNELS)} />
          <Select
            {...field('prestataire')}
            label="Prestataire"
            hint="Vide : quel que soit celui qui porte le canal."
            choices={choicesOf(PROVIDERS, 'Tous')}
          />
          <Field
            {...field('euros')}
            label="Prix en euros"
            hint="D’une partie de SMS, ou d’un message ailleurs. Par exemple 0,0725."
            required
            attributes={{ inputmode: 'decimal' }}
          />
          <Field {...field('jour')} type="date" label="À partir du" required attributes={{ min: today }} />
          <Field
            {...field('source')}
            label="Source"
            hint="Le contrat, le barème ou la facture où vous l’avez lu."
            required
          />
          <Button>Ajouter ce prix</Button>
        </Form>
      </>
    ),
  };
}

export const sorted = (prices: Price[]): Price[] =>
  [...prices].sort((a, b) => a.channel.localeCompare(b.channel) || b.from.localeCompare(a.from));

function add(asked: Asked): Promise<Made> {
  const given = (name: string): string => (asked.form.get(name) ?? '').trim();
  const euros = given('euros').replace(',', '.').replace(/\s|€/g, '');
  const price = {
    channel: given('canal'),
    ...(given('prestataire') && { provider: given('prestataire') }),
    euros: euros === '' ? null : /^\d+(\.\d+)?$/.test(euros) ? Number(euros) : euros,
    from: given('jour'),
    source: given('source'),
  };
  const where = { again: (again: Again) => page(asked, again), to: PRICES, fields: FIELDS };
  return changing(asked, { setting: 'prices', from: null, to: price }, where);
}

const off = (asked: Asked): Promise<Made> =>
  changing(
    asked,
    { setting: 'prices', from: takenIn(asked), to: null },
    {
      again: (again) => page(asked, again),
      to: PRICES,
    },
  );

export const priceRoutes: Route[] = [
  { method: 'GET', path: PRICES, right: 'settings.write', make: shownBy(page) },
  { method: 'POST', path: PRICES, right: 'settings.write', make: add },
  { method: 'POST', path: OFF, right: 'settings.write', make: off },
];
