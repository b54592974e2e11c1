/** The exports of the week, and the form that asks for one. */
import { createExportStore, type ExportJob } from '../../store/exports.ts';
import { Button, FaultSummary, type Faults, Form, Select } from '../forms.tsx';
import { Empty, Pager, pageWhere, ROWS, State, Table } from '../list.tsx';
import type { Asked, Made, Page, Route } from '../page.ts';
import { may } from '../roles.ts';
import { at, figure, sentence } from '../said.ts';
import { Who } from '../who.tsx';
import { askFor } from './ask.ts';
import { CONTACTS_PATH } from './contacts.tsx';
import { FormatField, formatIn, NO_FORMAT } from './format.tsx';
import { addressOf, FORMAT_NAMES, listNames, nameOf, PATH, STATES, sees, surveyName } from './words.ts';

/** How many are looked through for one's own: two pages of the store. */
const LOOKED_AT = 2 * ROWS;

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
  const lists = await listNames(deps, items);
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 }),
    title: 'Exports',
    purpose: 'Emporter les réponses à un sondage pour les analyser. Les fichiers sont gardés une semaine.',
    body: (
      <>
        <FaultSummary faults={faults} />
        <AskFor asked={asked} typed={typed} faults={faults} />
        {may(agent.role, 'exports.contacts') && (
          <p>
            <a href={CONTACTS_PATH}>Exporter les contacts d’une liste</a>
          </p>
        )}
        <h2>Exports de la semaine</h2>
        {items.length === 0 ? (
          <Empty>
            <p>Aucun export pour l’instant. Choisissez un sondage ci-dessus pour préparer le premier.</p>
          </Empty>
        ) : (
          <Table
            caption="Exports de la semaine"
            heads={['Contenu', 'Demandé', 'Par', 'Format', { name: 'Lignes', number: true }, 'État']}
          >
            {items.map((job) => (
              <Row job={job} asked={asked} lists={lists} people={items.map(({ who }) => who)} />
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
      <FormatField
        typed={typed.format}
        faults={faults}
        hint="Le classeur réunit tout en un fichier ; les CSV conviennent aux logiciels de statistiques."
      />
      <p class="hint">
        Ni numéro ni nom n’y figurent, mais les réponses libres peuvent en citer : ne transmettez les fichiers
        qu’à qui en a besoin.
      </p>
      <Button>Préparer l’export</Button>
    </Form>
  );
}

function Row({
  job,
  asked: { deps, now },
  lists,
  people,
}: {
  job: ExportJob;
  asked: Asked;
  lists: Map<string, string>;
  people: string[];
}) {
  const { tone, name } = STATES[job.state];
  return (
    <tr>
      <th scope="row">
        <a href={addressOf(job.id)}>{sentence(nameOf(deps, job, lists))}</a>
      </th>
      <td>{at(job.at, now)}</td>
      <td>
        <Who id={job.who} among={people} />
      </td>
      <td>{FORMAT_NAMES[job.format]}</td>
      <td class="number">{job.state === 'waiting' || job.state === 'failed' ? '–' : figure(job.rows)}</td>
      <td>
        <State tone={tone}>{name}</State>
      </td>
    </tr>
  );
}

async function ask(asked: Asked): Promise<Made> {
  const { deps, form } = asked;
  const [survey, typed] = [form.get('sondage') ?? '', form.get('format') ?? ''];
  const format = formatIn(typed);
  const faults: Faults = {
    ...(deps.world.surveys.latest(survey) === undefined && {
      sondage: survey
        ? `Le sondage « ${survey} » n’existe pas. Choisissez-en un dans la liste.`
        : 'Choisissez un sondage dans la liste.',
    }),
    ...(!format && NO_FORMAT),
  };
  if (Object.keys(faults).length > 0 || !format) return page(asked, { survey, format: typed }, faults);
  return askFor(asked, { kind: 'answers', survey, format }, { what: 'export de réponses demandé' });
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
