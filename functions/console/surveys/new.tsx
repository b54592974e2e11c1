/** A survey begins: its subject, its keyword, its languages and its days; from nothing, or like another. */
import { ourWords } from '../../../conversations/drafts/acts.ts';
import { draftLike, type SurveyDraft } from '../../../conversations/drafts/draft.ts';
import { DAY, inParis } from '../../../conversations/hours.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { Button, Choices, FaultSummary, type Faults, Field, Form } from '../forms.tsx';
import { type Asked, type Made, NotThere, type Page, seeOther } from '../page.ts';
import { draftsOf } from './drafts.ts';
import { isTaken, NEW_PATH, pathOf, SURVEYS_PATH } from './paths.ts';
import { titleOf } from './view.tsx';

const KEYWORD = /^[A-Z0-9]{3,20}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_OPEN = 30;

/** The survey to begin like, where one is named. */
function likeOf({ deps, query, form }: Asked): Survey | undefined {
  const key = form.get('depuis') ?? query.get('depuis') ?? '';
  if (key === '') return undefined;
  const survey = deps.world.surveys.latest(key);
  if (!survey) throw new NotThere();
  return survey;
}

export const showNew = (asked: Asked): Page => {
  const { now } = asked;
  const like = likeOf(asked);
  return newPage(asked, like, {
    typed: new URLSearchParams({
      ouvre: inParis(now).date,
      ferme: inParis(new Date(now.getTime() + DAYS_OPEN * DAY)).date,
      ...(like && { sujet: titleOf(like) }),
    }),
    faults: {},
  });
};

function newPage(
  { deps }: Asked,
  like: Survey | undefined,
  { typed, faults }: { typed: URLSearchParams; faults: Faults },
): Page {
  const others = deps.world.city.languages.filter((language) => language !== 'fr');
  const value = (name: string): string => typed.get(name) ?? '';
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 as const }),
    title: like ? `Dupliquer : ${titleOf(like)}` : 'Nouveau sondage',
    purpose: like
      ? 'Un autre sondage avec les mêmes questions et les mêmes langues.'
      : 'Le début d’un sondage ; tout peut encore changer avant qu’il soit publié, sauf le mot-clé dont vient sa clé.',
    above: { title: 'Sondages', href: SURVEYS_PATH },
    body: (
      <Form action={NEW_PATH}>
        <FaultSummary faults={faults} />
        {like && <input type="hidden" name="depuis" value={like.key} />}
        <Field
          name="sujet"
          label="Sujet, en français"
          required
          value={value('sujet')}
          hint="Comme dans « 2 questions sur … » : le square"
          faults={faults}
        />
        <Field
          name="mot"
          label="Mot-clé"
          required
          value={value('mot')}
          hint="Ce que l’on envoie pour répondre : PARC. De 3 à 20 lettres ou chiffres, sans accent ni espace."
          faults={faults}
        />
        <Field name="ouvre" label="Ouvre le" type="date" required value={value('ouvre')} faults={faults} />
        <Field
          name="ferme"
          label="Ferme le soir du"
          type="date"
          required
          value={value('ferme')}
          faults={faults}
        />
        {!like && (
          <Choices
            name="langues"
            label="Langues à côté du français"
            values={typed.getAll('langues')}
            choices={others.map((language) => ({ value: language, label: languageName(language) }))}
          />
        )}
        <div class="actions">
          <Button>Commencer à écrire</Button>
        </div>
      </Form>
    ),
  };
}

export async function begin(asked: Asked): Promise<Made> {
  const { deps, agent, form, now, note } = asked;
  const { city, surveys } = deps.world;
  const like = likeOf(asked);
  const [topic, keyword] = [form.get('sujet')?.trim() ?? '', bareKeyword(form.get('mot') ?? '')];
  const [opens, closes] = [form.get('ouvre') ?? '', form.get('ferme') ?? ''];
  const key = keyword.toLowerCase();
  const faults: Faults = {
    ...(topic === '' && { sujet: 'Écrivez le sujet en quelques mots.' }),
    ...(!KEYWORD.test(keyword) && {
      mot: `« ${keyword} » : un mot-clé fait de 3 à 20 lettres ou chiffres, sans accent ni espace.`,
    }),
    ...((surveys.latest(key) || isTaken(key)) && {
      mot: `« ${keyword} » est pris par un autre sondage : prenez-en un autre.`,
    }),
    ...(!DATE.test(opens) && { ouvre: 'Donnez le jour où le sondage ouvre.' }),
    ...(!DATE.test(closes) && { ferme: 'Donnez le dernier jour où l’on peut répondre.' }),
    ...(DATE.test(opens) && closes < opens && { ferme: 'Le dernier jour est avant le premier.' }),
  };
  const again = (more: Faults): Page => newPage(asked, like, { typed: form, faults: more });
  if (Object.keys(faults).length > 0) return again(faults);
  const chosen = city.languages.filter((each) => each !== 'fr' && form.getAll('langues').includes(each));
  const own = { key, keywords: [keyword], opens, closes };
  const draft = like ? likeDraft(like, own, topic) : emptyDraft(own, topic, ['fr', ...chosen]);
  const written = await draftsOf(deps).write(draft, 0, agent.id, now);
  if (written === 'overtaken')
    return again({ mot: `« ${keyword} » est pris par un brouillon : reprenez-le, ou prenez-en un autre.` });
  if (written === 'too-large') throw new Error(`survey ${key}: a draft is too large to begin with`);
  await note(like ? `sondage dupliqué de ${like.key}` : 'brouillon de sondage commencé', key);
  return seeOther(`${pathOf(key)}/editer`, 'cree');
}

/** As residents' phones send it: « médiathèque » is MEDIATHEQUE. */
const bareKeyword = (typed: string): string =>
  typed.trim().normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();

type Own = Pick<Survey, 'key' | 'keywords' | 'opens' | 'closes'>;

function likeDraft(like: Survey, own: Own, topic: string): SurveyDraft {
  const draft = draftLike(like, own);
  // Another subject makes the translations of the old one wrong.
  if (topic !== titleOf(like)) draft.survey.topic = { [like.base ?? 'fr']: topic };
  return draft;
}

const emptyDraft = (own: Own, topic: string, languages: string[]): SurveyDraft => ({
  survey: {
    ...own,
    languages,
    topic: { fr: topic },
    intro: {},
    thanks: Object.assign({}, ...languages.map((language) => ourWords(language, 'thanks'))),
    over: Object.assign({}, ...languages.map((language) => ourWords(language, 'over'))),
    results: undefined,
    review: Object.fromEntries(languages.slice(1).map((language) => [language, 'to be reviewed'])),
    questions: [],
  },
  without: [],
});
