/** Exports on the local host: asked for in the console, made by its work, fetched from its folder, gone after a week. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Host, startHost } from '../../infra/local/host.ts';
import { StaffBrowser, type Visit } from '../support/staff-browser.ts';

const [MINUTE, DAY] = [60_000, 86_400_000];
let folder: string;
let host: Host;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-exports-'));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  host = await startHost({ folder, port: 0 });
});
afterAll(async () => {
  await host.close();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const turn = (ms: number): Promise<void> => host.advanceTo(new Date(host.clock.now().getTime() + ms));
const fieldOf = ({ body }: Visit, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';

it('a workbook is asked for, made, fetched for a quarter of an hour, and forgotten', async () => {
  const by = new StaffBrowser(host.url);
  const page = await by.signIn('service@exemple.fr', '/console/exports');
  const post = (target: string, form: Record<string, string>): Promise<Visit> =>
    by.visit(target, {
      form: { jeton: fieldOf(page, 'jeton'), ...form },
      headers: { origin: host.url },
    });
  const { location = '' } = await post('/console/exports', { sondage: 'square', format: 'xlsx' });
  await turn(MINUTE);
  const done = await by.visit(location);
  const file = /href="([^"]+\.xlsx)"/.exec(done.body)?.[1] as string;
  const fetched = await by.visit(file);
  expect(fetched.status).toBe(200);
  expect(fetched.body).toMatch(/^PK/);
  expect(fetched.headers.get('content-disposition')).toMatch(/filename="\d{4}-\d\d_square_reponses\.xlsx"/);

  const kept = path.join(folder, 'exports', location.split('/').at(-1) as string);
  const [name = '', ...others] = readdirSync(kept);
  expect(others, 'nothing half written lies beside it').toEqual([]);
  if (process.platform !== 'win32') expect(statSync(path.join(kept, name)).mode & 0o077).toBe(0);

  await turn(15 * MINUTE);
  expect((await by.visit(file)).location).toBe(location);
  const back = new StaffBrowser(host.url);
  await turn(8 * DAY);
  expect(existsSync(kept)).toBe(false);
  expect((await back.signIn('service@exemple.fr', new URL(location).pathname)).status).toBe(404);
});

it('the contacts of a list lie apart, and are gone after a day', async () => {
  const by = new StaffBrowser(host.url);
  const page = await by.signIn('agent@exemple.fr', '/console/exports/contacts');
  const { location = '' } = await by.visit('/console/exports/contacts', {
    form: { jeton: fieldOf(page, 'jeton'), liste: 'chene', format: 'csv', but: 'check' },
    headers: { origin: host.url },
  });
  await turn(MINUTE);
  const file = /href="([^"]+\.csv)"/.exec((await by.visit(location)).body)?.[1] as string;
  expect((await by.visit(file)).body).toContain('téléphone;canal');
  const kept = path.join(folder, 'exports', 'contacts', location.split('/').at(-1) as string);
  expect(readdirSync(kept)).toHaveLength(1);
  await turn(DAY + 15 * MINUTE);
  expect(existsSync(kept)).toBe(false);
});
