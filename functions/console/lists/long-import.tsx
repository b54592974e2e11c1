/** An import that is too long for a page: how far its trial is, what would come of it, the yes to it, what came of it. */
import type { Told } from '../../contacts/import-contacts.ts';
import { countsInWords, toldInWords } from '../../contacts/told-words.ts';
import type { CityList } from '../../runtime/city-lists.ts';
import { csvOf } from '../../runtime/export-csv.ts';
import type { Answer } from '../../runtime/http.ts';
import {
  confirmImport,
  countsOf,
  dropImport,
  isStalled,
  isUnderWay,
  resumeImport,
  toldOf,
} from '../../runtime/import-job.ts';
import { createImportStore, type ImportJob, isGoing } from '../../store/imports.ts';
import { Button, Form } from '../forms.tsx';
import { Facts, State, type Tone } from '../list.tsx';
import { type Asked, download, type Fragment, NotThere, type Page, type Route, seeOther } from '../page.ts';
import { counted, figure, sentence } from '../said.ts';
import { Lines, SHOWN } from './import-pages.tsx';
import { addressOf, asked, LISTS } from './parts.ts';

/** Seconds from one look to the next. */
const EVERY = 3;
/** Among the last that anybody asked for. */
const LATEST = 20;

const STATES: Record<ImportJob['state'], { tone: Tone; name: string }> = {
  trying: { tone: 'going', name: 'Essai en cours' },
  tried: { tone: 'waits', name: 'À confirmer' },
  importing: { tone: 'going', name: 'Import en cours' },
  done: { tone: 'over', name: 'Import fait' },
  failed: { tone: 'bad', name: 'Arrêté' },
  dropped: { tone: 'plain', name: 'Abandonné' },
};

export const longAddress = (list: string, job: string, act = ''): string =>
  addressOf(list, `import/suivi/${job}${act}`);

/** Of whoever sent the file, to this list: nobody else sees it. */
async function found(request: Asked): Promise<{ list: CityList; job: ImportJob }> {
  const { deps, agent, params, now } = request;
  const list = await asked(request);
  const job = await createImportStore(deps.db).find(params.suivi ?? '', now);
  if (!job || job.who !== agent.id || job.list !== list.id) throw new NotThere();
  return { list, job };
}

async function show(request: Asked): Promise<Page> {
  const { list, job } = await found(request);
  return {
    title: 'Import d’un long fichier',
    purpose: `D’abord un essai, qui n’enregistre rien dans « ${list.name} ». Aucun message ne part.`,
    above: { title: list.name, href: addressOf(list.id) },
    ...(isGoing(job.state) && { moves: true }),
    body: <Now job={job} now={request.now} told={await firstTold(request, job)} />,
  };
}

async function firstTold({ deps }: Asked, job: ImportJob): Promise<Told[]> {
  const first: Told[] = [];
  if (isGoing(job.state)) return first;
  for await (const part of toldOf(deps, job)) {
    first.push(...part);
    if (first.length >= SHOWN) break;
  }
  return first;
}

