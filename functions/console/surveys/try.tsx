/** The first message of a survey, to somebody of staff's: as it would open, in their language, marked as a test. */
import { announcementId } from '../../../conversations/announcement.ts';
import { TEST_LIST } from '../../../conversations/audience.ts';
import { readDraft } from '../../../conversations/drafts/read-draft.ts';
import { inParis } from '../../../conversations/hours.ts';
import { isLanguage, local, phrase } from '../../../conversations/phrase.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { parseNumber } from '../../channels/numbers.ts';
import { trySaying } from '../../runtime/try-out.ts';
import type { Faults } from '../forms.tsx';
import { type Asked, type Made, NotThere, type Page, seeOther } from '../page.ts';
import { NO_NUMBER, TOO_OFTEN, TryForm } from '../try-form.tsx';
import { draftsOf } from './drafts.ts';
import { pathOf } from './paths.ts';
import { titleOf } from './view.tsx';

/** What is being written, where there is something that can be read; else what is published. */
async function triedOf({ deps, params }: Asked): Promise<Survey> {
  const key = params.key ?? '';
  const draft = await draftsOf(deps).get(key);
  const read = draft && readDraft(draft.draft);
  const survey = read && 'survey' in read ? read.survey : deps.world.surveys.latest(key);
  if (!survey) throw new NotThere();
  return survey;
}

function tryPage(survey: Survey, typed = '', faults: Faults = {}): Page {
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 as const }),
    title: `Essayer : ${titleOf(survey)}`,
    purpose:
      'Le premier message du sondage, précédé de « [essai] », à une personne de l’équipe et dans sa langue. La suite se voit dans l’aperçu : un essai ne pose pas les questions, et il ne faut pas y répondre.',
    above: { title: titleOf(survey), href: pathOf(survey.key) },
    body: (
      <>
        <TryForm action={`${pathOf(survey.key)}/essai`} typed={typed} faults={faults} />
      </>
    ),
  };
}

export const showTry = async (asked: Asked): Promise<Page> => tryPage(await triedOf(asked));

export async function sendTry(asked: Asked): Promise<Made> {
  const { deps, agent, form, now, note } = asked;
  const survey = await triedOf(asked);
  const { city } = deps.world;
  const typed = form.get('numero') ?? '';
  const number = parseNumber(typed, { region: 'FR', fiction: city.example });
  if (!('e164' in number)) return tryPage(survey, typed, NO_NUMBER);
  await note('essai du sondage envoyé', survey.key);
  const said = (language: string): string =>
    phrase(language, 'survey.start', { city: city.shortName, intro: local(survey.intro, language) });
  const announced = {
    announcement: announcementId(0, inParis(now).date),
    kind: 'info',
    base: survey.base ?? 'fr',
    texts: Object.fromEntries(
      survey.languages.filter(isLanguage).map((language) => [language, said(language)]),
    ),
  } as const;
  const outcome = await trySaying(deps, announced, `sms:${number.e164}`, agent.id);
  if (outcome === 'too-often') return tryPage(survey, typed, TOO_OFTEN);
  if (outcome === 'not-a-tester')
    return tryPage(survey, typed, {
      numero: `Ce numéro n’est pas sur la liste « ${TEST_LIST} », ou a dit STOP : rien n’est parti. Ajoutez-le d’abord à cette liste, avec la preuve de son accord.`,
    });
  return seeOther(
    deps.world.surveys.latest(survey.key) ? pathOf(survey.key) : `${pathOf(survey.key)}/editer`,
    'essai',
  );
}
