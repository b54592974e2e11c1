/** The exports of the week, and the form that asks for one. */
import { describe } from '../../runtime/log.ts';
import { createExportStore, EXPORT_FORMATS, type ExportFormat, type ExportJob } from '../../store/exports.ts';
import { Button, Choices, FaultSummary, type Faults, Form, Select } from '../forms.tsx';
import { Empty, Pager, pageWhere, ROWS, State, Table } from '../list.tsx';
import { type Asked, type Made, type Page, type Route, seeOther } from '../page.ts';
import { at, figure } from '../said.ts';
import { addressOf, FORMAT_NAMES, isOver, PATH, STATES, sees, surveyName } from './words.ts';

/** How many are looked through for one's own: two pages of the store. */
const LOOKED_AT = 2 * ROWS;
/** Among the last asked for: whoever presses the button twice wants one. */
const TWICE = 10;
const UNSENT = 'la demande n’a pas pu partir. Demandez l’export à nouveau';

interface Typed {
  survey?: string;
  format?: string;
}

async function page(asked: Asked, typed: Typed = {}, faults: Faults = {}): Promise<Page> {
  const { deps, agent, now, query } = asked;
  const { items, next } = await pageWhere(
    createExportStore(deps.db).latest(ROWS + 1, now, query.get('apres') ?? undefined),
    { wanted: (job) => sees(agent, job), cursorOf: ({ id }) => id, lookedAt: LOOKED_AT },
  );
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 }),
    title: 'Exports',
    purpose: 'Emporter les réponses à un sondage pour les analyser. Les fichiers sont gardés une semaine.',
    body: (
      <>
        <FaultSummary faults={faults} />
        <AskFor asked={asked} typed={typed} faults={faults} />
        <h2>Exports de la semaine</h2>
        {items.length === 0 ? (
          <Empty>
            <p>Aucun export pour l’instant. Choisissez un sondage ci-dessus pour préparer le premier.</p>
          </Empty>
        ) : (
          <Table
            caption="Exports de la semaine"
            heads={['Sondage', 'Demandé', 'Par', 'Format', { name: 'Réponses', number: true }, 'État']}
          >
            {items.map((job) => (
              <Row job={job} asked={asked} />
            ))}
          </Table>
        )}
        <Pager path={PATH} query={query} next={next} />
      </>
    ),
  };
}

function AskFor({ asked: { deps }, typed, faults }: { asked: Asked; typed: Typed; faults: Faults }) {
  const surveys = deps.world.surveys.all();
  if (surveys.length === 0)
    return (
      <Empty>
        <p>Il n’y a pas encore de sondage publié, donc rien à exporter.</p>
      </Empty>
    );
  return (
    <Form action={PATH} label="Exporter les réponses">
      <h2>Exporter les réponses</h2>
      <Select
        name="sondage"
        label="Sondage"
        required
        value={typed.survey}
        faults={faults}
        choices={surveys.map(({ key }) => ({ value: key, label: surveyName(deps, key) }))}
      />
      <Choices
        name="format"
        label="Format"
        required
        one
        values={[typed.format ?? 'xlsx']}
        faults={faults}
        hint="Le classeur réunit tout en un fichier ; les CSV conviennent aux logiciels de statistiques."
        choices={EXPORT_FORMATS.map((value) => ({ value, label: FORMAT_NAMES[value] })).reverse()}
      />
      <p class="hint">
        Ni numéro ni nom n’y figurent, mais les réponses libres peuvent en citer : ne transmettez les fichiers
        qu’à qui en a besoin.
      </p>
      <Button>Préparer l’export</Button>
    </Form>
  );
}

function Row({ job, asked: { deps, now } }: { job: ExportJob; asked: Asked }) {
  const { tone, name } = STATES[job.state];
  return (
    <tr>
      <th scope="row">
        <a href={addressOf(job.id)}>{surveyName(deps, job.survey)}</a>
      </th>
      <td>{at(job.at, now)}</td>
      <td>
        <bdi>{job.who}</bdi>
      </td>
      <td>{FORMAT_NAMES[job.format]}</td>
      <td class="number">{job.state === 'waiting' || job.state === 'failed' ? '–' : figure(job.rows)}</td>
      <td>
        <State tone={tone}>{name}</State>
      </td>
    </tr>
  );
}

const isFormat = (value: string): value is ExportFormat =>
  (EXPORT_FORMATS as readonly string[]).includes(value);

async function ask(asked: Asked): Promise<Made> {
  const { deps, agent, now, form, note } = asked;
  const [survey, format] = [form.get('sondage') ?? '', form.get('format') ?? ''];
  const faults: Faults = {
    ...(deps.world.surveys.latest(survey) === undefined && {
      sondage: survey
        ? `Le sondage « ${survey} » n’existe pas. Choisissez-en un dans la liste.`
        : 'Choisissez un sondage dans la liste.',
    }),
    ...(!isFormat(format) && { format: 'Choisissez un format : classeur XLSX ou fichiers CSV.' }),
  };
  if (Object.keys(faults).length > 0 || !isFormat(format)) return page(asked, { survey, format }, faults);
  const jobs = createExportStore(deps.db);
  let looked = 0;
  for await (const job of jobs.latest(TWICE, now)) {
    if (!isOver(job) && job.who === agent.id && job.survey === survey && job.format === format)
      return seeOther(addressOf(job.id), 'deja');
    if (++looked === TWICE) break;
  }
  const job = await jobs.ask({ who: agent.id, survey, format }, deps.freshId(), now);
  await note('export de réponses demandé', job.id);
  try {
    await deps.exporting.send({ kind: 'export', job: job.id });
  } catch (error) {
    deps.log.error('export-unsent', describe(error));
    await jobs.failed(job.id, UNSENT);
  }
  return seeOther(addressOf(job.id));
}

export const allRoutes: Route[] = [
  {
    method: 'GET',
    path: PATH,
    right: 'exports.answers',
    make: (asked) => page(asked, { survey: asked.query.get('sondage') ?? '' }),
  },
  { method: 'POST', path: PATH, right: 'exports.answers', make: ask },
];
