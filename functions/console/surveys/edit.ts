/** What the buttons of the editor do. */
import {
  addLanguage,
  addQuestion,
  moveQuestion,
  removeLanguage,
  removeQuestion,
} from '../../../conversations/drafts/acts.ts';
import { draftOf, isSameDraft, type SurveyDraft } from '../../../conversations/drafts/draft.ts';
import { isLanguage } from '../../../conversations/phrase.ts';
import type { KeptDraft } from '../../store/survey-drafts.ts';
import { type Asked, type Made, NotThere, seeOther } from '../page.ts';
import { may } from '../roles.ts';
import { nameOfAgent } from '../who.tsx';
import { languagesIn, typedOver } from './draft-form.ts';
import { draftsOf } from './drafts.ts';
import { draftAsked, editorPage, shownLanguages } from './editor.tsx';
import { pathOf, SURVEYS_PATH } from './paths.ts';
import { overtakenPage } from './publish.tsx';
import { TYPE_NAMES } from './type-names.ts';
import { surveyAsked } from './view.tsx';

interface Act {
  draft: SurveyDraft;
  /** The sentence that is said, and where the page is shown from. */
  done?: string;
  at?: string;
}

const acted = (draft: SurveyDraft, act: string, form: URLSearchParams): Act => {
  const [what = '', of = ''] = act.split(/-(.*)/s);
  const index = Number(of);
  switch (what) {
    case 'add': {
      const type = form.get('nouveau-type') ?? '';
      if (!Object.hasOwn(TYPE_NAMES, type)) return { draft };
      const added = addQuestion(draft, type);
      return { draft: added, done: 'ajoute', at: `q${added.survey.questions.length - 1}` };
    }
    case 'up':
      return { draft: moveQuestion(draft, index, -1), at: `q${index - 1}` };
    case 'down':
      return { draft: moveQuestion(draft, index, 1), at: `q${index + 1}` };
    case 'delete':
      return { draft: removeQuestion(draft, index), done: 'supprime' };
    case 'language': {
      const language = form.get('nouvelle-langue') ?? '';
      return { draft: isLanguage(language) ? addLanguage(draft, language) : draft, at: 'languages' };
    }
    case 'drop':
      return { draft: removeLanguage(draft, of), at: 'languages' };
    case 'preview':
      return { draft, at: 'apercu' };
    default:
      return { draft, done: 'enregistre' };
  }
};

/** POST: what was typed is kept first, whatever the button. */
export async function edit(asked: Asked): Promise<Made> {
  const { deps, agent, form, now, note } = asked;
  const kept = await draftAsked(asked);
  const typed = typedOver(kept.draft, form);
  const act = form.get('act') ?? '';
  const languages = languagesIn(form, kept.draft.survey);
  const conflict = (fault: string, version: number): Made =>
    editorPage(asked, { ...kept, draft: typed, version }, languages, { query: form, fault });
  if (Number(form.get('version')) !== kept.version)
    return conflict(
      `${await nameOfAgent(deps.db, kept.by)} vient d’enregistrer ce brouillon. Ce que vous avez tapé est encore là et n’est pas enregistré : comparez dans un autre onglet ; si vous enregistrez maintenant, votre texte remplace le sien.`,
      kept.version,
    );
  const { draft, done, at } = acted(typed, act, form);
  const key = draft.survey.key;
  if (!isSameDraft(draft, kept.draft)) {
    const written = await draftsOf(deps).write(draft, kept.version, agent.id, now);
    if (written === 'too-large')
      return conflict(
        'Le sondage est trop long pour être gardé en une pièce : faites-en deux, ou retirez une langue. Rien n’a été enregistré.',
        kept.version,
      );
    if (written === 'overtaken')
      return conflict(
        'Quelqu’un vient d’enregistrer ce brouillon au même instant. Ce que vous avez tapé est encore là : enregistrez de nouveau.',
        kept.version + 1,
      );
    await note('brouillon de sondage enregistré', key);
  }
  if (act === 'publish' && may(agent.role, 'surveys.publish')) return seeOther(`${pathOf(key)}/publier`);
  const to = seeOther(`${pathOf(key)}/editer?${shownBy(form, act)}`, done);
  return at === undefined ? to : { ...to, headers: { location: `${to.headers?.location}#${at}` } };
}

