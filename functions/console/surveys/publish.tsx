/** A draft goes live: what it changes, whom it reaches and from when is said first. */
import { dataOf } from '../../../conversations/drafts/read-draft.ts';
import { fullDate, inParis } from '../../../conversations/hours.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import { diffSurveys } from '../../../conversations/revision-diff.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { Deps } from '../../runtime/deps.ts';
import type { KeptDraft } from '../../store/survey-drafts.ts';
import { createSurveyStore, type SaveResult } from '../../store/surveys.ts';
import { Button, FaultSummary, Form } from '../forms.tsx';
import { Facts } from '../list.tsx';
import { type Asked, type Made, type Page, seeOther } from '../page.ts';
import { nameOfAgent } from '../who.tsx';
import { draftsOf, looked } from './drafts.ts';
import { draftAsked } from './editor.tsx';
import { Findings } from './findings.tsx';
import { datesOf, languagesInWords } from './list.tsx';
import { pathOf } from './paths.ts';
import { standingOf } from './standing.ts';

export const showPublish = async (asked: Asked): Promise<Page> => publishPage(asked, await draftAsked(asked));

/** Another has written it since the page was shown: nothing is done to what nobody has read. */
export const overtakenPage = async (asked: Asked, kept: KeptDraft): Promise<Page> =>
  publishPage(asked, kept, {
    status: 409,
    refused: [
      {
        rule: 'overtaken',
        severity: 'error',
        place: '',
        message: `${await nameOfAgent(asked.deps.db, kept.by)} vient de changer ce brouillon : relisez-le, puis publiez`,
      },
    ],
  });

function publishPage(
  { deps, now }: Asked,
  { draft, version }: KeptDraft,
  { refused = [], status }: { refused?: Finding[]; status?: 409 | 422 } = {},
): Page {
  const { key } = draft.survey;
  const { read, findings } = looked(draft, deps, now);
  const all = refused.length > 0 ? refused : findings;
  const errors = all.filter(({ severity }) => severity === 'error');
  const survey = 'survey' in read ? read.survey : undefined;
  const latest = deps.world.surveys.latest(key);
  return {
    ...(status && { status }),
    title: 'Publier',
    purpose: 'Ce qui change pour les habitants, avant que cela change.',
    above: { title: draft.survey.topic?.[draft.survey.base ?? 'fr'] ?? key, href: `${pathOf(key)}/editer` },
    body: (
      <>
        {errors.length > 0 && (
          <FaultSummary
            faults={{
              '': `${errors.length > 1 ? `${errors.length} points` : 'Un point'} à corriger avant de publier. Le brouillon est gardé tel quel.`,
            }}
          />
        )}
        <Findings findings={all} />
        {survey && errors.length === 0 && (
          <>
            <Facts
              facts={[
                ['Dates', datesOf(survey.opens, survey.closes)],
                ['Mot-clé', survey.keywords.join(', ')],
                ['Langues', languagesInWords(survey.languages)],
                ['Questions', String(survey.questions.length)],
              ]}
            />
            <p>{effectOf(survey, latest, now)}</p>
            {latest && <Changes before={latest} after={survey} />}
            <Form action={`${pathOf(key)}/publier`}>
              <input type="hidden" name="version" value={version} />
              <div class="actions">
                <Button>Publier</Button>
                <a class="button quiet" href={`${pathOf(key)}/editer`}>
                  Revenir au brouillon
                </a>
              </div>
            </Form>
          </>
        )}
        {all.some(({ rule }) => rule === 'lost-language') && (
          <Form action={`${pathOf(key)}/sans-langues`} inline>
            <input type="hidden" name="version" value={version} />
            <Button danger>Oui, ces langues doivent disparaître</Button>
          </Form>
        )}
        {latest && latest.revision !== draft.onto && (
          <>
            {survey && <Changes before={latest} after={survey} />}
            <Form action={`${pathOf(key)}/reprendre`} inline>
              <input type="hidden" name="version" value={version} />
              <Button>Continuer ce brouillon sur la révision {latest.revision}</Button>
            </Form>
          </>
        )}
        {errors.length > 0 && (
          <p>
            <a class="button quiet" href={`${pathOf(key)}/editer`}>
              Revenir au brouillon
            </a>
          </p>
        )}
      </>
    ),
  };
}

/** Whom it reaches, in a sentence or two. */
export function effectOf(survey: Survey, latest: Survey | undefined, now: Date): string {
  const word = survey.keywords.join(' ou ');
  const standing = standingOf(survey, now);
  const who =
    standing === 'open'
      ? `Dans la minute, qui envoie ${word} reçoit ce sondage.`
      : standing === 'coming'
        ? `Personne ne le reçoit avant le ${fullDate(survey.opens, 'fr')}.`
        : 'Ses dates sont passées : personne ne pourra y répondre.';
  const within = latest
    ? ' Qui est au milieu de l’ancienne version garde ses questions ; les dates, l’anonymat et les mots de la fin sont les nouveaux pour tous.'
    : '';
  return `${who}${within} Publier n’écrit à personne : pour inviter une liste, faites une annonce.`;
}

export function Changes({ before, after }: { before: Survey; after: Survey }) {
  const changes = diffSurveys(before, { ...after, revision: before.revision + 1 });
  if (changes.length === 0) return <p>Rien ne change.</p>;
  return (
    <>
      <h2>Ce qui change depuis la révision {before.revision}</h2>
      <ul class="findings">
        {changes.map(({ what, results, warning }) => (
          <li class={warning ? 'error' : ''}>
            {warning && <strong>À vérifier. </strong>}
            {what} → {results}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Saves it as the next revision, so that this instance knows it at once. Throws where the store does. */
export async function saved(
  deps: Deps,
  data: unknown,
  place: { now: Date; onto?: number | undefined; without?: string[] },
): Promise<SaveResult> {
  const { world } = deps;
  const store = createSurveyStore(deps.db, world.surveys.every(), () => place.now);
  const result = await store.save(data, {
    city: world.city,
    today: inParis(place.now).date,
    ...(place.onto !== undefined && { onto: place.onto }),
    ...(place.without && { without: place.without }),
  });
  await deps.shelf.refresh();
  return result;
}

export async function publish(asked: Asked): Promise<Made> {
  const { deps, form, now, note } = asked;
  const kept = await draftAsked(asked);
  const { draft, version } = kept;
  const { key } = draft.survey;
  const { read } = looked(draft, deps, now);
  if ('faults' in read) return publishPage(asked, kept, { status: 422 });
  if (Number(form.get('version')) !== version) return overtakenPage(asked, kept);
  const result = await saved(deps, dataOf(draft.survey), { now, onto: draft.onto, without: draft.without });
  if (result !== 'unchanged' && 'refused' in result)
    return publishPage(asked, kept, { status: 422, refused: result.refused });
  await note(
    result === 'unchanged'
      ? 'sondage publié sans changement'
      : `sondage publié, révision ${result.saved.revision}`,
    key,
  );
  // What another has written in this second is no part of what was published: it stays a draft.
  await draftsOf(deps).delete(key, version);
  return seeOther(pathOf(key), result === 'unchanged' ? 'inchange' : 'publie');
}
