/**
 * A city with something on every page of the console: surveys being written and answered in French and Arabic,
 * announcements and visits in each state, residents, exports. Its ids stand by the address that takes them.
 */
import { createHash } from 'node:crypto';
import type { Announcement, Draft } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import { TEST_LIST } from '../../conversations/audience.ts';
import type { AnswerSheet } from '../../conversations/events.ts';
import { erasureProof } from '../../conversations/on-behalf.ts';
import type { Change } from '../../conversations/settings.ts';
import type { Visit } from '../../conversations/visit.ts';
import { draftsOf } from '../../functions/console/surveys/drafts.ts';
import { saved } from '../../functions/console/surveys/publish.tsx';
import { announcing } from '../../functions/runtime/announcing.ts';
import { changeSetting } from '../../functions/runtime/change-settings.ts';
import { defineList } from '../../functions/runtime/city-lists.ts';
import { actFor } from '../../functions/runtime/on-behalf.ts';
import { countAnswers } from '../../functions/runtime/results/count-answers.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createConsoleSessionStore } from '../../functions/store/console-sessions.ts';
import { createExportStore } from '../../functions/store/exports.ts';
import { createImportStore, newImportId } from '../../functions/store/imports.ts';
import { createTallyStore } from '../../functions/store/tallies.ts';
import { createFan, type Fan, phoneOf } from '../broadcast/fan.ts';
import { draftOf } from './announcements.ts';
import { agentOf, createTestConsole, type TestConsole } from './console.ts';
import { createExportShelf } from './export-shelf.ts';
import { mot, openAnswers } from './open-answers.ts';
import { openVisit } from './visits.ts';

/** Who wrote what waits for another person's approval. */
const AUTHOR = 'autre@exemple.fr';
/** Who looks at the pages. */
const FATIMA = agentOf('officer', { id: 'fatima@exemple.fr', name: 'Fatima (participation)' });
const ARABIC = 'الموقف مظلم جدا في المساء';
const AR = 'بلدية كليشي: رأيكم في ساحة شين بوانتو';

const ARABIC_PAGES = {
  '/console/sondages/:key': '?langue=ar&canal=whatsapp',
  '/console/sondages/:key/editer': '?l=ar&langue=ar',
  '/console/resultats/:key': '?langue=ar',
  '/console/resultats/:key/textes': '?langue=ar',
  '/console/listes/:id/affiche': '?langue=ar',
  '/console/listes/:id/affiche/imprimer': '?langue=ar',
};

export interface ConsoleWorld {
  city: TestConsole;
  /** By the route as far as its parameter: `/console/annonces/:id`. What is to be shown first comes first. */
  ids: Record<string, string[]>;
  /** By route: what else to ask of it, so that Arabic is on the page. */
  queries: Record<string, string>;
}

export async function createConsoleWorld(): Promise<ConsoleWorld> {
  const fan = createFan();
  const shelf = createExportShelf();
  const city = createTestConsole({ db: fan.db, over: { exported: shelf } });
  Object.defineProperty(city.clock, 'now', { get: () => fan.clock.now });
  const ids: ConsoleWorld['ids'] = {};
  // Later states are those that time brings, so what it must not touch is made last.
  await people(fan, city, ids);
  await visits(fan, city, ids);
  await announcements(fan, city, ids);
  await surveys(city, ids);
  await exports(city, shelf.files, ids);
  await settings(city, ids);
  await createConsoleSessionStore(city.db).begin('a-session', agentOf('service'), fan.clock.now);
  ids['/console/listes/:id/import/suivi/:suivi'] = [await longImport(city)];
  city.as(FATIMA);
  return { city, ids, queries: ARABIC_PAGES };
}

/** A price and a day of vote that stand, and a limit that waits for a second person. */
async function settings(city: TestConsole, ids: ConsoleWorld['ids']): Promise<void> {
  const { now } = city.clock;
  const changes: Change[] = [
    {
      setting: 'prices',
      from: null,
      to: { channel: 'sms', provider: 'twilio', euros: 0.0725, from: '2027-01-01', source: 'Marché 2026' },
    },
    { setting: 'elections', from: null, to: '2027-11-14' },
    {
      setting: 'templates',
      from: null,
      to: {
        purpose: 'urgent',
        category: 'UTILITY',
        language: 'fr',
        contentSid: `HX${'0'.repeat(32)}`,
        variables: { 1: 'text' },
      },
    },
    { setting: 'dailyEuros', from: null, to: 400 },
  ];
  for (const [version, change] of changes.entries()) {
    const changed = await changeSetting(city.deps, change, {
      by: AUTHOR,
      now,
      version,
      note: async () => {},
    });
    if (typeof changed === 'string' || 'faults' in changed)
      throw new Error(`the setting cannot be changed: ${JSON.stringify(changed)}`);
  }
  await city.deps.channels.stop('twilio-sms', '20003');
  ids['/console/reglages/quartiers/:id'] = ['ville', 'chene'];
}

