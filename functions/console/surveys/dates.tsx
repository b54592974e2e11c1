/** A survey is opened or closed now: its days alone change, and whom that affects is said first. */
import { DAY, inParis } from '../../../conversations/hours.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { Button, FaultSummary, Form } from '../forms.tsx';
import { Facts, State } from '../list.tsx';
import { type Asked, type Made, type Page, seeOther } from '../page.ts';
import { draftsOf } from './drafts.ts';
import { Findings } from './findings.tsx';
import { datesOf } from './list.tsx';
import { pathOf } from './paths.ts';
import { saved } from './publish.tsx';
import { STANDINGS, standingOf } from './standing.ts';
import { surveyAsked, titleOf } from './view.tsx';

interface Choice {
  name: string;
  days: Pick<Survey, 'opens' | 'closes'>;
  button: string;
  effect: string;
}

/** What can be done with its days today. */
function choicesOf({ opens, closes, keywords, anonymous }: Survey, now: Date): Choice[] {
  const today = inParis(now).date;
  const yesterday = inParis(new Date(now.getTime() - DAY)).date;
  const word = keywords.join(' ou ');
  const cut = anonymous
    ? ' Le sondage est anonyme : la nuit suivante, les réponses sont coupées de leurs auteurs, et il ne peut plus rouvrir.'
    : '';
  const standing = standingOf({ opens, closes }, now);
  if (standing === 'coming')
    return [
      {
        name: 'ouvrir',
        days: { opens: today, closes },
        button: 'Ouvrir maintenant',
        effect: `Dans la minute, qui envoie ${word} reçoit le sondage. Personne n’est invité : pour écrire à une liste, faites une annonce.`,
      },
    ];
  if (standing === 'over') return [];
  return [
    ...(closes > today
      ? [
          {
            name: 'ce-soir',
            days: { opens, closes: today },
            button: 'Clore ce soir',
            effect: `On peut encore répondre jusqu’à minuit ; ensuite, qui envoie ${word} lit que c’est fini.${cut}`,
          },
        ]
      : []),
    ...(opens <= yesterday
      ? [
          {
            name: 'maintenant',
            days: { opens, closes: yesterday },
            button: 'Clore maintenant',
            effect: `Dans la minute, plus personne ne peut répondre : qui est au milieu lit que c’est fini, et ses réponses données restent.${cut}`,
          },
        ]
      : []),
  ];
}

export const showDates = (asked: Asked): Page => datesPage(asked, surveyAsked(asked));

function datesPage(
  { now }: Asked,
  survey: Survey,
  { refused = [], status }: { refused?: Finding[]; status?: 409 | 422 } = {},
): Page {
  const { tone, name } = STANDINGS[standingOf(survey, now)];
  const choices = choicesOf(survey, now);
  const path = `${pathOf(survey.key)}/dates`;
  return {
    ...(status && { status }),
    title: `Ouvrir ou clore : ${titleOf(survey)}`,
    purpose: 'Changer les jours du sondage tout de suite, sans toucher aux questions.',
    above: { title: titleOf(survey), href: pathOf(survey.key) },
    body: (
      <>
        {refused.length > 0 && (
          <FaultSummary faults={{ '': 'Les jours n’ont pas changé : voici pourquoi.' }} />
        )}
        <Findings findings={refused} />
        <p>
          <State tone={tone}>{name}</State>
        </p>
        <Facts facts={[['Dates', datesOf(survey.opens, survey.closes)]]} />
        {choices.length === 0 && (
          <p>
            Le sondage est clos. Pour le rouvrir, choisissez « Modifier » et donnez d’autres jours ; un
            sondage anonyme ne rouvre pas.
          </p>
        )}
        {choices.map(({ name: act, button, effect }) => (
          <section class="card question">
            <p>{effect}</p>
            <Form action={path} inline>
              <input type="hidden" name="revision" value={survey.revision} />
              <Button name="act" value={act} danger={act !== 'ouvrir'}>
                {button}
              </Button>
            </Form>
          </section>
        ))}
      </>
    ),
  };
}

export async function changeDates(asked: Asked): Promise<Made> {
  const { deps, agent, form, now, note } = asked;
  const survey = surveyAsked(asked);
  const choice = choicesOf(survey, now).find(({ name }) => name === form.get('act'));
  if (Number(form.get('revision')) !== survey.revision || !choice)
    return datesPage(asked, survey, {
      status: 409,
      refused: [
        {
          rule: 'overtaken',
          severity: 'error',
          place: '',
          message:
            'le sondage a changé depuis que cette page est ouverte: regardez ses jours, puis choisissez de nouveau',
        },
      ],
    });
  const { days, name } = choice;
  const result = await saved(deps, { ...survey, ...days }, { now, onto: survey.revision });
  if (result !== 'unchanged' && 'refused' in result)
    return datesPage(asked, survey, { status: 422, refused: result.refused });
  await note(name === 'ouvrir' ? 'sondage ouvert' : 'sondage clos', survey.key);
  if (result !== 'unchanged') await carryOver(survey, result.saved, agent.id, asked);
  return seeOther(pathOf(survey.key), name === 'ouvrir' ? 'ouvert' : 'clos');
}

/** Whoever writes the next revision goes on from this one, and does not undo its days. */
async function carryOver(before: Survey, after: Survey, by: string, { deps, now }: Asked): Promise<void> {
  const kept = await draftsOf(deps).get(after.key);
  if (!kept || kept.draft.onto !== before.revision) return;
  const { survey } = kept.draft;
  const days = {
    ...(survey.opens === before.opens && { opens: after.opens }),
    ...(survey.closes === before.closes && { closes: after.closes }),
  };
  // Where somebody saves at the same moment, publishing tells them of the new revision.
  await draftsOf(deps).write(
    { ...kept.draft, onto: after.revision, survey: { ...survey, ...days } },
    kept.version,
    by,
    now,
  );
}