/** What the page shows next is what was chosen on this one. */
function shownBy(form: URLSearchParams, act: string): URLSearchParams {
  const query = new URLSearchParams();
  const added = act === 'language' ? [form.get('nouvelle-langue') ?? ''] : [];
  const chosen = [...form.getAll('montrer'), ...added];
  // The base language alone is a choice too.
  for (const language of chosen.length > 0 ? chosen : ['-']) query.append('l', language);
  for (const name of ['langue', 'canal', 'chemin']) if (form.has(name)) query.set(name, form.get(name) ?? '');
  return query;
}

/** POST: a draft of the next revision, or the one that somebody has begun. */
export async function beginEditing(asked: Asked): Promise<Made> {
  const { deps, agent, now, note } = asked;
  const survey = surveyAsked(asked);
  const written = await draftsOf(deps).write(draftOf(survey), 0, agent.id, now);
  if (written !== 'overtaken') await note('brouillon de sondage commencé', survey.key);
  return seeOther(`${pathOf(survey.key)}/editer`);
}

/** What the page showed, as another version: undefined where another has written since. */
async function rewritten(
  asked: Asked,
  { draft, version }: KeptDraft,
  change: Partial<SurveyDraft>,
  done: string,
): Promise<Made | undefined> {
  const { deps, agent, now, form, note } = asked;
  if (form.get('version') !== String(version)) return undefined;
  const written = await draftsOf(deps).write({ ...draft, ...change }, version, agent.id, now);
  if (typeof written === 'string') return undefined;
  await note(done, draft.survey.key);
  return seeOther(`${pathOf(draft.survey.key)}/publier`);
}

/** POST: the draft goes on from the latest revision, whose differences have been shown. */
export async function goOn(asked: Asked): Promise<Made> {
  const kept = await draftAsked(asked);
  const latest = asked.deps.world.surveys.latest(kept.draft.survey.key);
  if (!latest) throw new NotThere();
  const done = 'brouillon de sondage repris sur la dernière révision';
  return (
    (await rewritten(asked, kept, { onto: latest.revision }, done)) ??
    overtakenPage(asked, await draftAsked(asked))
  );
}

/** POST: languages of the revision before that the draft has not are to go. */
export async function withoutLanguages(asked: Asked): Promise<Made> {
  const kept = await draftAsked(asked);
  const { key, languages } = kept.draft.survey;
  const had = asked.deps.world.surveys.latest(key)?.languages ?? [];
  const without = had.filter((language) => !languages.includes(language));
  return (
    (await rewritten(asked, kept, { without }, 'langues retirées du brouillon de sondage')) ??
    overtakenPage(asked, await draftAsked(asked))
  );
}

/** POST: the draft goes; what is published stays, and so does what another has written since it was shown. */
export async function dropDraft(asked: Asked): Promise<Made> {
  const { deps, form, note } = asked;
  const kept = await draftAsked(asked);
  const { key } = kept.draft.survey;
  const isShown = form.get('version') === String(kept.version);
  if (isShown) await note('brouillon de sondage abandonné', key);
  if (isShown && (await draftsOf(deps).delete(key, kept.version))) return seeOther(SURVEYS_PATH, 'abandonne');
  const now = await draftAsked(asked);
  return editorPage(asked, now, shownLanguages(now.draft, form), {
    query: form,
    fault: `${await nameOfAgent(deps.db, now.by)} vient d’enregistrer ce brouillon : il n’a pas été abandonné. Le voici ; regardez-le, puis recommencez.`,
  });
}
