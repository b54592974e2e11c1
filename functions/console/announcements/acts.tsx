/** The buttons of an announcement: validate, plan, pause, go on, cancel. */
import { type ActName, actedOn } from '../../runtime/act-on-announcement.ts';
import { announcing } from '../../runtime/announcing.ts';
import type { Kept } from '../../store/announcements.ts';
import { Button, FaultSummary, type Faults, Form } from '../forms.tsx';
import { type Asked, type Made, type Page, type Route, seeOther } from '../page.ts';
import type { Right } from '../roles.ts';
import { sentence } from '../said.ts';
import { revisionOf } from './acts-panel.tsx';
import { isMoment } from './draft-form.ts';
import { aroundOf, found } from './found.ts';
import { pageOf } from './one.tsx';
import { addressOf, nameOf, PATH } from './words.ts';

export const CHANGED =
  'Quelqu’un vient d’agir sur cette annonce : rien n’a été fait. Voici comment elle est maintenant ; regardez-la, puis recommencez.';

const SURVEY_CHANGED =
  'Le sondage vient de changer : rien n’a été validé. Voici ce que les habitants recevraient maintenant ; relisez, puis validez.';

const NOTED: Record<ActName, string> = {
  proposer: 'annonce proposée à la validation',
  retirer: 'annonce retirée',
  approuver: 'annonce validée',
  programmer: 'annonce programmée',
  suspendre: 'annonce suspendue',
  reprendre: 'annonce reprise',
  annuler: 'annonce annulée',
};

/** The field whose value an act refuses. */
const FIELD: Partial<Record<ActName, string>> = { approuver: 'verifie', programmer: 'quand' };

const act =
  (name: ActName): Route['make'] =>
  async (asked): Promise<Made> => {
    const { deps, agent, now, form, note } = asked;
    const kept = await found(asked);
    const again = (faults: Faults, status: 409 | 422, as = kept) =>
      name === 'annuler' || name === 'retirer'
        ? confirmPage(as, name, faults, status)
        : pageOf(asked, as, { faults, status, typed: form });
    if (form.get('version') !== String(kept.version)) return again({ '': CHANGED }, 409);
    const wished = name === 'programmer' ? (form.get('quand') ?? '').trim() : '';
    if (wished !== '' && !isMoment(wished))
      return again(
        { quand: `« ${wished} » n’est pas une date et une heure. Exemple : 24/11/2026 10:00.` },
        422,
      );
    const reviewed = name === 'approuver' ? form.get('verifie')?.trim() || undefined : undefined;
    const given = { by: agent.id, now, at: wished || undefined, reviewed };
    const around = await aroundOf(asked, kept.announcement);
    const read = revisionOf(kept.announcement, around);
    if (name === 'approuver' && read !== undefined && form.get('revision') !== String(read))
      return again({ '': SURVEY_CHANGED }, 409);
    const acted = await actedOn(name, kept, given, { around, counting: deps });
    if ('refused' in acted) {
      const field = FIELD[name];
      const at = field !== undefined && form.has(field) ? field : '';
      const errors = (acted.findings ?? []).filter(({ severity }) => severity === 'error');
      const why = [acted.refused, ...errors.map(({ message }) => message)].map(sentence).join('. ');
      return again({ [at]: `${why}.` }, 422);
    }
    await note(NOTED[name], kept.announcement.id);
    const done = { by: agent.id, what: name, at: now, ...(reviewed && { note: reviewed }) };
    const { announcements } = announcing(deps);
    const written = await announcements.write(kept, acted.announcement, done);
    if (!written) return again({ '': CHANGED }, 409, await found(asked));
    const half = name === 'approuver' && written.announcement.state === 'draft';
    return seeOther(addressOf(kept.announcement.id), half ? 'accord' : name);
  };

const CONFIRM = { annuler: 'Annuler l’annonce', retirer: 'Retirer l’annonce' };

function confirmPage(
  { announcement, version }: Kept,
  name: keyof typeof CONFIRM,
  faults: Faults = {},
  status: 200 | 409 | 422 = 200,
): Page {
  const { id, base, started } = announcement;
  return {
    status,
    title: `${CONFIRM[name]} ${id} ?`,
    purpose: 'Une annonce annulée ne peut plus partir ni reprendre.',
    above: { title: `Annonce ${id}`, href: addressOf(id) },
    body: (
      <>
        <FaultSummary faults={faults} />
        <blockquote lang={base}>
          <bdi>{nameOf(announcement)}</bdi>
        </blockquote>
        <p>
          {started
            ? 'Elle a commencé : ce qui est parti ne revient pas, plus rien d’autre ne part.'
            : 'Rien n’est parti.'}
        </p>
        <Form action={`${addressOf(id)}/${name}`}>
          <input type="hidden" name="version" value={String(version)} />
          <div class="actions">
            <Button danger>{CONFIRM[name]}</Button>
            <a class="button quiet" href={addressOf(id)}>
              Ne rien changer
            </a>
          </div>
        </Form>
      </>
    ),
  };
}

const post = (name: ActName, right: Right): Route => ({
  method: 'POST',
  path: `${PATH}/:id/${name}`,
  right,
  make: act(name),
});

export const actRoutes: Route[] = [
  post('proposer', 'announcements.write'),
  post('retirer', 'announcements.write'),
  post('approuver', 'announcements.approve'),
  post('programmer', 'announcements.send'),
  post('suspendre', 'announcements.send'),
  post('reprendre', 'announcements.send'),
  post('annuler', 'announcements.send'),
  {
    method: 'GET',
    path: `${PATH}/:id/annuler`,
    right: 'announcements.send',
    make: async (asked: Asked) => confirmPage(await found(asked), 'annuler'),
  },
  {
    method: 'GET',
    path: `${PATH}/:id/retirer`,
    right: 'announcements.write',
    make: async (asked: Asked) => confirmPage(await found(asked), 'retirer'),
  },
];
