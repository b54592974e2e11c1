/** The first page: what waits for this agent, what goes out, what came in; and nothing that their role may not see. */
import { beforeEach, expect, it } from 'vitest';
import { announcementOf } from '../../../conversations/announcement-acts.ts';
import { visitOf } from '../../../conversations/visit-acts.ts';
import { announcing } from '../../../functions/runtime/announcing.ts';
import { callShard, keptShard, keys } from '../../../functions/store/table.ts';
import { draftOf } from '../../support/announcements.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { draft } from '../../support/visits.ts';

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});

/** Without marks and doubled spaces. */
const read = async (path = '/console'): Promise<string> =>
  (await city.get(path)).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

const drafted = (by: string) =>
  announcing(city.deps).announcements.create(
    (number) => announcementOf(draftOf(), `A-2026-00${number}`, number, by),
    { by, what: 'nouvelle', at: city.clock.now },
  );

it('a draft waits for whoever did not write it', async () => {
  await drafted('chef@exemple.fr');
  expect(await read()).toContain('Ville de Clichy: visite du quartier');
  city.as(agentOf('officer', { id: 'chef@exemple.fr' }));
  expect(await read()).toContain('Rien n’attend votre accord.');
});

it('who may not approve is not told what waits', async () => {
  await drafted('chef@exemple.fr');
  city.as(agentOf('provider'));
  const said = await read();
  expect(said).not.toContain('À valider');
  expect(said).toContain('Ce qui part');
});

it('counts what came since yesterday, not before', async () => {
  const put = (index: number, at: string, lp: string) =>
    city.db.put({
      ...keys.kept(`${index}`.padStart(64, 'a'), `e${index}`),
      text: 'x',
      lp,
      ls: `${at}#e${index}`,
    });
  await put(1, '2026-11-23T08:00:00.000Z', keptShard('a'));
  await put(2, '2026-11-22T09:30:00.000Z', keptShard('3'));
  await put(3, '2026-11-22T08:59:00.000Z', keptShard('3'));
  await put(4, '2026-11-23T08:00:00.000Z', callShard('3'));
  expect(await read()).toContain('2 messages laissés 1 rappel demandé 0 message non remis');
});

it('says that a provider refuses us', async () => {
  await city.deps.channels.stop('twilio-sms', '20003');
  expect(await read()).toContain('L’envoi par « twilio-sms » est arrêté');
});

it('a visit waits for a second person, an approved announcement for its moment', async () => {
  const { announcement, version } = await drafted('chef@exemple.fr');
  const act = { by: 'autre@exemple.fr', what: 'approuver', at: city.clock.now };
  await announcing(city.deps).announcements.write(
    { announcement, version },
    { ...announcement, state: 'approved' },
    act,
  );
  await city.deps.visits.create((number) => visitOf(draft(), 'V-2026-001', number, 'chef@exemple.fr'), {
    by: 'chef@exemple.fr',
    what: 'nouvelle',
    at: city.clock.now,
  });
  const said = await read();
  expect(said).toMatch(/À valider Visite : Chêne Pointu/);
  expect(said).toMatch(/À programmer Ville de Clichy: visite du quartier/);
});
