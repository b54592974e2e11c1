/** Days on which people vote: what the city sends in the six months before is looked at twice. */
import { inParis } from '../../../conversations/hours.ts';
import { Button, FaultSummary, Field, Form } from '../forms.tsx';
import { State, Table } from '../list.tsx';
import { type Asked, doneOf, type Made, type Page, type Route } from '../page.ts';
import { ABOVE, type Again, changing, DONE, PATH, Seen, shownBy, TakeOff } from './changing.tsx';
import { Pending } from './history.tsx';
import { day } from './said.ts';

export const ELECTIONS = `${PATH}/scrutins`;
const OFF = `${ELECTIONS}/retirer`;

function page(asked: Asked, { faults, status }: Again): Page {
  const { deps, form: typed, now, query } = asked;
  const { city, pending } = deps.settings.current();
  const { elections } = city;
  const goes = (each: string) =>
    pending.some(
      ({ change }) => change.setting === 'elections' && change.to === null && change.from === each,
    );
  return {
    ...(status && { status }),
    title: 'Scrutins',
    purpose:
      'Les jours de vote, chaque tour : dans les six mois d’avant, une annonce est relue avant de partir.',
    above: ABOVE,
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Pending asked={asked} of="elections" />
        {elections.length > 0 && (
          <Table caption="Scrutins" heads={['Jour', { hidden: 'Retirer' }]}>
            {[...elections].sort().map((each) => (
              <tr>
                <th scope="row">{day(each)}</th>
                <td>
                  {goes(each) ? (
                    <State tone="waits">retrait proposé</State>
                  ) : (
                    <TakeOff asked={asked} action={OFF} label={`Retirer le ${day(each)}`} what={each} />
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
        {elections.length > 0 && (
          <p class="soft">
            Retirer un scrutin à venir ôte la relecture avant envoi : une autre personne doit le valider.
          </p>
        )}
        <h2>Noter un scrutin</h2>
        <Form action={ELECTIONS} label="Noter un scrutin">
          <Seen asked={asked} />
          <Field
            name="jour"
            value={typed.get('jour') ?? ''}
            faults={faults}
            type="date"
            label="Jour de vote"
            hint="Un jour par tour. Article L52-1 du code électoral."
            required
            attributes={{ min: inParis(now).date }}
          />
          <Button>Noter ce jour</Button>
        </Form>
      </>
    ),
  };
}

const add = (asked: Asked): Promise<Made> =>
  changing(
    asked,
    { setting: 'elections', from: null, to: (asked.form.get('jour') ?? '').trim() },
    {
      again: (again) => page(asked, again),
      to: ELECTIONS,
      fields: { '': 'jour' },
    },
  );

const off = (asked: Asked): Promise<Made> =>
  changing(
    asked,
    { setting: 'elections', from: asked.form.get('de') ?? '', to: null },
    {
      again: (again) => page(asked, again),
      to: ELECTIONS,
    },
  );

export const electionRoutes: Route[] = [
  { method: 'GET', path: ELECTIONS, right: 'settings.write', make: shownBy(page) },
  { method: 'POST', path: ELECTIONS, right: 'settings.write', make: add },
  { method: 'POST', path: OFF, right: 'settings.write', make: off },
];
