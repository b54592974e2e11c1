/** One export: how far it is, then its files for a quarter of an hour; and the way to a new link. */
import say from '../../../locales/fr/contacts.json';
import { EXPORT_TYPES, exportKey, LINK_SECONDS } from '../../runtime/exported-files.ts';
import { createExportStore, type ExportJob, isOver } from '../../store/exports.ts';
import { Button, Form } from '../forms.tsx';
import { Facts, State } from '../list.tsx';
import {
  type Asked,
  doneOf,
  type Fragment,
  fileName,
  type Made,
  NotThere,
  type Page,
  type Route,
  seeOther,
} from '../page.ts';
import { at, counted, sentence, typeset } from '../said.ts';
import { Who } from '../who.tsx';
import { addressOf, FORMAT_NAMES, found, listNames, nameOf, PATH, ROWS_OF, STATES } from './words.ts';

/** Seconds from one look to the next. */
const EVERY = 3;

const DONE = {
  deja: 'Cet export était déjà demandé : le voici.',
  lien: 'Les fichiers peuvent de nouveau être téléchargés pendant 15 minutes.',
};

const KEPT: Record<ExportJob['kind'], string> = {
  answers: 'Les fichiers sont effacés au bout d’une semaine.',
  contacts: 'Le fichier est effacé au bout d’un jour : qui se fait effacer entre-temps y figure encore.',
};

/** Of contacts the log names the list. */
const note = (asked: Asked, job: ExportJob, what: string): Promise<void> =>
  job.kind === 'contacts' ? asked.note(`${what} (contacts)`, job.list) : asked.note(what, job.id);

const canFetch = ({ state, until }: ExportJob, now: Date): boolean =>
  state === 'done' && until !== undefined && new Date(until) > now;

async function show(asked: Asked): Promise<Page> {
  const job = await found(asked);
  const { deps, now, query } = asked;
  const name = nameOf(deps, job, await listNames(deps, [job]));
  return {
    title: `Export : ${name}`,
    purpose: 'Où en est l’export, puis ses fichiers à télécharger.',
    above: { title: 'Exports', href: PATH },
    done: doneOf(query, DONE),
    ...(!isOver(job) && { moves: true }),
    body: (
      <>
        <Facts
          facts={[
            ['Demandé', at(job.at, now)],
            ['Par', <Who id={job.who} />],
            ['Format', FORMAT_NAMES[job.format]],
            ['But déclaré', job.kind === 'contacts' && typeset(say.purposes[job.purpose])],
          ]}
        />
        <Now job={job} now={now} />
      </>
    ),
  };
}

function Now({ job, now }: { job: ExportJob; now: Date }) {
  const { id, state } = job;
  const { tone, name } = STATES[state];
  return (
    <section
      id="etat"
      aria-label="État de l’export"
      aria-live="polite"
      {...(!isOver(job) && {
        'hx-get': `${addressOf(id)}/etat`,
        'hx-trigger': `every ${EVERY}s`,
        'hx-swap': 'outerHTML',
      })}
    >
      <p>
        <State tone={tone}>{name}</State>{' '}
        {state !== 'waiting' && state !== 'failed' && (
          <strong>{counted(job.rows, ...ROWS_OF[job.kind])}</strong>
        )}
      </p>
      {!isOver(job) && (
        <p>
          Vous pouvez quitter cette page : l’export continue. <a href={addressOf(id)}>Actualiser</a>
        </p>
      )}
      {state === 'failed' && (
        <>
          <p class="warning">{sentence(job.why ?? 'l’export n’a pas pu se faire')}.</p>
          <p>
            <a href={PATH}>Demander un autre export</a>
          </p>
        </>
      )}
      {state === 'done' && <Files job={job} now={now} />}
    </section>
  );
}

function Files({ job, now }: { job: ExportJob; now: Date }) {
  const { id, files, until } = job;
  if (!canFetch(job, now))
    return (
      <>
        <p>Les liens de cet export ne sont plus valables : ils durent 15 minutes.</p>
        <Form action={`${addressOf(id)}/lien`} inline>
          <Button>Ouvrir de nouveau les liens</Button>
        </Form>
      </>
    );
  return (
    <>
      <h2>{files.length > 1 ? 'Fichiers' : 'Fichier'}</h2>
      <ul>
        {files.map((file) => (
          <li>
            <a href={`${addressOf(id)}/fichiers/${encodeURIComponent(file)}`}>{file}</a>
          </li>
        ))}
      </ul>
      <p class="soft">
        Liens valables jusqu’au {at(until as string, now)}. {KEPT[job.kind]}
      </p>
    </>
  );
}

async function state(asked: Asked): Promise<Fragment> {
  return { fragment: <Now job={await found(asked)} now={asked.now} /> };
}

async function reopen(asked: Asked): Promise<Made> {
  const job = await found(asked);
  const { id } = job;
  const until = new Date(asked.now.getTime() + LINK_SECONDS * 1000);
  await note(asked, job, 'liens d’un export ouverts de nouveau');
  return (await createExportStore(asked.deps.db).open(id, until))
    ? seeOther(addressOf(id), 'lien')
    : seeOther(addressOf(id));
}

async function fetchFile(asked: Asked): Promise<Made> {
  const job = await found(asked);
  const { deps, params, now } = asked;
  const name = job.files.find((file) => file === params.nom);
  if (name === undefined) throw new NotThere();
  if (!canFetch(job, now)) return seeOther(addressOf(job.id));
  if (!deps.exported) throw new Error('these deps have no way to what was exported');
  await note(asked, job, 'export téléchargé');
  const handed = await deps.exported.handOver(exportKey(job, name), fileName(name), EXPORT_TYPES[job.format]);
  if (!handed) throw new NotThere();
  return handed;
}

export const oneRoutes: Route[] = [
  { method: 'GET', path: `${PATH}/:id`, right: 'exports.answers', make: show },
  { method: 'GET', path: `${PATH}/:id/etat`, right: 'exports.answers', make: state },
  { method: 'POST', path: `${PATH}/:id/lien`, right: 'exports.answers', make: reopen },
  { method: 'GET', path: `${PATH}/:id/fichiers/:nom`, right: 'exports.answers', make: fetchFile },
];