function Now({ job, now, told }: { job: ImportJob; now: Date; told: Told[] }) {
  const { id, list, state, next, rows } = job;
  const { tone, name } = STATES[state];
  const address = longAddress(list, id);
  const counts = countsOf(job);
  const joining = counts.new + counts.added;
  const out = counts.rows - joining - counts.known;
  return (
    <section
      id="etat"
      aria-label="État de l’import"
      aria-live="polite"
      {...(isGoing(state) && {
        'hx-get': `${address}/etat`,
        'hx-trigger': `every ${EVERY}s`,
        'hx-swap': 'outerHTML',
      })}
    >
      <p>
        <State tone={tone}>{name}</State>{' '}
        <strong>
          {figure(next)} sur {counted(rows, 'ligne', 'lignes')}
        </strong>
      </p>
      {isStalled(job, now) && (
        <>
          <p class="warning">
            Rien n’a commencé depuis plusieurs minutes. Relancez : personne n’est importé deux fois.
          </p>
          <div class="actions">
            <Form action={`${address}/confirmer`} inline>
              <Button>Relancer</Button>
            </Form>
            {state === 'trying' && (
              <Form action={`${address}/abandonner`} inline>
                <Button quiet>Ne rien importer</Button>
              </Form>
            )}
          </div>
        </>
      )}
      {isGoing(state) && !isStalled(job, now) && (
        <p>
          Vous pouvez quitter cette page : cela continue. <a href={address}>Actualiser</a>
        </p>
      )}
      {state === 'failed' && (
        <>
          <p class="warning">{sentence(job.why ?? 'l’import n’a pas pu se faire')}.</p>
          <p>
            <a href={addressOf(list, 'import')}>Envoyer le fichier de nouveau</a>
          </p>
        </>
      )}
      {(state === 'tried' || state === 'done') && (
        <>
          <Facts facts={countsInWords(counts).map(([what, count]) => [sentence(what), figure(count)])} />
          <div class="actions">
            {state === 'tried' && joining > 0 && (
              <Form action={`${address}/confirmer`} inline>
                <Button>Importer {counted(joining, 'contact', 'contacts')}</Button>
              </Form>
            )}
            {out > 0 && (
              <a class="button quiet" href={`${address}/lignes`}>
                Toutes les lignes écartées (CSV)
              </a>
            )}
            {state === 'tried' && (
              <Form action={`${address}/abandonner`} inline>
                <Button quiet>Ne rien importer</Button>
              </Form>
            )}
          </div>
          {state === 'tried' && (
            <p class="soft">
              Le fichier attend une heure, chiffré, puis disparaît. Une preuve d’accord accompagne chaque
              ligne qui entre.
            </p>
          )}
          {told.length > 0 && <Lines told={told} all={out} />}
        </>
      )}
    </section>
  );
}

async function state(request: Asked): Promise<Fragment> {
  const { job } = await found(request);
  return { fragment: <Now job={job} now={request.now} told={await firstTold(request, job)} /> };
}

async function confirm(request: Asked): Promise<Answer> {
  const { list, job } = await found(request);
  // Pressed twice, it is one import.
  if (job.state === 'tried') {
    await request.note('contacts importés', list.id);
    await confirmImport(request.deps, job.id);
  } else if (isStalled(job, request.now)) {
    await request.note('import de contacts relancé', list.id);
    await resumeImport(request.deps, job);
  }
  return seeOther(longAddress(list.id, job.id));
}

async function drop(request: Asked): Promise<Answer> {
  const { list, job } = await found(request);
  return (await dropImport(request.deps, job.id))
    ? seeOther(addressOf(list.id), 'abandon')
    : seeOther(longAddress(list.id, job.id));
}

async function rows(request: Asked): Promise<Answer> {
  const { list, job } = await found(request);
  async function* lines() {
    yield ['Ligne', 'Où', 'Pourquoi'];
    for await (const part of toldOf(request.deps, job))
      for (const { line, where, why } of part.map(toldInWords)) yield [line, where, why];
  }
  return download(`import-${list.id}-lignes.csv`, 'text/csv; charset=utf-8', await csvOf(lines()));
}

/** Those of this agent to this list that are not over. */
export async function underWay({ deps, agent, now }: Asked, list: CityList): Promise<ImportJob[]> {
  const mine: ImportJob[] = [];
  let looked = 0;
  for await (const job of createImportStore(deps.db).latest(LATEST, now)) {
    if (job.who === agent.id && job.list === list.id && isUnderWay(job)) mine.push(job);
    if (++looked === LATEST) break;
  }
  return mine;
}

const path = (act = ''): string => `${LISTS}/:id/import/suivi/:suivi${act}`;
const right = 'contacts.import';

export const longImportRoutes: Route[] = [
  { method: 'GET', path: path(), right, make: show },
  { method: 'GET', path: path('/etat'), right, make: state },
  { method: 'GET', path: path('/lignes'), right, make: rows },
  { method: 'POST', path: path('/confirmer'), right, make: confirm },
  { method: 'POST', path: path('/abandonner'), right, make: drop },
];
