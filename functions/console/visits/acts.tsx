/** What is done with a visit: validate, other places, move, cancel, report, invite. */
import { takesPeople, type Visit, VisitDraft } from '../../../conversations/visit.ts';
import {
  approveVisit,
  cancelVisit,
  moveVisit,
  reportVisit,
  type VisitActed,
} from '../../../conversations/visit-acts.ts';
import { invitationText } from '../../../conversations/visit-words.ts';
import { announcing } from '../../runtime/announcing.ts';
import { invite } from '../../runtime/invite.ts';
import { resizeOpen } from '../../runtime/resize-visit.ts';
import { toldAt } from '../../runtime/visit-told.ts';
import type { Entry } from '../../store/journal.ts';
import { addressOf as announcementAt } from '../announcements/words.ts';
import { Button, FaultSummary, type Faults, Field, Form } from '../forms.tsx';
import { type Asked, type Made, type Page, type Route, seeOther } from '../page.ts';
import type { Right } from '../roles.ts';
import { sentence } from '../said.ts';
import { Version } from '../things.tsx';
import { meetingIn, numberIn, POSITION_FAULT, spotOf } from './draft-form.ts';
import { aroundOf, found } from './found.ts';
import { pageOf } from './one.tsx';
import { PositionField } from './position.tsx';
import { fillTexts, TextsField, textsIn } from './texts.tsx';
import { addressOf, PATH } from './words.ts';

type Again = (
  asked: Asked,
  kept: Entry<Visit>,
  told: { faults: Faults; status: 409 | 422 },
) => Page | Promise<Page>;

interface Act {
  /** As the journal has it, and the address. */
  name: string;
  /** For the audit log. */
  noted: string;
  right: Right;
  /** The page that it was asked on. */
  again: Again;
  /** What of the form is wrong by itself. */
  check?(form: URLSearchParams): Faults;
  /** The field whose value the act refuses. */
  field?: string;
  act(asked: Asked, visit: Visit): VisitActed | Promise<VisitActed>;
  /** The sentence of the visit's page. */
  done?(after: Visit, before: Visit, asked: Asked): string;
}

const CHANGED =
  'Quelqu’un vient d’agir sur cette visite : rien n’a été fait. Voici comment elle est maintenant ; regardez-la, puis recommencez.';

const posting = ({ name, noted, right, again, check, field = '', act, done }: Act): Route => ({
  method: 'POST',
  path: `${PATH}/:id/${name}`,
  right,
  async make(asked): Promise<Made> {
    const { deps, agent, now, form, note } = asked;
    const kept = await found(asked);
    const before = kept.thing;
    const conflict = { faults: { '': CHANGED }, status: 409 } as const;
    if (form.get('version') !== String(kept.version)) return again(asked, kept, conflict);
    const faults = check?.(form) ?? {};
    if (Object.keys(faults).length > 0) return again(asked, kept, { faults, status: 422 });
    const acted = await act(asked, before);
    if ('refused' in acted) {
      const errors = (acted.findings ?? []).filter(({ severity }) => severity === 'error');
      const why = [acted.refused, ...errors.map(({ message }) => message)].map(sentence).join('. ');
      return again(asked, kept, { faults: { [field]: `${why}.` }, status: 422 });
    }
    await note(noted, before.id);
    const entry = { by: agent.id, what: name, at: now };
    if (!(await deps.visits.write(before.number, kept, acted.visit, entry)))
      return again(asked, await found(asked), conflict);
    return seeOther(addressOf(before.id), done?.(acted.visit, before, asked) ?? name);
  },
});

const doerOf = ({ agent, now }: Asked) => ({ by: agent.id, now });
const onPage: Again = (asked, kept, told) => pageOf(asked, kept, { ...told, typed: asked.form });

const approval = posting({
  name: 'approuver',
  noted: 'visite validée',
  right: 'announcements.approve',
  again: onPage,
  act: async (asked, visit) => approveVisit(visit, doerOf(asked), await aroundOf(asked)),
  done: ({ report }) => (report ? 'bilan-valide' : 'approuver'),
});

