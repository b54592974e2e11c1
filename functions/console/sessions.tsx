/** Who is signed in, and the way to end it at once: for a lost phone, or a role that somebody has no longer. */
import { createConsoleSessionStore, type OpenSession } from '../store/console-sessions.ts';
import { Button, FaultSummary, type Faults, Form } from './forms.tsx';
import { Pager, pageOf, Table } from './list.tsx';
import { ROOT } from './navigation.ts';
import { type Asked, doneOf, type Made, type Page, type Route, seeOther } from './page.ts';
import { ROLE_NAMES } from './roles.ts';
import { at } from './said.ts';

const PATH = `${ROOT}/reglages/sessions`;

const DONE = { fermees: 'Ses sessions sont fermées : sa prochaine page lui demandera de se connecter.' };

async function page(asked: Asked, faults: Faults = {}): Promise<Page> {
  const { deps, query, now } = asked;
  const store = createConsoleSessionStore(deps.db);
  const { items, next } = await pageOf(store.places(query.get('apres') ?? undefined), ({ place }) => place);
  const open = await store.openAt(items, now);
  const byAgent = new Map<string, OpenSession[]>();
  for (const each of open) byAgent.set(each.agent.id, [...(byAgent.get(each.agent.id) ?? []), each]);
  return {
    status: Object.keys(faults).length > 0 ? 422 : 200,
    title: 'Sessions ouvertes',
    purpose: 'Qui est connecté à la console, et comment y mettre fin tout de suite.',
    above: { title: 'Réglages', href: `${ROOT}/reglages` },
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <p>
          Une session se ferme seule une demi-heure après la dernière page, et douze heures après la connexion
          ; le rôle y reste ce qu’il était à la connexion. Si une personne change de rôle ou part, changez
          d’abord son compte, puis fermez ses sessions : sinon, elle peut se reconnecter.
        </p>
        <Table caption="Sessions ouvertes" heads={['Qui', 'Rôle', 'Sessions', 'Fermer']}>
          {[...byAgent.values()].map((own) => (
            <One own={own} asked={asked} />
          ))}
        </Table>
        <Pager path={PATH} query={query} next={next} />
      </>
    ),
  };
}

function One({ own, asked: { agent: me, now } }: { own: OpenSession[]; asked: Asked }) {
  const { agent } = own[0] as OpenSession;
  const roles = [...new Set(own.map((each) => ROLE_NAMES[each.agent.role]))];
  return (
    <tr>
      <th scope="row">
        <bdi>{agent.name}</bdi>
        {agent.id === me.id && <span class="soft"> (vous)</span>}
        <br />
        <span class="soft">
          <bdi>{agent.id}</bdi>
        </span>
      </th>
      <td>{roles.join(', ')}</td>
      <td>
        <ul class="plain">
          {own.map(({ begun, seen }) => (
            <li>
              depuis {at(begun, now)}, vue {at(seen, now)}
            </li>
          ))}
        </ul>
      </td>
      <td>
        <Form action={`${PATH}/fermer`} label={`Fermer les sessions de ${agent.name}`} inline>
          <input type="hidden" name="agent" value={agent.id} />
          <Button danger>Fermer toutes ses sessions</Button>
        </Form>
      </td>
    </tr>
  );
}

async function end(asked: Asked): Promise<Made> {
  const { deps, form, note } = asked;
  const agent = form.get('agent') ?? '';
  const store = createConsoleSessionStore(deps.db);
  const ended = agent === '' ? 0 : await endNoted(store, agent, note);
  return ended > 0
    ? seeOther(PATH, 'fermees')
    : page(asked, { '': 'Cette personne n’a plus de session ouverte : il n’y avait rien à fermer.' });
}

/** Noted first: what cannot be noted is not done. */
async function endNoted(
  store: ReturnType<typeof createConsoleSessionStore>,
  agent: string,
  note: Asked['note'],
): Promise<number> {
  const { items } = await pageOf(store.places(`${agent}#`), ({ place }) => place, 1);
  if (!items[0]?.place.startsWith(`${agent}#`)) return 0;
  await note('sessions fermées', agent);
  return store.endAll(agent);
}

export const sessionsRoutes: Route[] = [
  { method: 'GET', path: PATH, right: 'settings.write', make: (asked) => page(asked) },
  { method: 'POST', path: `${PATH}/fermer`, right: 'settings.write', make: end },
];
