/** How the channels stand; one that its provider refused is taken up again by hand, once that is mended. */
import type { Child } from 'hono/jsx';
import type { City } from '../../../conversations/city.ts';
import type { Channel } from '../../../conversations/events.ts';
import { describeSender } from '../../channels/senders.ts';
import type { Deps } from '../../runtime/deps.ts';
import { Button, Form } from '../forms.tsx';
import { State, Table } from '../list.tsx';
import { type Asked, type Made, NotThere, type Route, seeOther } from '../page.ts';
import { at, figure } from '../said.ts';
import { PATH } from './changing.tsx';
import { CHANNELS, providerSaid } from './said.ts';

const RESUME = `${PATH}/canaux/reprendre`;
const SENDERS = { 'short-code': 'numéro court', number: 'numéro long', name: 'nom, sans réponse possible' };
const laneSaid = (lane: string): string => {
  const [provider = '', channel = ''] = lane.split('-');
  return `${CHANNELS[channel as Channel] ?? channel} par ${providerSaid(provider)}`;
};

interface Lane {
  lane: string;
  from: string | undefined;
  why: { code: string; at: string } | undefined;
}

export const lanesOf = async ({ carriers, channels, smsFrom }: Deps): Promise<Lane[]> =>
  Promise.all(
    Object.entries(carriers).flatMap(([channel, providers]) =>
      providers.map(async (provider) => {
        const lane = `${provider}-${channel}`;
        const from = channel === 'sms' ? smsFrom[provider] : undefined;
        return { lane, from, why: await channels.why(lane) };
      }),
    ),
  );

export function Lanes({ asked: { deps, now }, rows }: { asked: Asked; rows: Lane[] }) {
  if (rows.length === 0) return <p class="soft">Aucun canal n’est branché.</p>;
  return (
    <Table caption="Canaux d’envoi" heads={['Canal', 'Expéditeur', 'État', 'Limite']}>
      {rows.map(({ lane, from, why }) => (
        <tr>
          <th scope="row">{laneSaid(lane)}</th>
          <td>{from === undefined ? '' : <Sender from={from} />}</td>
          <td>
            {why ? <State tone="bad">arrêté</State> : <State tone="going">ouvert</State>}
            {why && (
              <>
                <p>
                  Le fournisseur refuse nos messages depuis {at(why.at, now)} (code {why.code}). Tout attend ;
                  un message essaie toutes les cinq minutes, et le canal s’ouvre s’il passe.
                </p>
                <Form action={RESUME} inline label={`Reprendre l’envoi : ${laneSaid(lane)}`}>
                  <input type="hidden" name="canal" value={lane} />
                  <Button quiet>Reprendre l’envoi</Button>
                </Form>
              </>
            )}
          </td>
          <td>{limitOf(deps.world.city, lane)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Sender({ from }: { from: string }): Child {
  const facts = describeSender(from);
  return (
    <>
      <bdi dir="ltr">{from}</bdi>
      {'kind' in facts && <span class="soft"> {SENDERS[facts.kind]}</span>}
    </>
  );
}

const limitOf = ({ limits }: City, lane: string): string =>
  [
    limits.perSecond[lane] !== undefined && `${figure(limits.perSecond[lane])} messages par seconde`,
    limits.begunPerDay[lane] !== undefined && `${figure(limits.begunPerDay[lane])} personnes par 24 heures`,
  ]
    .filter(Boolean)
    .join(', ');

/** Where the provider still refuses, the next message stops it again, and staff are told. */
async function resume({ deps, form, note }: Asked): Promise<Made> {
  const lane = form.get('canal') ?? '';
  if (!(await lanesOf(deps)).some((each) => each.lane === lane)) throw new NotThere();
  await note('envoi repris', lane);
  return seeOther(PATH, (await deps.channels.resume(lane)) ? 'repris' : 'ouvert');
}

export const laneRoutes: Route[] = [{ method: 'POST', path: RESUME, right: 'settings.write', make: resume }];
