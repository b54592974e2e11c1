/**
 * Our whole turn as the webhook takes it: signature, form, load, Botkit, engine, write, effects, TwiML; the store is
 * the tests' double. `unhosted` is the same with the engine called directly: what Botkit costs.
 */
import { createEngine } from '../../../conversations/engine.ts';
import type { Handler, Request } from '../../../functions/runtime/http.ts';
import { create } from '../../../functions/webhook.ts';
import { createTestCity, freshSid, readTwiml, signed, smsForm, type TestCity } from '../../support/city.ts';
import { createMemoryDb } from '../../support/memory-db.ts';
import { type Dialogue, valuesOf } from './dialogue.ts';
import { program, type Subject } from './program.ts';

interface Job {
  city: TestCity;
  webhook: Handler;
  requests: Request[];
}

const webhookOf =
  (withBotkit: boolean) =>
  ({ said }: Dialogue): Subject<Job> => ({
    prepare(count) {
      const city = createTestCity(createMemoryDb());
      const engine = createEngine(city.deps.world);
      if (!withBotkit) city.deps.take = async (session, event, now) => engine(session, event, now);
      const webhook = create(city.deps);
      return Array.from({ length: count }, (_, index) => {
        const from = `+336399${String(index).padStart(5, '0')}`;
        const requests = said.map((text) => signed('/webhooks/twilio', smsForm(from, text, freshSid())));
        return { city, webhook, requests };
      });
    },
    async hold({ webhook, requests }) {
      const bodies: string[] = [];
      for (const request of requests) bodies.push((await webhook(request)).body);
      return bodies;
    },
    async values({ city }) {
      for await (const { sheet } of city.deps.sheets.all('square')) return valuesOf(sheet);
      throw new Error('no sheet was recorded');
    },
    said: (body) => readTwiml({ status: 200, body })?.text ?? '',
  });

program({ hosted: webhookOf(true) as never, unhosted: webhookOf(false) as never });
