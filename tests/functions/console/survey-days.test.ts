/** A survey is opened, closed and tried from the console. */
import { beforeEach, describe, expect, it } from 'vitest';
import { create as createWebhook } from '../../../functions/webhook.ts';
import { createFan, type Fan, phoneOf } from '../../broadcast/fan.ts';
import { text } from '../../support/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { fieldsOf } from '../../support/form-fields.ts';

const AT = '/console/sondages/square';
const DATES = `${AT}/dates`;

let fan: Fan;
let city: TestConsole;
beforeEach(() => {
  fan = createFan();
  city = createTestConsole({ db: fan.db });
  Object.defineProperty(city.clock, 'now', { get: () => fan.clock.now });
});

async function act(name: string) {
  const { body } = await city.get(DATES);
  return city.post(DATES, { ...fieldsOf(body, DATES), act: name });
}

describe('days', () => {
  it('closed now, nobody can answer any more, and a draft that is being written keeps the new day', async () => {
    await city.post(`${AT}/modifier`);
    const page = await city.get(DATES);
    expect(page.body).toContain('Dans la minute, plus personne ne peut répondre');
    expect((await act('maintenant')).headers?.location).toBe(`${AT}?fait=clos`);
    const closed = city.deps.world.surveys.latest('square');
    expect(closed?.revision).toBe(2);
    const { reply } = await text(createWebhook(city.deps), '+33639980103', 'SQUARE');
    expect(reply?.text).not.toContain('1');
    expect((await city.get(DATES)).body).toContain('Le sondage est clos');
    const publish = await city.get(`${AT}/publier`);
    expect(publish.body).toContain('Rien ne change');
    const draft = fieldsOf((await city.get(`${AT}/editer`)).body, `${AT}/editer`);
    expect(draft.ferme).toEqual([closed?.closes]);
  });

  it('what is to come is opened today', async () => {
    await city.post('/console/sondages/nouveau', {
      depuis: 'square',
      sujet: 'le jardin',
      mot: 'jardin',
      ouvre: '2027-03-01',
      ferme: '2027-04-01',
    });
    const publish = '/console/sondages/jardin/publier';
    const page = await city.get(publish);
    expect(page.body).toContain('Personne ne le reçoit avant le ');
    await city.post(publish, fieldsOf(page.body, publish));
    expect((await city.get('/console/sondages/jardin')).body).toContain('À venir');
    const dates = '/console/sondages/jardin/dates';
    const shown = await city.get(dates);
    const stale = { ...fieldsOf(shown.body, dates), act: 'ouvrir' };
    expect((await city.post(dates, { ...stale, act: 'maintenant' })).status, 'not what can be done').toBe(
      409,
    );
    expect((await city.post(dates, stale)).status).toBe(303);
    expect((await city.get('/console/sondages/jardin')).body).toContain('>Ouvert<');
    expect((await city.post(dates, stale)).status, 'the page was older').toBe(409);
    expect((await city.audit()).map(({ what }) => what)).toContain('sondage ouvert');
  });

  it('only who publishes', async () => {
    city.as(agentOf('facilitator'));
    expect((await city.get(DATES)).status).toBe(403);
    expect((await city.post(DATES, { act: 'maintenant', revision: '1' })).status).toBe(403);
  });
});

it('the first message goes to who is on the list for tests, in their language, and to nobody else', async () => {
  await fan.joined(1, { lists: ['essais'], language: 'tr' });
  await fan.joined(2);
  const stranger = await city.post(`${AT}/essai`, { numero: phoneOf(2).slice(4) });
  expect(stranger.status).toBe(422);
  expect(stranger.body).toContain('rien n’est parti');
  expect((await city.post(`${AT}/essai`, { numero: 'douze' })).body).toContain('Ce n’est pas un numéro');
  const sent = await city.post(`${AT}/essai`, { numero: phoneOf(1).slice(4) });
  expect(sent.headers?.location).toBe(`${AT}?fait=essai`);
  await fan.run(2);
  expect(fan.got.map(({ to }) => to)).toEqual([phoneOf(1)]);
  expect(fan.got[0]?.text).toMatch(/^\[essai\] /);
  expect(fan.got[0]?.text).toContain('Yeni Chene Pointu parki icin 4 soru.');
  expect(JSON.stringify(await city.audit())).not.toContain('33639');
});
