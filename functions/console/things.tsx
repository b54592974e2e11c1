/** What the pages of announcements and of visits share: what was done to one, why somebody may not approve it, its figures. */
import type { Finding } from '../../conversations/lint/finding.ts';
import { FEW, type Shown } from '../../conversations/small-counts.ts';
import type { Agent } from './agent.ts';
import { Table } from './list.tsx';
import { may } from './roles.ts';
import { at, figure } from './said.ts';
import { Who } from './who.tsx';

/** As a form was made of it: what another did since is not overwritten. */
export const Version = ({ version }: { version: number }) => (
  <input type="hidden" name="version" value={String(version)} />
);

/** Of few, or what would tell how few: `small-counts.ts`. */
const inFigures = (shown: Shown): string =>
  typeof shown === 'number' ? figure(shown) : shown === 'few' ? `< ${FEW}` : '–';

export const Figure = ({ name, count }: { name: string; count: Shown }) => (
  <li class="card">
    <p class="figure">{inFigures(count)}</p>
    <p>{name}</p>
  </li>
);

interface Done {
  by: string;
  what: string;
  at: string;
  note?: string;
}

/** `didWord`: what was done, as it is read. */
export const Journal = ({
  acts,
  didWord,
  now,
}: {
  acts: Done[];
  didWord: (what: string) => string;
  now: Date;
}) => (
  <Table caption="Ce qui a été fait" heads={['Quand', 'Qui', 'Quoi']}>
    {acts.map(({ by, what, at: when, note }) => (
      <tr>
        <td>{at(when, now)}</td>
        <td>
          <Who id={by} among={acts.map((act) => act.by)} />
        </td>
        <td>
          {didWord(what)}
          {note !== undefined && (
            <>
              {' : '}
              <bdi>{note}</bdi>
            </>
          )}
        </td>
      </tr>
    ))}
  </Table>
);

/** Why this agent is not asked to approve it; undefined where they are. The act itself refuses it too. */
export function whyNotApprove(
  agent: Agent,
  { author, editors, approvals = [] }: { author: string; editors: string[]; approvals?: { by: string }[] },
  findings: Finding[],
): string | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (!may(agent.role, 'announcements.approve'))
    return 'À valider par une chargée ou un chargé de participation.';
  if (agent.id === author || editors.includes(agent.id))
    return 'Vous l’avez écrite ou modifiée : une autre personne doit la valider.';
  if (approvals.some(({ by }) => by === agent.id))
    return 'Vous l’avez validée. Urgente, elle demande l’accord d’une seconde personne.';
  if (errors > 0)
    return `${errors > 1 ? `${errors} points sont à corriger` : 'Un point est à corriger'} avant de pouvoir la valider.`;
  return undefined;
}
