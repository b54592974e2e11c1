/** One resident: what is held, how they agreed, what happened, and what can be done for them. */
import type { Child } from 'hono/jsx';
import type { World } from '../../../conversations/moment.ts';
import { type Held, heldOf } from '../../runtime/held.ts';
import type { Item } from '../../store/db.ts';
import type { TurnItem } from '../../store/turn-item.ts';
import { Button, Form, Select } from '../forms.tsx';
import { Empty, Facts, State, Table } from '../list.tsx';
import { type Asked, doneOf, NotThere, type Page, type Route } from '../page.ts';
import { may } from '../roles.ts';
import { at, counted } from '../said.ts';
import { addressOf, addressSaid, asked, languageOf, listName, RESIDENTS, referenceOf } from './parts.ts';
import { CONSENTS, type Row, timelineOf } from './timeline.ts';

/** What a page shows of somebody's years: all of it stands in the copy of their data. */
const MOST_ROWS = 50;

const DONE = {
  corrige: 'La fiche est corrigée.',
  stop: 'Les messages sont arrêtés, sur tous les canaux. Aucun message n’est parti.',
  retire: 'La personne n’est plus sur cette liste.',
  reuni: 'Les deux fiches n’en font plus qu’une. Aucun message n’est parti.',
};
const CONSENT = {
  given: <State tone="going">inscrit</State>,
  stopped: <State tone="bad">a dit STOP</State>,
  none: <State tone="plain">pas inscrit</State>,
};
const MUTED = { visit: 'visites', survey: 'sondages', live: 'directs', info: 'informations' };

async function show(request: Asked): Promise<Page> {
  const { deps, agent, now, query, note } = request;
  const item = await asked(request);
  const reference = referenceOf(deps, item);
  await note('fiche d’habitant consultée', reference);
  const held = await heldOf(deps, item);
  if (!held) throw new NotThere();
  const { world } = deps;
  const rows = timelineOf(world, held);
  const proofs = held.kept.filter(({ sk }) => String(sk).startsWith('consent#'));
  const changes = may(agent.role, 'residents.change');
  return {
    title: 'Fiche d’habitant',
    purpose: 'Ce que la ville garde d’une personne, et ce qu’elle peut en faire à sa demande.',
    above: { title: 'Habitants', href: RESIDENTS },
    done: doneOf(query, DONE),
    body: (
      <>
        <Facts facts={factsOf(world, item, reference)} />
        {changes && (
          <div class="actions">
            <a class="button" href={addressOf(item.hash, 'corriger')}>
              Corriger
            </a>
            <a class="button quiet" href={addressOf(item.hash, 'copie')}>
              Remettre ses données
            </a>
            {held.session.consent !== 'stopped' && (
              <a class="button quiet" href={addressOf(item.hash, 'stop')}>
                Arrêter les messages
              </a>
            )}
            <a class="button quiet" href={addressOf(item.hash, 'reunir')}>
              Réunir avec une autre fiche
            </a>
            <a class="button quiet" href={addressOf(item.hash, 'effacer')}>
              Effacer
            </a>
          </div>
        )}
        <h2>Preuves d’accord</h2>
        <Proofs world={world} proofs={proofs} now={now} />
        <h2>Listes</h2>
        <Lists world={world} held={held} hash={item.hash} changes={changes} />
        <h2>Ce qui s’est passé</h2>
        <Timeline rows={rows} now={now} />
      </>
    ),
  };
}

function factsOf(world: World, item: TurnItem, reference: string): [string, Child][] {
  const { session, address, known, others } = item;
  const ways = [{ address, ...known }, ...others];
  return [
    ['Inscription', CONSENT[session.consent]],
    [
      'Canaux',
      <ul class="plain">
        {ways.map((way) => (
          <li>
            {addressSaid(way.address)}
            {way.bad && <span class="soft">n’est plus joignable</span>}
          </li>
        ))}
      </ul>,
    ],
    ['Langue', languageOf(session.language) ?? 'non dite'],
    ['Langue parlée', world.city.voices.find(({ code }) => code === session.voice)?.name],
    ['Quartier', session.quartier === undefined ? 'non dit' : listName(world, session.quartier)],
    ['Âge', session.age ?? 'non dit'],
    ['Questions simples', session.plain === 'on' ? 'oui' : undefined],
    ['Arrivé par', session.source === 'import' ? 'import d’une liste' : session.source],
    ['Dernier message', session.heard && dayOf(session.heard)],
    ['Ne veut plus', session.muted?.map((kind) => MUTED[kind]).join(', ')],
    ['Référence au journal', reference],
  ];
}