const places = posting({
  name: 'places',
  noted: 'places d’une visite changées',
  right: 'announcements.send',
  again: onPage,
  field: 'places',
  check: (form): Faults =>
    VisitDraft.shape.capacity.safeParse(numberIn(form.get('places') ?? '')).success
      ? {}
      : { places: `De 1 à 2000 places, reçu « ${form.get('places') ?? ''} ».` },
  act: ({ deps, form }, visit) =>
    resizeOpen(deps.seats, visit, numberIn(form.get('places') ?? ''), deps.world.city.notice.messageDays),
});

const isTold = (after: Visit, before: Visit, { deps, now }: Asked): boolean =>
  toldAt(after, before, deps.world.city, now) !== undefined;

const movePage = (
  asked: Asked,
  { thing: visit, version }: Entry<Visit>,
  { faults = {}, status = 200 }: { faults?: Faults; status?: 200 | 409 | 422 } = {},
): Page => {
  const { meeting } = visit;
  const now: Record<string, string> = {
    jour: visit.day,
    heure: visit.time,
    lieu: meeting.name,
    position: spotOf(meeting),
  };
  const field = (name: string) => ({
    name,
    faults,
    required: name !== 'position',
    value: asked.form.get(name) ?? now[name] ?? '',
  });
  return {
    status,
    title: `Déplacer ${visit.id}`,
    purpose:
      'Un autre jour, une autre heure, un autre lieu. Ceux qui viennent, et eux seuls, en sont prévenus.',
    above: { title: `Visite ${visit.id}`, href: addressOf(visit.id) },
    body: (
      <>
        <FaultSummary faults={faults} />
        <Form action={`${addressOf(visit.id)}/deplacer`}>
          <Version version={version} />
          <div class="row">
            <Field {...field('jour')} type="date" label="Jour" />
            <Field {...field('heure')} type="time" label="Heure" />
          </div>
          <Field {...field('lieu')} label="Lieu de rendez-vous" attributes={{ maxlength: 40 }} />
          <PositionField {...field('position')} />
          <Button>Déplacer la visite</Button>
        </Form>
      </>
    ),
  };
};

const Place = VisitDraft.pick({ day: true, time: true, meeting: true });
const placeIn = (form: URLSearchParams) => {
  const one = (name: string): string => (form.get(name) ?? '').trim();
  return Place.safeParse({
    day: one('jour'),
    time: one('heure'),
    meeting: meetingIn(form),
  });
};
const MOVED: Record<string, [field: string, fault: string]> = {
  day: ['jour', 'Donnez un jour. Exemple : 2026-12-12.'],
  time: ['heure', 'Donnez une heure. Exemple : 10:00.'],
  'meeting.name': ['lieu', 'Donnez un nom de 40 caractères au plus.'],
  'meeting.latitude': ['position', POSITION_FAULT],
};

const move = posting({
  name: 'deplacer',
  noted: 'visite déplacée',
  right: 'announcements.send',
  again: movePage,
  field: 'jour',
  check: (form) =>
    Object.fromEntries(
      (placeIn(form).error?.issues ?? []).flatMap(({ path }) => [MOVED[path.join('.')] ?? []]),
    ),
  act: async (asked, visit) =>
    moveVisit(visit, placeIn(asked.form).data ?? {}, doerOf(asked), await aroundOf(asked)),
  done: (after, before, asked) => (isTold(after, before, asked) ? 'deplacer' : 'deplacer-tard'),
});

const cancelPage = (
  { deps, form }: Asked,
  { thing: { id, state }, version }: Entry<Visit>,
  { faults = {}, status = 200 }: { faults?: Faults; status?: 200 | 409 | 422 } = {},
): Page => ({
  status,
  title: `Annuler la visite ${id} ?`,
  purpose:
    state === 'draft'
      ? 'Elle n’est pas encore ouverte : personne n’en sera prévenu.'
      : 'Ceux qui viennent, et eux seuls, en sont prévenus, avec le motif.',
  above: { title: `Visite ${id}`, href: addressOf(id) },
  body: (
    <>
      <FaultSummary faults={faults} />
      <Form action={`${addressOf(id)}/annuler`}>
        <Version version={version} />
        {state === 'open' && (
          <TextsField
            city={deps.world.city}
            typed={form}
            faults={faults}
            words={[{ name: 'motif', label: 'Motif', hint: 'En peu de mots : « pluie ».', rows: 1 }]}
          />
        )}
        <div class="actions">
          <Button danger>Annuler la visite</Button>
          <a class="button quiet" href={addressOf(id)}>
            Ne rien changer
          </a>
        </div>
      </Form>
    </>
  ),
});

