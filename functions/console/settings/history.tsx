/** Everything that staff changed of the settings, and the way back. */
import { type Change, type Numbered, type Settings, undoing } from '../../../conversations/settings.ts';
import { type Changed, type Doer, decide, takeBack } from '../../runtime/change-settings.ts';
import type { Deps } from '../../runtime/deps.ts';
import { Button, FaultSummary, Form } from '../forms.tsx';
import { Empty, ROWS, State, Table } from '../list.tsx';
import { type Asked, doneOf, type Made, NotThere, type Page, type Route } from '../page.ts';
import { at } from '../said.ts';
import { Who } from '../who.tsx';
import { ABOVE, type Again, answered, DONE, doerOf, PATH, Seen } from './changing.tsx';
import { KINDS, settingSaid, valueSaid } from './said.ts';

export const HISTORY = `${PATH}/historique`;

async function get(asked: Asked): Promise<Page> {
  await asked.deps.settings.refresh();
  return page(asked, { faults: {} });
}

/** The last ones first, from the number in `avant` down. */
function page(asked: Asked, { faults, status }: Again): Page {
  const { deps, now, query } = asked;
  const settings = deps.settings.current();
  const before = Number(query.get('avant')) || Number.POSITIVE_INFINITY;
  const all = settings.entries.filter(({ number }) => number < before).reverse();
  const shown = all.slice(0, ROWS);
  const last = shown.at(-1);
  return {
    ...(status && { status }),
    title: 'Historique des réglages',
    purpose: 'Qui a changé quoi, et quand. Chaque changement peut être repris.',
    above: ABOVE,
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Pending asked={asked} />
        {shown.length === 0 ? (
          <Empty>
            <p>Rien n’a été changé ici : tout est comme dans le fichier de la ville.</p>
          </Empty>
        ) : (
          <Table
            caption="Historique des réglages"
            heads={['N°', 'Quand', 'Qui', 'Réglage', 'Avant', 'Après', { hidden: 'Reprendre' }]}
          >
            {shown.map((entry) => (
              <tr>
                <td class="number">{entry.number}</td>
                <td>{at(entry.at, now)}</td>
                <td>
                  <Who id={entry.by} among={shown.map(({ by }) => by)} />
                </td>
                <Line entry={entry} settings={settings} />
                <td>{undoing(settings, entry) && <Back asked={asked} number={entry.number} />}</td>
              </tr>
            ))}
          </Table>
        )}
        {all.length > shown.length && last && (
          <p>
            <a href={`${HISTORY}?avant=${last.number}`} rel="next">
              Changements plus anciens
            </a>
          </p>
        )}
      </>
    ),
  };
}

function Line({ entry, settings }: { entry: Numbered; settings: Settings }) {
  const about = 'of' in entry ? settings.entries.find(({ number }) => number === entry.of) : entry;
  const change = about && 'change' in about ? about.change : undefined;
  return (
    <>
      <td>
        {change && settingSaid(change, settings.city)}
        <p class="soft">
          {KINDS[entry.kind]}
          {'of' in entry && `, n° ${entry.of}`}
          {'undoes' in entry && entry.undoes !== undefined && `, reprend le n° ${entry.undoes}`}
        </p>
      </td>
      <td>{change && valueSaid(change.setting, change.from)}</td>
      <td>{change && valueSaid(change.setting, change.to)}</td>
    </>
  );
}

const Back = ({ asked, number }: { asked: Asked; number: number }) => (
  <Form action={`${HISTORY}/${number}/reprendre`} inline label={`Revenir sur le changement n° ${number}`}>
    <Seen asked={asked} />
    <Button quiet>Revenir dessus</Button>
  </Form>
);

/** What waits for a second person; of one setting alone where it is said. */
export function Pending({ asked, of }: { asked: Asked; of?: Change['setting'] }) {
  const { deps, agent, now } = asked;
  const { city, ...settings } = deps.settings.current();
  const pending = settings.pending.filter(({ change }) => of === undefined || change.setting === of);
  if (pending.length === 0) return null;
  return (
    <section class="warning">
      <h2>À valider par une autre personne</h2>
      {pending.map(({ number, change, by, at: when }) => (
        <div>
          <p>
            <State tone="waits">proposé</State> {settingSaid(change, city)} :{' '}
            {valueSaid(change.setting, change.from)} → <strong>{becomes(change)}</strong>, par{' '}
            <Who id={by} among={pending.map((each) => each.by)} />, {at(when, now)}.
          </p>
          <div class="actions">
            {agent.id !== by && (
              <Form action={`${HISTORY}/${number}/valider`} inline label={`Valider le n° ${number}`}>
                <Seen asked={asked} />
                <Button>Valider</Button>
              </Form>
            )}
            <Form action={`${HISTORY}/${number}/retirer`} inline label={`Retirer le n° ${number}`}>
              <Seen asked={asked} />
              <Button quiet>{agent.id === by ? 'Retirer ma proposition' : 'Refuser'}</Button>
            </Form>
          </div>
        </div>
      ))}
    </section>
  );
}

const becomes = ({ setting, to }: Change): string =>
  to === null && setting === 'elections' ? 'retiré' : valueSaid(setting, to);

type Act = (deps: Deps, number: number, doer: Doer) => Promise<Changed>;

const does =
  (act: Act) =>
  async (asked: Asked): Promise<Made> => {
    const number = Number(asked.params.number);
    if (!Number.isInteger(number)) throw new NotThere();
    const done = await act(asked.deps, number, doerOf(asked));
    return answered(done, { again: (again) => page(asked, again), to: HISTORY });
  };

const act = (name: string, done: Act): Route => ({
  method: 'POST',
  path: `${HISTORY}/:number/${name}`,
  right: 'settings.write',
  make: does(done),
});

export const historyRoutes: Route[] = [
  { method: 'GET', path: HISTORY, right: 'settings.write', make: get },
  act('reprendre', takeBack),
  act('valider', (deps, number, doer) => decide(deps, number, 'approved', doer)),
  act('retirer', (deps, number, doer) => decide(deps, number, 'dropped', doer)),
];
