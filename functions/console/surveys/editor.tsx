/** The editor: one long form over a draft. Every button in it saves what was typed first, then does its own. */
import { baseOfDraft, type SurveyDraft } from '../../../conversations/drafts/draft.ts';
import { inParis } from '../../../conversations/hours.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import type { KeptDraft } from '../../store/survey-drafts.ts';
import { Button, FaultSummary, Form, Select } from '../forms.tsx';
import { type Asked, doneOf, NotThere, type Page } from '../page.ts';
import { may } from '../roles.ts';
import { at } from '../said.ts';
import { Who } from '../who.tsx';
import { draftsOf, looked } from './drafts.ts';
import { Findings } from './findings.tsx';
import { partsOf } from './parts.ts';
import { pathOf, SURVEYS_PATH } from './paths.ts';
import { type Editing, QuestionFields, typeChoices } from './question-fields.tsx';
import { chosenIn, played, Scene, SceneFields } from './scene.tsx';
import { TRIED } from './view.tsx';
import { BeginningFields, DayFields, EndFields, LanguageFields } from './whole-fields.tsx';

/** Beside the base, where nobody has said which. */
const SHOWN_OTHERS = 2;

const DONE = {
  enregistre: 'Le brouillon est enregistré. Aucun habitant ne le reçoit tant qu’il n’est pas publié.',
  ajoute: 'La question est ajoutée, et le brouillon enregistré.',
  supprime: 'La question est supprimée, et le brouillon enregistré.',
  importe: 'Le formulaire est devenu ce brouillon. Vérifiez-le, puis publiez.',
  essai: TRIED,
  cree: 'Le brouillon est créé. Écrivez les questions, puis publiez.',
};

/** Throws `NotThere` where nobody is writing one. */
export async function draftAsked({ deps, params }: Asked): Promise<KeptDraft> {
  const kept = await draftsOf(deps).get(params.key ?? '');
  if (!kept) throw new NotThere();
  return kept;
}

/** The base language, and those of the address that the survey has. */
export function shownLanguages({ survey }: SurveyDraft, query: URLSearchParams): string[] {
  const base = baseOfDraft(survey);
  const others = survey.languages.filter((language) => language !== base);
  const asked = query.getAll('l');
  return [
    base,
    ...(asked.length > 0 ? others.filter((each) => asked.includes(each)) : others.slice(0, SHOWN_OTHERS)),
  ];
}

export const showEditor = async (asked: Asked): Promise<Page> => {
  const kept = await draftAsked(asked);
  return editorPage(asked, kept, shownLanguages(kept.draft, asked.query), { query: asked.query });
};

const placeHref = ({ place }: Finding): string => {
  const [, index] = /^questions\[(\d+)\]/.exec(place) ?? [];
  if (index !== undefined) return `#q${index}`;
  return place.startsWith('languages') ? '#languages' : '#debut';
};

const isOfQuestion = ({ place }: Finding): boolean => /^questions\[\d+\]/.test(place);

/** `fault`: why what was typed is not saved. */
export function editorPage(
  { deps, agent, now, query }: Asked,
  { draft, version, by, at: when }: KeptDraft,
  languages: string[],
  { query: scene, fault }: { query: URLSearchParams; fault?: string },
): Page {
  const { city } = deps.world;
  const { survey } = draft;
  const { read, findings } = looked(draft, deps, now);
  const ready = 'survey' in read ? read.survey : undefined;
  const around = {
    city,
    others: deps.world.surveys.all().filter(({ key }) => key !== survey.key),
    today: inParis(now).date,
  };
  const editing: Editing = {
    survey,
    read: ready,
    languages,
    parts: ready && partsOf(ready, around, languages),
    findings,
  };
  const chosen = chosenIn(scene, survey.languages, city);
  const preview = ready && played(ready, city, now, chosen);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    ...(fault && { status: 409 as const }),
    title: survey.topic?.[baseOfDraft(survey)] || survey.key,
    purpose: 'Écrire le sondage. Chaque bouton enregistre d’abord tout ce qui est tapé.',
    above:
      draft.onto === undefined
        ? { title: 'Sondages', href: SURVEYS_PATH }
        : { title: `Révision ${draft.onto}, telle qu’elle est publiée`, href: pathOf(survey.key) },
    done: doneOf(query, DONE),
    body: (
      <div class="editor">
        {fault && <FaultSummary faults={{ '': fault }} />}
        <Form action={`${pathOf(survey.key)}/editer`} unfinished label="Le sondage">
          <input type="hidden" name="version" value={version} />
          <div class="actions bar">
            <Button name="act" value="save">
              Enregistrer le brouillon
            </Button>
            <Button quiet name="act" value="preview">
              Aperçu
            </Button>
            {may(agent.role, 'surveys.publish') && (
              <Button quiet name="act" value="publish">
                Publier…
              </Button>
            )}
            <span class="soft">
              {errors > 0 ? `${errors} à corriger avant de publier. ` : ''}
              Enregistré {at(when, now)} par <Who id={by} />.
            </span>
          </div>
          <div class="columns">
            <div>
              <Findings findings={findings.filter((each) => !isOfQuestion(each))} at={placeHref} />
              <section class="card" id="debut">
                <h2>Début</h2>
                <BeginningFields editing={editing} />
                <DayFields editing={editing} city={city} />
              </section>
              <LanguageFields editing={editing} city={city} />
              <h2>Questions</h2>
              {survey.questions.length === 0 && (
                <div class="empty">
                  <p>Il n’y a pas encore de question. Ajoutez la première.</p>
                </div>
              )}
              {survey.questions.map((_, index) => (
                <QuestionFields at={index} editing={editing} />
              ))}
              <div class="row" id="ajouter">
                <Select
                  name="nouveau-type"
                  label="Nouvelle question"
                  required
                  value="single"
                  choices={typeChoices}
                />
                <Button quiet name="act" value="add">
                  Ajouter<span class="hidden"> la question</span>
                </Button>
              </div>
              <section class="card" id="fin">
                <h2>Fin</h2>
                <EndFields editing={editing} />
              </section>
            </div>
            <section id="apercu" class="stays">
              <h2>Aperçu</h2>
              <SceneFields chosen={chosen} languages={survey.languages} city={city} preview={preview} />
              <Button quiet name="act" value="preview">
                Enregistrer et montrer
              </Button>
              {preview ? (
                <Scene preview={preview} path={chosen.path} />
              ) : (
                <p class="soft">
                  Le téléphone apparaît ici dès que les points à corriger le permettent : il faut au moins une
                  question, et chaque texte dans la langue de base.
                </p>
              )}
            </section>
          </div>
        </Form>
        {ready && may(agent.role, 'announcements.send') && (
          <p>
            <a class="button quiet" href={`${pathOf(survey.key)}/essai`}>
              Essai sur un téléphone de l’équipe
            </a>
          </p>
        )}
        <details>
          <summary>Abandonner ce brouillon</summary>
          <p>
            {draft.onto === undefined
              ? 'Le sondage n’a jamais été publié : tout ce qui est écrit ici sera perdu.'
              : `La révision ${draft.onto} reste telle qu’elle est publiée.`}
          </p>
          <Form action={`${pathOf(survey.key)}/abandonner`} inline>
            <input type="hidden" name="version" value={version} />
            <Button danger>Oui, abandonner</Button>
          </Form>
        </details>
      </div>
    ),
  };
}
