/** One survey as it stands: its dates, its questions, what the lint says, and how it looks on a phone. */
import { fullDate } from '../../../conversations/hours.ts';
import { optionsOf } from '../../../conversations/lint/texts-of.ts';
import { local } from '../../../conversations/phrase.ts';
import { conditionInWords } from '../../../conversations/preview/condition-in-words.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import type { Question } from '../../../conversations/questions.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { conditionsOf } from '../../../conversations/survey-paths.ts';
import { BranchesSvg } from '../../preview/branches-svg.tsx';
import { Outline } from '../../preview/pages.tsx';
import { Button, Form } from '../forms.tsx';
import { Facts, State } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import { type Asked, doneOf, NotThere, type Page } from '../page.ts';
import { may } from '../roles.ts';
import { Findings, lintOf } from './findings.tsx';
import { datesOf } from './list.tsx';
import { NEW_PATH, pathOf, SURVEYS_PATH } from './paths.ts';
import { chosenIn, played, Scene, SceneFields } from './scene.tsx';
import { languagesFor, STANDINGS, sees, standingOf } from './standing.ts';
import { TextIn } from './text-in.tsx';
import { TYPE_NAMES } from './type-names.ts';

/** Throws `NotThere` where there is none, or none that this agent may see. */
export function surveyAsked({ deps, agent, params }: Asked): Survey {
  const survey = deps.world.surveys.latest(params.key ?? '');
  if (!survey || !sees(agent, survey)) throw new NotThere();
  return survey;
}

export const titleOf = ({ topic, base = 'fr', key }: Pick<Survey, 'topic' | 'base' | 'key'>): string =>
  topic.fr ?? topic[base] ?? key;

export const TRIED =
  'L’essai part dans les deux minutes. Il n’entre ni dans le compte de la semaine ni dans le bilan.';

const DONE = {
  publie: 'Le sondage est publié.',
  ouvert: 'Le sondage est ouvert.',
  clos: 'Les jours du sondage ont changé.',
  essai: TRIED,
  inchange: 'Rien n’a changé depuis la dernière révision : il n’y en a pas de nouvelle.',
};

export async function showSurvey(asked: Asked): Promise<Page> {
  const { deps, agent, query, now } = asked;
  const { city } = deps.world;
  const survey = surveyAsked(asked);
  const languages = languagesFor(agent, survey);
  const chosen = chosenIn(query, languages, city);
  const preview = played(survey, city, now, chosen);
  const { tone, name } = STANDINGS[standingOf(survey, now)];
  const findings = may(agent.role, 'surveys.write') ? lintOf(survey, deps, now) : [];
  return {
    title: titleOf(survey),
    purpose: 'Le sondage tel que les habitants le reçoivent, question par question et sur un téléphone.',
    above: { title: 'Sondages', href: SURVEYS_PATH },
    done: doneOf(query, DONE),
    body: (
      <>
        <p>
          <State tone={tone}>{name}</State>
        </p>
        <Facts
          facts={[
            ['Dates', datesOf(survey.opens, survey.closes)],
            ['Mot-clé', survey.keywords.join(', ')],
            ['Langues', languages.map(languageName).join(', ')],
            ['Listes', survey.lists?.join(', ')],
            [
              'Anonyme',
              survey.anonymous && 'oui : après la clôture, les réponses sont coupées de leurs auteurs',
            ],
            ['Retour promis', survey.promise && `le ${fullDate(survey.promise, 'fr')}`],
            ['Révision', String(survey.revision)],
            ['Clé', survey.key],
          ]}
        />
        <div class="actions">
          {may(agent.role, 'surveys.write') && (
            <>
              <Form action={`${pathOf(survey.key)}/modifier`} inline>
                <Button>Modifier</Button>
              </Form>
              <a class="button quiet" href={`${NEW_PATH}?depuis=${survey.key}`}>
                Dupliquer
              </a>
              <a class="button quiet" href={`${pathOf(survey.key)}/formulaire/xlsx`}>
                Formulaire .xlsx
              </a>
              <a class="button quiet" href={`${pathOf(survey.key)}/formulaire/csv`}>
                Formulaire .csv
              </a>
            </>
          )}
          {may(agent.role, 'surveys.publish') && (
            <a class="button quiet" href={`${pathOf(survey.key)}/dates`}>
              Ouvrir ou clore
            </a>
          )}
          {may(agent.role, 'announcements.write') && standingOf(survey, now) !== 'over' && (
            <a class="button quiet" href={`${ROOT}/annonces/nouvelle?sondage=${survey.key}`}>
              Annoncer ce sondage
            </a>
          )}
          {may(agent.role, 'announcements.send') && (
            <a class="button quiet" href={`${pathOf(survey.key)}/essai`}>
              Essai
            </a>
          )}
          {may(agent.role, 'results.read') && (
            <a class="button quiet" href={`${ROOT}/resultats/${survey.key}`}>
              Résultats
            </a>
          )}
        </div>
        <div class="columns">
          <div>
            <h2>Questions</h2>
            <Said name="Présentation" texts={survey.intro} language={chosen.language} />
            <ol class="asked">
              {survey.questions.map((question) => (
                <Asks question={question} survey={survey} language={chosen.language} />
              ))}
            </ol>
            <Said name="Remerciement" texts={survey.thanks} language={chosen.language} />
            <Said name="Quand c’est fini" texts={survey.over} language={chosen.language} />
            {findings.length > 0 && <h2>Remarques</h2>}
            <Findings findings={findings} />
            <details>
              <summary>Le chemin des questions</summary>
              <div class="drawing">
                <BranchesSvg branches={preview.branches} topic={local(survey.topic, 'fr')} />
              </div>
              <Outline preview={preview} />
            </details>
          </div>
          <section id="apercu">
            <h2>Aperçu</h2>
            <form method="get" action={`${pathOf(survey.key)}#apercu`} class="row">
              <SceneFields chosen={chosen} languages={languages} city={city} preview={preview} />
              <Button quiet>Afficher</Button>
            </form>
            <Scene preview={preview} path={chosen.path} />
          </section>
        </div>
      </>
    ),
  };
}

const Said = ({ name, texts, language }: { name: string; texts: Survey['intro']; language: string }) => (
  <p>
    <span class="soft">{name} : </span>
    <TextIn language={language}>{local(texts, language)}</TextIn>
  </p>
);

function Asks({ question, survey, language }: { question: Question; survey: Survey; language: string }) {
  const options = optionsOf(question);
  const conditions = conditionsOf(survey, question).map((each) => conditionInWords(survey, each));
  return (
    <li>
      <p>{'text' in question && <TextIn language={language}>{local(question.text, language)}</TextIn>}</p>
      <p class="soft">
        {TYPE_NAMES[question.type]} · {question.id}
        {'required' in question && question.required ? ' · réponse obligatoire' : ''}
      </p>
      {conditions.length > 0 && <p class="soft">Posée seulement si : {conditions.join(' ; et ')}</p>}
      {options.length > 0 && (
        <ul>
          {options.map(({ label }) => (
            <li>
              <TextIn language={language}>{local(label, language)}</TextIn>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
