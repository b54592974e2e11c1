/** Who was not told, and why: by our own id of each, never by a number. */
import { languageName } from '../../../conversations/describe-audience.ts';
import { announcing } from '../../runtime/announcing.ts';
import { heldWord } from '../../runtime/progress-words.ts';
import type { LedgerStore, Row } from '../../store/ledger.ts';
import { shards } from '../../store/table.ts';
import { Empty, Pager, pageWhere, Table } from '../list.tsx';
import type { Asked, Page, Route } from '../page.ts';
import { at, sentence } from '../said.ts';
import { found } from './found.ts';
import { addressOf, PATH } from './words.ts';

/** Rows of the ledger that one view goes through: about a page of the store. */
const LOOKED_AT = 4000;

interface Placed extends Row {
  shard: string;
}

/** Of all shards, behind a cursor `shard.hash`. */
async function* rowsAfter(
  ledger: Pick<LedgerStore, 'rows'>,
  number: number,
  cursor: string | undefined,
): AsyncGenerator<Placed> {
  const [from = '', hash = ''] = cursor?.split('.') ?? [];
  for (const shard of shards)
    if (shard >= from)
      for await (const row of ledger.rows(number, shard, shard === from ? hash : undefined))
        yield { ...row, shard };
}

async function show(asked: Asked): Promise<Page> {
  const { deps, query, now } = asked;
  const { announcement } = await found(asked);
  const { id, number } = announcement;
  const cursor = /^[0-9a-z]\.[\w-]{1,200}$/i.exec(query.get('apres') ?? '')?.[0];
  const { items, next } = await pageWhere(rowsAfter(announcing(deps).ledger, number, cursor), {
    wanted: ({ state }) => state === 'held',
    cursorOf: ({ shard, hash }) => `${shard}.${hash}`,
    lookedAt: LOOKED_AT,
  });
  const known = new Map(
    (await deps.turns.findMany(items.map(({ hash }) => hash))).map(({ hash, session }) => [hash, session.id]),
  );
  return {
    title: `Qui a été retenu de ${id}`,
    purpose: 'À qui l’annonce n’a pas été dite, et pourquoi.',
    above: { title: `Bilan de ${id}`, href: `${addressOf(id)}/bilan` },
    body: (
      <>
        {items.length === 0 ? (
          <Empty>
            <p>{cursor || next ? 'Personne parmi ceux-ci.' : 'Personne n’a été retenu.'}</p>
          </Empty>
        ) : (
          <Table caption="Habitants retenus" heads={['Quand', 'Habitant', 'Langue', 'Pourquoi']}>
            {items.map(({ hash, at: when, why = '', language }) => (
              <tr>
                <td>{at(when, now)}</td>
                <td>{known.get(hash) || 'effacé'}</td>
                <td>{language && languageName(deps.world.city, language)}</td>
                <td>{sentence(heldWord(why))}</td>
              </tr>
            ))}
          </Table>
        )}
        <Pager path={`${addressOf(id)}/retenus`} query={query} next={next} />
      </>
    ),
  };
}

export const heldRoutes: Route[] = [
  {
    method: 'GET',
    path: `${PATH}/:id/retenus`,
    right: 'residents.read',
    audit: ({ params }) => ({ what: 'retenus d’une annonce consultés', about: params.id ?? '' }),
    make: show,
  },
];
