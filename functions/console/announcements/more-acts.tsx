/** What leads from one announcement to another message: a test to somebody of staff's, a reminder to who is silent. */
import { TEST_LIST } from '../../../conversations/audience.ts';
import { languageName } from '../../../conversations/describe-audience.ts';
import { reminderOf } from '../../../conversations/reminder.ts';
import { parseNumber } from '../../channels/numbers.ts';
import { announcing } from '../../runtime/announcing.ts';
import { remindSilent } from '../../runtime/remind-silent.ts';
import { tryOut, whyNotTried } from '../../runtime/try-out.ts';
import type { Kept } from '../../store/announcements.ts';
import { Button, FaultSummary, type Faults, Form, TextArea } from '../forms.tsx';
import { type Asked, type Made, type Page, type Route, seeOther } from '../page.ts';
import { sentence } from '../said.ts';
import { NO_NUMBER, TOO_OFTEN, TryForm } from '../try-form.tsx';
import { CHANGED } from './acts.tsx';
import { textField } from './draft-form.ts';
import { found } from './found.ts';
import { tagOf } from './preview.tsx';
import { addressOf, PATH } from './words.ts';

function tryPage({ announcement: { id } }: Kept, typed = '', faults: Faults = {}): Page {
  return {
    status: Object.keys(faults).length > 0 ? 422 : 200,
    title: `Essayer ${id}`,
    purpose:
      'Le message tel qu’un habitant le recevrait, précédé de « [essai] », à une personne de l’équipe.',
    above: { title: `Annonce ${id}`, href: addressOf(id) },
    body: <TryForm action={`${addressOf(id)}/essai`} typed={typed} faults={faults} />,
  };
}

async function sendTest(asked: Asked): Promise<Made> {
  const { deps, agent, now, form, note } = asked;
  const kept = await found(asked);
  const { id } = kept.announcement;
  const typed = form.get('numero') ?? '';
  const number = parseNumber(typed, { region: 'FR', fiction: deps.world.city.example });
  if (!('e164' in number)) return tryPage(kept, typed, NO_NUMBER);
  const over = whyNotTried(kept.announcement);
  if (over) return tryPage(kept, typed, { '': `${sentence(over)}.` });
  await note('essai d’annonce envoyé', id);
  const said = await tryOut(deps, kept.announcement, `sms:${number.e164}`, agent.id);
  if (said === 'too-often') return tryPage(kept, typed, TOO_OFTEN);
  if (said === 'not-a-tester')
    return tryPage(kept, typed, {
      numero: `Ce numéro n’est pas sur la liste « ${TEST_LIST} », ou a dit STOP : rien n’est parti. Ajoutez-le d’abord à cette liste, avec la preuve de son accord.`,
    });
  // Only a line of the journal: who has acted meanwhile has not changed what was tried.
  await announcing(deps).announcements.write(kept, kept.announcement, {
    by: agent.id,
    what: 'essai',
    at: now,
  });
  return seeOther(addressOf(id), 'essai');
}

async function remindPage(
  asked: Asked,
  { announcement, version }: Kept,
  { faults = {}, status = 200 }: { faults?: Faults; status?: 200 | 409 | 422 } = {},
): Promise<Page> {
  const { id, texts } = announcement;
  const { city } = asked.deps.world;
  const made = reminderOf(announcement);
  return {
    status,
    title: `Relancer les non-répondants de ${id}`,
    purpose: 'Une fois, à ceux qui l’ont reçue et n’ont pas répondu. Une autre personne valide la relance.',
    above: { title: `Annonce ${id}`, href: addressOf(id) },
    body: (
      <>
        <FaultSummary faults={'refused' in made ? { '': `${sentence(made.refused)}.` } : faults} />
        {'draft' in made && (
          <Form action={`${addressOf(id)}/relance`}>
            <input type="hidden" name="version" value={String(version)} />
            {Object.entries(texts).map(([language, text]) => (
              <TextArea
                name={textField(language)}
                label={sentence(languageName(city, language))}
                language={tagOf(language)}
                value={asked.form.get(textField(language)) ?? text}
                required
                faults={faults}
              />
            ))}
            <Button>Écrire la relance</Button>
          </Form>
        )}
      </>
    ),
  };
}

async function remind(asked: Asked): Promise<Made> {
  const { deps, agent, now, form, note } = asked;
  const kept = await found(asked);
  if (form.get('version') !== String(kept.version))
    return remindPage(asked, kept, { faults: { '': CHANGED }, status: 409 });
  const texts = Object.fromEntries(
    Object.keys(kept.announcement.texts).map((language) => [
      language,
      (form.get(textField(language)) ?? '').trim(),
    ]),
  );
  const empty = Object.keys(texts).filter((language) => texts[language] === '');
  if (empty.length > 0) {
    const faults = Object.fromEntries(
      empty.map((language) => [textField(language), 'Le texte est vide : écrivez-le.']),
    );
    return remindPage(asked, kept, { faults, status: 422 });
  }
  const made = await remindSilent(announcing(deps).announcements, kept, { by: agent.id, now }, texts);
  if (made === 'changed')
    return remindPage(asked, await found(asked), { faults: { '': CHANGED }, status: 409 });
  if ('refused' in made)
    return remindPage(asked, kept, { faults: { '': `${sentence(made.refused)}.` }, status: 422 });
  await note('relance écrite', made.reminder.id);
  return seeOther(addressOf(made.reminder.id), 'relance');
}

export const moreActRoutes: Route[] = [
  {
    method: 'GET',
    path: `${PATH}/:id/essai`,
    right: 'announcements.send',
    make: async (asked) => tryPage(await found(asked)),
  },
  { method: 'POST', path: `${PATH}/:id/essai`, right: 'announcements.send', make: sendTest },
  {
    method: 'GET',
    path: `${PATH}/:id/relance`,
    right: 'announcements.write',
    make: async (asked) => remindPage(asked, await found(asked)),
  },
  { method: 'POST', path: `${PATH}/:id/relance`, right: 'announcements.write', make: remind },
];
