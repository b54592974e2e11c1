/** What residents wrote, question by question: to read, to tag, to find again by tag. */
import { isCut } from '../../../conversations/anonymous.ts';
import { fullDate } from '../../../conversations/hours.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import { Button, FaultSummary, type Faults, Select } from '../forms.tsx';
import { Empty, Pager, State } from '../list.tsx';
import { type Asked, doneOf, NotThere, type Page, type Route } from '../page.ts';
import { may } from '../roles.ts';
import { counted, figure } from '../said.ts';
import { TextIn } from '../surveys/text-in.tsx';
import { surveyAsked, titleOf } from '../surveys/view.tsx';
import { RESULTS } from './list.tsx';
import { anchorOf, fieldOf, idOf, NAME, type Refused, TagForm, tagText } from './tag.tsx';
import {
  askedIn,
  COUNTED,
  type Said,
  tagCounts,
  textsBehind,
  textsTagged,
  type Wanted,
  wordedQuestions,
} from './texts.ts';

const pathOf = (key: string): string => `${RESULTS}/${key}/textes`;
const PATH = pathOf(':key');

const DONE = { etiquete: 'Étiquettes enregistrées.', sans: 'Étiquettes retirées.' };
const LEADS = { texte: undefined, autre: 'Autre, précisé :', commentaire: 'En commentaire :' };
const ASKS = { texte: 'réponse libre', autre: 'autre, et commentaires', commentaire: 'commentaires' };
/** Letters of a question in the list that it is chosen from. */
const SHORT = 90;

/** What is asked for, as far as this agent may: a relay reads its own language and no other. */
function wantedOf(asked: Asked, query: URLSearchParams): Wanted {
  const { deps, agent } = asked;
  const survey = surveyAsked(asked);
  const questions = wordedQuestions(deps, survey.key);
  const question = query.get('question') || questions[0]?.question.id;
  if (question === undefined || !questions.some((each) => each.question.id === question))
    throw new NotThere();
  const given = query.get('langue') || undefined;
  if (agent.role !== 'relay') return { survey, question, language: given };
  if (given !== undefined && given !== agent.language) throw new NotThere();
  return { survey, question, language: agent.language };
}

async function show(asked: Asked, query: URLSearchParams, refused?: Refused): Promise<Page> {
  const { deps, agent, now } = asked;
  const wanted = wantedOf(asked, query);
  const { survey, question } = wanted;
  const path = pathOf(survey.key);
  const early = survey.anonymous && !isCut(survey, now);
  const { counts, all } = early ? { counts: [], all: true } : await tagCounts(deps, wanted);
  const tag = counts.find(([each]) => idOf(each) === query.get('etiquette'))?.[0];
  const behind = query.get('apres') ?? '';
  const after = NAME.test(behind) ? behind : undefined;
  const { said, looked, next } = early
    ? { said: [], looked: 0 }
    : tag === undefined
      ? await textsBehind(deps, wanted, after)
      : await textsTagged(deps, wanted, tag, after);
  const here = new URLSearchParams({
    question,
    ...(wanted.language && { langue: wanted.language }),
    ...(tag !== undefined && { etiquette: idOf(tag) }),
    ...(after !== undefined && { apres: after }),
  });
  const faults: Faults = refused ? faultsOf(refused, said) : {};
  const tags = may(agent.role, 'surveys.write');
  return {
    ...(refused && { status: refused.status }),
    title: `Textes : ${titleOf(survey)}`,
    purpose:
      'Ce que les habitants ont écrit avec leurs mots, à lire et à étiqueter pour en faire la synthèse.',
    above: { title: 'Résultats', href: `${RESULTS}/${survey.key}` },
    done: refused ? undefined : doneOf(asked.query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Choice asked={asked} wanted={wanted} path={path} />
        {early ? (
          <Empty>
            <p>
              Ce sondage est anonyme : les textes se lisent ici après la nuit qui suit sa clôture, le{' '}
              {fullDate(survey.closes, 'fr')}, quand plus rien ne les relie à leurs auteurs.
            </p>
          </Empty>
        ) : (
          <>
            <Tags counts={counts} all={all} chosen={tag} path={path} here={here} />
            {said.length === 0 ? (
              <Nothing looked={looked} next={next} begun={after !== undefined} />
            ) : (
              <ul class="plain" aria-label="Textes">
                {said.map((each) => (
                  <li id={anchorOf(each.name)}>
                    <Text said={each} />
                    {tags && (
                      <TagForm
                        said={each}
                        action={path}
                        query={here}
                        typed={refused?.name === each.name ? refused.typed : undefined}
                        faults={refused?.name === each.name ? faults : {}}
                      />
                    )}
                  </li>
                ))}
              </ul>
            )}
            <Pager path={path} query={here} next={next} />
          </>
        )}
      </>
    ),
  };
}

