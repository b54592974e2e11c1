/** One list: what it is for, how many are on it, which languages they read. Never who. */
import { shownTable } from '../../../conversations/small-counts.ts';
import { BASES, membersOf } from '../../runtime/city-lists.ts';
import { CONTACTS_PATH } from '../exports/contacts.tsx';
import { Empty, Facts, Table } from '../list.tsx';
import { type Asked, doneOf, type Fragment, type Page, type Route } from '../page.ts';
import { languageOf } from '../residents/parts.ts';
import { may } from '../roles.ts';
import { at, counted, figure, typeset } from '../said.ts';
import { addressOf, asked, LISTS } from './parts.ts';

const DONE = {
  creee: 'La liste est créée. Importez-y des contacts.',
  abandon: 'Rien n’a été importé, et le fichier n’est plus gardé.',
};
/** Each member is read for it: more than this takes longer than a page may. */
const MOST = 10_000;
/** The list itself. */
const FILTERS = 1;

async function show(request: Asked): Promise<Page> {
  const { deps, agent, query, now } = request;
  const { id, name, purpose, basis, by, plain, at: made } = await asked(request);
  const count = await deps.lists.count(id);
  const ofCity = purpose === undefined;
  return {
    title: name,
    purpose: purpose ?? 'Une liste de la ville : on s’y inscrit par son mot-clé ou son affiche.',
    above: { title: 'Listes', href: LISTS },
    done: doneOf(query, DONE),
    body: (
      <>
        <Facts
          facts={[
            ['Inscrits', figure(count)],
            ['Identifiant', id],
            ['Base légale', basis && typeset(BASES[basis])],
            ['Service responsable', by && <bdi>{by}</bdi>],
            ['Créée', made && at(made, now)],
            ['Façon d’écrire', plain && 'une question simple par message'],
          ]}
        />
        <div class="actions">
          {may(agent.role, 'contacts.import') && (
            <a class="button main" href={addressOf(id, 'import')}>
              Importer des contacts
            </a>
          )}
          {may(agent.role, 'exports.contacts') && count > 0 && (
            <a class="button quiet" href={`${CONTACTS_PATH}?liste=${id}`}>
              Exporter les contacts
            </a>
          )}
          {ofCity && (
            <a class="button quiet" href={addressOf(id, 'affiche')}>
              Affiche et code QR
            </a>
          )}
          {count > 0 && count <= MOST && (
            <a class="button quiet" href={addressOf(id, 'composition')}>
              Langues et âges
            </a>
          )}
        </div>
        {count > MOST && (
          <p class="soft">
            Au-delà de {figure(MOST)} inscrits, les langues et les âges se comptent par la commande{' '}
            <code>npm run contacts -- members {id}</code>.
          </p>
        )}
        {count === 0 && (
          <Empty>
            <p>
              Personne n’est encore inscrit. {ofCity ? 'Imprimez une affiche, ou importez' : 'Importez'} les
              contacts qui ont donné leur accord.
            </p>
          </Empty>
        )}
      </>
    ),
  };
}

async function showCount(request: Asked): Promise<Fragment> {
  const { id } = await asked(request);
  return { fragment: <span>{figure(await request.deps.lists.count(id))}</span> };
}

async function showMembers(request: Asked): Promise<Page> {
  const { deps } = request;
  const { id, name } = await asked(request);
  const tooMany = (await deps.lists.count(id)) > MOST;
  const { all, languages, ages } = tooMany ? NOBODY : await membersOf(deps, id);
  return {
    title: 'Langues et âges',
    purpose: `Comment écrire aux inscrits de la liste « ${name} ». Les petits nombres sont cachés.`,
    above: { title: name, href: addressOf(id) },
    body: tooMany ? (
      <p>La liste est trop longue pour être comptée ici.</p>
    ) : (
      <>
        <p>{counted(all, 'inscrit', 'inscrits')}.</p>
        <Counts title="Langues" counts={languages} named={(code) => languageOf(code) ?? code} />
        <Counts title="Âges" counts={ages} named={(band) => band} />
      </>
    ),
  };
}

const NOBODY = { all: 0, languages: new Map<string, number>(), ages: new Map<string, number>() };

function Counts({
  title,
  counts,
  named,
}: {
  title: string;
  counts: Map<string, number>;
  named(what: string): string;
}) {
  const rows = [...counts].sort(([a, some], [b, others]) => others - some || a.localeCompare(b));
  const shown = shownTable(
    rows.map(([, count]) => count),
    FILTERS,
  );
  const said = { few: 'moins de 5', hidden: 'caché' };
  return (
    <>
      <h2>{title}</h2>
      <Table caption={title} heads={[title, { name: 'Inscrits', number: true }]}>
        {rows.map(([what], index) => {
          const count = shown[index] ?? 'hidden';
          return (
            <tr>
              <th scope="row">{what === '' ? 'non dit' : named(what)}</th>
              <td class="number">{typeof count === 'number' ? figure(count) : said[count]}</td>
            </tr>
          );
        })}
      </Table>
    </>
  );
}

const read = { method: 'GET', right: 'lists.read' } as const;
export const oneRoutes: Route[] = [
  { ...read, path: `${LISTS}/:id`, make: show },
  { ...read, path: `${LISTS}/:id/nombre`, make: showCount },
  { ...read, path: `${LISTS}/:id/composition`, make: showMembers },
];
