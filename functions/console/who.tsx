/** Who did something, by name: one component for every page. */
import { agentNameIn } from '../store/agent-names.ts';
import type { Db } from '../store/db.ts';
import { keys } from '../store/table.ts';
import { useLookup } from './lookup.ts';

/** What a command or the city's file wrote down is no address, and has no name. */
const isAgent = (id: string): boolean => id.includes('@');

/** `among`: all that stand beside each other; of two who bear one name, each is told by the address. */
export async function Who({ id, among = [] }: { id: string; among?: string[] }) {
  const agents = [...new Set([id, ...among])].filter(isAgent);
  const look = useLookup();
  if (!isAgent(id)) return <bdi>{id}</bdi>;
  const names = (await look(agents.map(keys.agentName))).map(agentNameIn);
  const name = names[agents.indexOf(id)];
  if (name === undefined) return <bdi>{id}</bdi>;
  const isAlone = names.filter((each) => each === name).length === 1;
  return (
    <>
      <bdi title={id}>{name}</bdi>
      {!isAlone && (
        <span class="soft">
          {' '}
          (<bdi>{id}</bdi>)
        </span>
      )}
    </>
  );
}

/** "Camille Petit, Lou Martin" */
export const People = ({ ids }: { ids: string[] }) => (
  <>
    {ids.map((id, index) => (
      <>
        {index > 0 && ', '}
        <Who id={id} among={ids} />
      </>
    ))}
  </>
);

/** For a sentence that is no markup; the address where no name is known. */
export const nameOfAgent = async (db: Pick<Db, 'get'>, id: string): Promise<string> =>
  (isAgent(id) && agentNameIn(await db.get(keys.agentName(id)))) || id;
