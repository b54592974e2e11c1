/** The surveys in the console: the list, one of them with its preview, and who sees what. */
import { expect, it } from 'vitest';
import { agentOf, createTestConsole } from '../../support/console.ts';

it('lists the surveys with how they stand', async () => {
  const { status, body } = await createTestConsole().get('/console/sondages');
  expect(status).toBe(200);
  expect(body).toContain('href="/console/sondages/square">le square</a>');
  expect(body).toContain('Ouvert');
  expect(body).toContain('href="/console/resultats/square"');
});

it('a survey whose days have passed is closed', async () => {
  const city = createTestConsole();
  city.clock.now = new Date('2027-08-01T09:00:00.000Z');
  const { body } = await city.get('/console/sondages/square');
  expect(body).toContain('Clos');
  expect(body).not.toContain('>Ouvert<');
});

it('plays a survey on a phone in the language and on the channel that are asked for', async () => {
  const city = createTestConsole();
  const { body } = await city.get('/console/sondages/square?langue=ar&canal=whatsapp');
  expect(body).toContain('data-channel="whatsapp"');
  expect(body).toContain('<ol class="thread" lang="ar" dir="rtl">');
  const sms = await city.get('/console/sondages/square');
  expect(sms.body).toContain('data-channel="sms"');
  expect(sms.body).toMatch(/1 SMS, \d+ caractères, alphabet SMS/);
});

it('what is asked for and cannot be had becomes the first of each', async () => {
  const { status, body } = await createTestConsole().get(
    '/console/sondages/square?langue=%3Cscript%3E&canal=fax&chemin=-3',
  );
  expect(status).toBe(200);
  expect(body).toContain('data-channel="sms"');
  expect(body).not.toContain('<script>');
});

it('a relay sees surveys of its language, in its language', async () => {
  const city = createTestConsole();
  city.as(agentOf('relay'));
  const { body } = await city.get('/console/sondages/square');
  expect(body).toContain('lang="tr"');
  expect(body).not.toContain('<option value="ar"');
  city.as(agentOf('relay', { language: 'fr-facile' }));
  expect((await city.get('/console/sondages/square')).status).toBe(404);
  expect((await city.get('/console/sondages')).body).not.toContain('/console/sondages/square');
});

it('a survey that is not there is not there', async () => {
  expect((await createTestConsole().get('/console/sondages/inconnu')).status).toBe(404);
});
