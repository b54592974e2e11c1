/** Every announcement, the last made first. */
import * as z from 'zod';
import { type Announcement, AnnouncementState } from '../../../conversations/announcement.ts';
import { standingName, stateName, WRITING } from '../../../conversations/announcement-acts.ts';
import { isOfFew } from '../../../conversations/audience.ts';
import { describeAudience } from '../../../conversations/describe-audience.ts';
import { FEW } from '../../../conversations/small-counts.ts';
import { announcing } from '../../runtime/announcing.ts';
import { Button, Select } from '../forms.tsx';
import { Empty, Pager, pageWhere, ROWS, State, Table } from '../list.tsx';
import type { Asked, Page, Route } from '../page.ts';
import { may } from '../roles.ts';
import { at, counted, sentence } from '../said.ts';
import { addressOf, KINDS, nameOf, PATH, TONES } from './words.ts';

/** Two pages of the store: what a filter leaves of them is shown, and the next page goes on behind them. */
const LOOKED_AT = 2 * ROWS;

const States = z.enum(['writing', ...AnnouncementState.options]);
const standing = ({ state, writing }: Announcement): z.infer<typeof States> => (writing ? 'writing' : state);

async function show({ deps, agent, query, now }: Asked): Promise<Page> {
  const wanted = States.safeParse(query.get('etat')).data;
  const cursor = /^\d{1,8}$/.exec(query.get('apres') ?? '')?.[0];
  const latest = announcing(deps).announcements.latest(
    wanted === undefined ? ROWS + 1 : LOOKED_AT,
    cursor === undefined ? undefined : Number(cursor),
  );
  const { items, next, looked } = await pageWhere(latest, {
    wanted: ({ announcement }) => wanted === undefined || standing(announcement) === wanted,
    cursorOf: ({ announcement }) => String(announcement.number),
    lookedAt: LOOKED_AT,
  });
  const writes = may(agent.role, 'announcements.write');
  const fresh = writes && (
    <a class="button main" href={`${PATH}/nouvelle`}>
      Écrire une annonce
    </a>
  );
  return {
    title: 'Annonces',
    purpose: 'Ce que la ville écrit aux habitants inscrits : préparer, faire valider, envoyer, suivre.',
    body: (
      <>
        {looked > 0 && fresh && <p class="actions">{fresh}</p>}
        {(looked > 0 || wanted !== undefined) && (
          <form method="get" action={PATH} class="row">
            <Select
              name="etat"
              label="État"
              required
              value={wanted ?? ''}
              choices={[
                { value: '', label: 'Toutes' },
                ...States.options.map((value) => ({
                  value,
                  label: sentence(value === 'writing' ? WRITING : stateName(value)),
                })),
              ]}
            />
            <Button quiet>Afficher</Button>
          </form>
        )}
        {items.length === 0 ? (
          <Empty>
            <p>
              {wanted === undefined
                ? 'Aucune annonce pour l’instant.'
                : 'Aucune dans cet état, parmi celles-ci.'}
            </p>
            {looked === 0 && wanted === undefined && fresh && <p>{fresh}</p>}
          </Empty>
        ) : (
          <Table caption="Annonces, la dernière d’abord" heads={['Annonce', 'État', 'Pour qui']}>
            {items.map(({ announcement }) => {
              const { id, kind, state, begins, audience, estimate, base, writing } = announcement;
              return (
                <tr>
                  <td>
                    <a href={addressOf(id)}>
                      <bdi lang={base}>{nameOf(announcement)}</bdi>
                    </a>
                    <span class="under">
                      {KINDS[kind]} · {id}
                    </span>
                  </td>
                  <td>
                    <State tone={writing ? 'plain' : TONES[state]}>
                      {sentence(standingName(announcement))}
                    </State>
                    {begins && <span class="under">{at(begins, now)}</span>}
                  </td>
                  <td>
                    {sentence(describeAudience(audience, deps.world))}
                    {estimate && (
                      <span class="under">
                        prévue pour{' '}
                        {isOfFew(estimate.people, audience)
                          ? `moins de ${FEW} personnes`
                          : counted(estimate.people, 'personne', 'personnes')}
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </Table>
        )}
        <Pager path={PATH} query={query} next={next} />
      </>
    ),
  };
}

export const listRoutes: Route[] = [{ method: 'GET', path: PATH, right: 'announcements.read', make: show }];