const cancel = posting({
  name: 'annuler',
  noted: 'visite annulée',
  right: 'announcements.send',
  again: cancelPage,
  field: 'motif-fr',
  act: async (asked, visit) =>
    cancelVisit(visit, doerOf(asked), await aroundOf(asked), textsIn(asked.form, 'motif')),
  done: (after, before, asked) =>
    before.state === 'draft'
      ? 'annuler-brouillon'
      : isTold(after, before, asked)
        ? 'annuler'
        : 'annuler-tard',
});

const reportPage = (
  { deps, form }: Asked,
  { thing: { id, report }, version }: Entry<Visit>,
  { faults = {}, status = 200 }: { faults?: Faults; status?: 200 | 409 | 422 } = {},
): Page => {
  const typed = new URLSearchParams(form);
  if (status === 200) fillTexts(typed, 'texte', report?.texts);
  return {
    status,
    title: `Bilan de ${id}`,
    purpose: 'Ce qui est devenu de la visite, à ceux qui étaient là. Une autre personne le valide.',
    above: { title: `Visite ${id}`, href: addressOf(id) },
    body: (
      <>
        <FaultSummary faults={faults} />
        <Form action={`${addressOf(id)}/bilan`}>
          <Version version={version} />
          <TextsField
            city={deps.world.city}
            typed={typed}
            faults={faults}
            words={[
              { name: 'texte', label: 'Texte', hint: 'Nommez la ville. Un SMS.', rows: 4, required: true },
            ]}
          />
          <Button>Enregistrer le bilan</Button>
        </Form>
      </>
    ),
  };
};

const report = posting({
  name: 'bilan',
  noted: 'bilan de visite écrit',
  right: 'visits.write',
  again: reportPage,
  check: (form): Faults =>
    textsIn(form, 'texte')?.fr ? {} : { 'texte-fr': 'Le bilan a un texte en français : écrivez-le.' },
  field: 'texte-fr',
  async act(asked, visit) {
    const acted = reportVisit(
      visit,
      textsIn(asked.form, 'texte') ?? {},
      doerOf(asked),
      await aroundOf(asked),
    );
    const errors = acted.findings?.filter(({ severity }) => severity === 'error') ?? [];
    return 'visit' in acted && errors.length > 0
      ? { refused: 'le bilan ne peut pas partir ainsi', findings: errors }
      : acted;
  },
});

async function invitation(asked: Asked): Promise<Made> {
  const { deps, now, note } = asked;
  const kept = await found(asked);
  const visit = kept.thing;
  const { city } = deps.world;
  if (!takesPeople(visit, now))
    return pageOf(asked, kept, {
      faults: { '': 'La visite n’est pas ouverte aux inscriptions : rien n’a été écrit.' },
      status: 422,
    });
  const { id } = await invite(announcing(deps).announcements, city, doerOf(asked), {
    id: visit.id,
    about: { kind: 'visit', visit: visit.id, audience: { lists: [visit.quartier] } },
    text: (language) => invitationText(visit, language, city),
  });
  await note('invitation à une visite écrite', id);
  return seeOther(announcementAt(id), 'invitation');
}

const page = (name: string, right: Right, make: (asked: Asked, kept: Entry<Visit>) => Page): Route => ({
  method: 'GET',
  path: `${PATH}/:id/${name}`,
  right,
  make: async (asked) => make(asked, await found(asked)),
});

export const actRoutes: Route[] = [
  approval,
  places,
  page('deplacer', 'announcements.send', movePage),
  move,
  page('annuler', 'announcements.send', cancelPage),
  cancel,
  page('bilan', 'visits.write', reportPage),
  report,
  { method: 'POST', path: `${PATH}/:id/inviter`, right: 'announcements.write', make: invitation },
];