let events = 0;
async function say(city: TestConsole, phone: number, ...texts: string[]): Promise<void> {
  await city.deps.shelf.refresh();
  for (const text of texts) {
    const said = { type: 'said', id: `w${++events}`, channel: 'sms', text } as const;
    await takeTurn(city.deps, phoneOf(phone), said, 'response');
  }
}

async function people(fan: Fan, city: TestConsole, ids: ConsoleWorld['ids']): Promise<void> {
  for (const phone of [1, 2, 3, 4]) await fan.joined(phone);
  await fan.joined(5, { lists: ['chene', TEST_LIST] });
  const arabic = await fan.joined(6, { language: 'ar' });
  await say(city, 6, ARABIC, 'SQUARE', '2', ARABIC);
  const hash = await fan.joined(7);
  let proof = '';
  await actFor(city.deps, hash, (_, id) => {
    proof = erasureProof(id);
    return { type: 'requested', id, what: 'erase' };
  });
  ids['/console/habitants/:id'] = [arabic, city.deps.hashes.address(phoneOf(1))];
  ids['/console/habitants/:id/reunir/:autre'] = [city.deps.hashes.address(phoneOf(2))];
  ids['/console/habitants/effacement/:preuve'] = [proof];
  await defineList(city.deps, {
    id: 'delegues',
    name: 'Délégués de classe',
    purpose: 'Préparer le conseil des jeunes',
    basis: 'consent',
    at: fan.clock.now.toISOString(),
    by: 'service jeunesse',
  });
  ids['/console/listes/:id'] = ['delegues', 'chene'];
}

async function visits(fan: Fan, city: TestConsole, ids: ConsoleWorld['ids']): Promise<void> {
  const made = async (more: Partial<Visit> = {}): Promise<string> => {
    const { thing } = await city.deps.visits.create(
      (number) => ({ ...openVisit({}, number), id: `V-2026-00${number}`, author: AUTHOR, ...more }),
      { by: AUTHOR, what: 'nouvelle', at: fan.clock.now },
    );
    return thing.id;
  };
  const over = await made({ day: '2026-11-25' });
  await say(city, 1, 'VISITE', '1', '2', 'Le lampadaire du parking est cassé');
  await say(city, 6, 'VISITE', '1', '1', ARABIC);
  fan.clock.now = new Date('2026-11-25T12:00:00.000Z');
  const reported = await made({
    day: '2026-11-24',
    report: {
      texts: { fr: 'Ville de Clichy: lampadaire réparé' },
      by: AUTHOR,
      at: '2026-11-25T09:00:00.000Z',
    },
  } as Partial<Visit>);
  const draft = await made({ state: 'draft', approved: undefined } as Partial<Visit>);
  const open = await made({ host: { fr: 'Mme la Maire', ar: 'رئيسة البلدية' } });
  await say(city, 2, 'VISITE', '1', '1');
  ids['/console/visites/:id'] = [open, draft, over, reported];
}

async function announcements(fan: Fan, city: TestConsole, ids: ConsoleWorld['ids']): Promise<void> {
  const texts = { fr: 'Ville de Clichy: votre avis sur le square', ar: AR };
  const survey = { kind: 'survey', survey: 'square', texts } as const;
  const sent = await fan.planned(survey);
  await fan.run(6);
  const made = async (
    state: Announcement['state'],
    more: Partial<Draft> = {},
    over: Partial<Announcement> = {},
  ): Promise<string> => {
    const { announcement } = await announcing(city.deps).announcements.create(
      (number) => ({
        ...announcementOf(
          draftOf({ kind: 'info', texts, audience: { lists: ['chene'] }, ...more }),
          `A-2026-00${number}`,
          number,
          AUTHOR,
        ),
        state,
        ...(state !== 'draft' && { approvals: [{ by: 'chef@exemple.fr', at: fan.clock.now.toISOString() }] }),
        ...(['scheduled', 'paused'].includes(state) && { begins: '2026-11-27T10:00:00.000Z' }),
        ...over,
      }),
      { by: AUTHOR, what: 'nouvelle', at: fan.clock.now },
    );
    return announcement.id;
  };
  const all: string[] = [sent.id];
  for (const state of ['draft', 'approved', 'scheduled', 'paused', 'cancelled'] as const)
    all.push(await made(state));
  all.push(await made('draft', { kind: 'urgent', reason: 'Coupure d’eau' }));
  all.push(await made('draft', {}, { writing: true, author: FATIMA.id }));
  all.push(await made('draft', {}, { author: FATIMA.id }));
  ids['/console/annonces/:id'] = all;
}