/** At the text's own field, or at the top where the page has it no more. */
const faultsOf = ({ name, fault }: Refused, said: Said[]): Faults => ({
  [said.some((each) => each.name === name) ? fieldOf(name) : '']: fault,
});

function Choice({ asked, wanted, path }: { asked: Asked; wanted: Wanted; path: string }) {
  const { deps, agent } = asked;
  const { survey, question, language = '' } = wanted;
  return (
    <form method="get" action={path} class="row">
      <Select
        name="question"
        label="Question"
        required
        value={question}
        choices={wordedQuestions(deps, survey.key).map(({ question: each, kind }) => ({
          value: each.id,
          label: `${short(askedIn(each, survey))} (${ASKS[kind]})`,
        }))}
      />
      {agent.role !== 'relay' && (
        <Select
          name="langue"
          label="Langue"
          required
          value={language}
          choices={[
            { value: '', label: 'Toutes' },
            ...deps.world.city.languages.map((each) => ({ value: each, label: languageName(each) })),
          ]}
        />
      )}
      <Button quiet>Afficher</Button>
    </form>
  );
}

const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text);

function Tags({
  counts,
  all,
  chosen,
  path,
  here,
}: {
  counts: [string, number][];
  all: boolean;
  chosen: string | undefined;
  path: string;
  here: URLSearchParams;
}) {
  if (counts.length === 0) return null;
  const to = (tag?: string): string => {
    const query = new URLSearchParams(here);
    query.delete('apres');
    query.delete('etiquette');
    if (tag !== undefined) query.set('etiquette', idOf(tag));
    return `${path}?${query}`;
  };
  return (
    <nav aria-label="Étiquettes">
      <h2>Étiquettes</h2>
      <p class="actions">
        {chosen !== undefined && <a href={to()}>Tous les textes</a>}
        {counts.map(([tag, count]) => (
          <a href={to(tag)} {...(tag === chosen && { 'aria-current': 'true' })}>
            <bdi dir="auto">{tag}</bdi> ({figure(count)})
          </a>
        ))}
      </p>
      {!all && <p class="hint">Comptées sur {figure(COUNTED)} réponses étiquetées.</p>}
    </nav>
  );
}

function Text({ said: { language, day, parts, tags } }: { said: Said }) {
  return (
    <>
      {parts.map(({ kind, text }) => (
        <>
          {LEADS[kind] && <span class="soft">{LEADS[kind]}</span>}
          <blockquote>
            <TextIn language={language}>{text}</TextIn>
          </blockquote>
        </>
      ))}
      <span class="soft">
        {[languageName(language), day && fullDate(day, 'fr')].filter(Boolean).join(' · ')}
      </span>
      {tags.length > 0 && (
        <p>
          {tags.map((tag) => (
            <>
              <State tone="plain">
                <bdi dir="auto">{tag}</bdi>
              </State>{' '}
            </>
          ))}
        </p>
      )}
    </>
  );
}

const Nothing = ({ looked, next, begun }: { looked: number; next?: string | undefined; begun: boolean }) => (
  <Empty>
    <p>
      {next !== undefined
        ? `Aucun texte parmi ces ${counted(looked, 'réponse', 'réponses')}. Continuez à la page suivante.`
        : begun
          ? 'Aucun autre texte.'
          : 'Aucun texte ici pour l’instant. Une réponse arrive quand la personne a terminé le sondage.'}
    </p>
  </Empty>
);

/** The page that a form was on. */
function pageOfForm(form: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['question', 'langue', 'etiquette', 'apres']) {
    const value = form.get(name);
    if (value) query.set(name, value);
  }
  return query;
}

const LOOKED = 'textes d’habitants lus';

/** Which survey and question, where there are such. */
const aboutOf = ({ deps, params, query }: Asked): { about?: string } => {
  const key = deps.world.surveys.latest(params.key ?? '')?.key;
  if (key === undefined) return {};
  const asked = query.get('question');
  const question = wordedQuestions(deps, key).find((each) => each.question.id === asked)?.question.id;
  return { about: [key, question].filter(Boolean).join(' ') };
};

export const wordsRoutes: Route[] = [
  {
    method: 'GET',
    path: PATH,
    right: 'words.read',
    audit: (asked) => ({ what: LOOKED, ...aboutOf(asked) }),
    make: (asked) => show(asked, asked.query),
  },
  {
    method: 'POST',
    path: PATH,
    right: 'surveys.write',
    async make(asked) {
      const query = pageOfForm(asked.form);
      const wanted = wantedOf(asked, query);
      const address = `${pathOf(wanted.survey.key)}?${query}`;
      return tagText(asked, wanted, address, async (refused) => {
        await asked.note(LOOKED, `${wanted.survey.key} ${wanted.question}`);
        return show(asked, query, refused);
      });
    },
  },
];