const dayOf = (day: string): string => day.split('-').reverse().join('/');

function Proofs({ world, proofs, now }: { world: World; proofs: Item[]; now: Date }) {
  if (proofs.length === 0)
    return (
      <Empty>
        <p>
          Cette personne n’a pas donné son accord : elle a seulement écrit. Elle ne reçoit rien d’elle-même.
        </p>
      </Empty>
    );
  return (
    <ul class="cards">
      {[...proofs]
        .sort((a, b) => (String(a.at) < String(b.at) ? 1 : -1))
        .map((proof) => (
          <li class="card">
            <h3>{CONSENTS[String(proof.kind)] ?? String(proof.kind)}</h3>
            <blockquote>
              <bdi dir="auto" lang={proof.source === 'import' ? 'fr' : String(proof.language ?? 'fr')}>
                {String(proof.text)}
              </bdi>
            </blockquote>
            <Facts
              facts={[
                ['Noté le', at(String(proof.at), now)],
                ['Accord du', proof.on === undefined ? undefined : dayOf(String(proof.on))],
                ['Recueilli par', proof.by === undefined ? undefined : <bdi>{String(proof.by)}</bdi>],
                ['Liste', proof.list === undefined ? undefined : listName(world, String(proof.list))],
                ['Version du texte', proof.version === undefined ? undefined : String(proof.version)],
              ]}
            />
          </li>
        ))}
    </ul>
  );
}

function Lists({ world, held, hash, changes }: { world: World; held: Held; hash: string; changes: boolean }) {
  const { lists, consent } = held.session;
  if (lists.length === 0) return <p class="soft">Sur aucune liste.</p>;
  return (
    <>
      <ul>
        {lists.map((list) => (
          <li>{listName(world, list)}</li>
        ))}
      </ul>
      {consent === 'stopped' && (
        <p class="soft">Rien n’y est envoyé tant que la personne n’écrit pas REPRENDRE.</p>
      )}
      {changes && consent !== 'stopped' && (
        <details>
          <summary>Retirer d’une liste</summary>
          <Form action={addressOf(hash, 'retirer')} label="Retirer d’une liste">
            <Select
              name="liste"
              label="Liste"
              required
              choices={lists.map((list) => ({ value: list, label: listName(world, list) }))}
            />
            <Select
              name="pourquoi"
              label="Qui le veut"
              required
              choices={[
                { value: 'asked', label: 'La personne elle-même' },
                { value: 'staff', label: 'La mairie' },
              ]}
            />
            <div class="actions">
              <Button quiet>Retirer</Button>
            </div>
          </Form>
        </details>
      )}
    </>
  );
}

function Timeline({ rows, now }: { rows: Row[]; now: Date }) {
  if (rows.length === 0) return <p class="soft">Rien n’est gardé.</p>;
  const more = rows.length - MOST_ROWS;
  return (
    <>
      <Table caption="Ce qui s’est passé" heads={['Quand', 'Quoi', 'Ses mots']}>
        {rows.slice(0, MOST_ROWS).map((row) => (
          <tr>
            <td>{row.at === '' ? '' : at(row.at, now)}</td>
            <td>{row.what}</td>
            <td>
              {row.words !== undefined && (
                <bdi dir="auto" {...(row.language && { lang: row.language })}>
                  {row.words}
                </bdi>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {more > 0 && (
        <p class="soft">
          Et {counted(more, 'ligne plus ancienne', 'lignes plus anciennes')} : tout est dans la copie de ses
          données.
        </p>
      )}
    </>
  );
}

export const residentRoutes: Route[] = [
  { method: 'GET', path: `${RESIDENTS}/:id`, right: 'residents.read', make: show },
];