async function surveys(city: TestConsole, ids: ConsoleWorld['ids']): Promise<void> {
  const { sheet, tagged } = openAnswers(() => city);
  const { questions } = city.deps.world.surveys.latest('square') ?? { questions: [] };
  for (let resident = 0; resident < 24; resident += 1) {
    const spread = createHash('sha256').update(`r${resident}`).digest();
    const answers: AnswerSheet['answers'] = {};
    for (const [at, { id, type }] of questions.entries()) {
      const chosen = 1 + ((spread[at] ?? 0) % 3);
      if (type === 'single' || type === 'scale') answers[id] = { v: chosen, t: 9 };
      if (type === 'multiple') answers[id] = { v: [chosen, 4], t: 9 };
    }
    const words = resident % 2 ? mot(`${ARABIC} (${resident})`) : mot(`plus de bancs (${resident})`);
    await sheet(`r${resident}`, { ...answers, ...words }, { language: resident % 2 ? 'ar' : 'fr' });
  }
  await tagged(`${ARABIC} (1)`, 'إنارة, éclairage');
  await countAnswers({ ...city.deps, tallies: createTallyStore(city.deps.db) }, 'square');
  await city.post('/console/sondages/square/modifier');
  await city.post('/console/sondages/nouveau', {
    sujet: 'le jardin',
    mot: 'jardin',
    ouvre: '2026-11-25',
    ferme: '2026-12-20',
    langues: ['ar'],
  });
  await overtaken(city);
  ids['/console/sondages/:key'] = ['square', 'jardin', 'repas'];
  ids['/console/sondages/:key/formulaire/:format'] = ['xlsx'];
  ids['/console/resultats/:key'] = ['square', 'repas'];
}

/** One that has been tried, and waits for a yes. */
async function longImport(city: TestConsole): Promise<string> {
  const store = createImportStore(city.db);
  const { now } = city.clock;
  const id = newImportId(now, 'long');
  await store.ask({ id, who: FATIMA.id, list: 'delegues', rows: 3 }, now);
  const counts = { new: 2, refused: 1 };
  const begun = await store.begin(id, now);
  if (!begun || !(await store.moved(begun, 3, counts)) || !(await store.finished(begun)))
    throw new Error('the import of the tests was not tried');
  return id;
}

/** Another revision was published meanwhile, and the draft leaves a language out. */
async function overtaken(city: TestConsole): Promise<void> {
  const published = city.deps.world.surveys.latest('repas');
  await city.post('/console/sondages/repas/modifier');
  const drafts = draftsOf(city.deps);
  const kept = await drafts.get('repas');
  if (!published || !kept) throw new Error('the example survey is gone');
  const { now } = city.clock;
  const { languages } = kept.draft.survey;
  const fewer = {
    ...kept.draft,
    survey: { ...kept.draft.survey, languages: languages.filter((each) => each !== 'tr') },
  };
  await drafts.write(fewer, kept.version, AUTHOR, now);
  await saved(city.deps, { ...published, closes: '2026-12-24' }, { now, onto: published.revision });
}

async function exports(
  city: TestConsole,
  files: Map<string, Buffer>,
  ids: ConsoleWorld['ids'],
): Promise<void> {
  const store = createExportStore(city.db);
  const now = city.clock.now;
  const ask = async (name: string): Promise<string> =>
    (await store.ask({ kind: 'answers', who: AUTHOR, survey: 'square', format: 'csv' }, name, now)).job.id;
  // One after the other: of one kind one is on its way at a time.
  const failed = await ask('b');
  await store.failed(failed, 'la place manque');
  const made: string[] = [];
  for (const [name, minutes] of [
    ['c', 15],
    ['d', -1],
  ] as const) {
    const id = await ask(name);
    made.push(id);
    await store.begin(id, now);
    await store.done(id, {
      rows: 24,
      files: ['reponses.csv'],
      until: new Date(now.getTime() + minutes * 60_000),
    });
    files.set(`${id}/reponses.csv`, Buffer.from('a;b\r\n'));
  }
  ids['/console/exports/:id'] = [...made, await ask('a'), failed];
  ids['/console/exports/:id/fichiers/:nom'] = ['reponses.csv'];
}
