/** A new announcement, and another text, audience or moment for one that has not begun. */
import {
  type Announcement,
  announcementId,
  type Draft,
  draftIn,
} from '../../../conversations/announcement.ts';
import { announcementOf, change, mayChange } from '../../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../../conversations/announcement-lint.ts';
import { parisTime } from '../../../conversations/hours.ts';
import { announcing } from '../../runtime/announcing.ts';
import { estimateOf, priced } from '../../runtime/priced.ts';
import type { Faults } from '../forms.tsx';
import { type Asked, doneOf, type Fragment, type Made, type Page, type Route, seeOther } from '../page.ts';
import { sentence } from '../said.ts';
import { ComposeForm, type Composing, Weight } from './compose-form.tsx';
import { fieldsOf, findingsByField, readForm, textField } from './draft-form.ts';
import { aroundOf, found } from './found.ts';
import { addressOf, PATH } from './words.ts';

const NEW = `${PATH}/nouvelle`;

type Told = Omit<Composing, 'world' | 'action'> & Pick<Page, 'status' | 'done'>;

const newPage = ({ deps: { world } }: Asked, { status, done, ...told }: Told): Page => ({
  ...(status && { status }),
  title: 'Écrire une annonce',
  purpose: 'Un texte, un public, un moment. Une autre personne le valide avant que rien ne parte.',
  above: { title: 'Annonces', href: PATH },
  done,
  moves: true,
  body: <ComposeForm world={world} action={NEW} {...told} />,
});

const changePage = ({ deps: { world } }: Asked, id: string, { status, done, ...told }: Told): Page => ({
  ...(status && { status }),
  title: `Modifier ${id}`,
  purpose: 'Ce qui avait été validé doit l’être de nouveau.',
  above: { title: `Annonce ${id}`, href: addressOf(id) },
  done,
  moves: true,
  body: <ComposeForm world={world} action={`${addressOf(id)}/modifier`} {...told} />,
});

/** What the lint says of a draft, by field. */
async function lintOf(asked: Asked, draft: Draft, id?: string): Promise<{ faults: Faults; known: Faults }> {
  const around = await aroundOf(asked, draft);
  return findingsByField(lintAnnouncement({ ...draft, ...(id !== undefined && { id }) }, around));
}

async function create(asked: Asked): Promise<Made> {
  const { deps, agent, now, form, note } = asked;
  const read = readForm(form, deps.world.city.languages);
  if ('faults' in read) return newPage(asked, { typed: form, faults: read.faults, status: 422 });
  const { draft } = read;
  const found = await lintOf(asked, draft);
  if (form.get('faire') === 'verifier')
    return newPage(asked, { typed: form, done: checked(found), ...found });
  const standing = await standingOf(
    asked,
    announcementOf(draft, announcementId(0, parisTime(now)), 0, agent.id),
    found,
  );
  const { announcement } = await announcing(deps).announcements.create(
    (number) => ({
      ...announcementOf(draft, announcementId(number, parisTime(now)), number, agent.id),
      ...standing,
    }),
    { by: agent.id, what: 'nouvelle', at: now },
  );
  await note('annonce écrite', announcement.id);
  return saved(asked, announcement, found.faults, 'ecrite');
}

const proposes = ({ form }: Asked): boolean => form.get('faire') === 'proposer';

/** Proposed, where that is asked for and nothing is to be corrected, with whom it reaches; else still being written. */
async function standingOf(
  asked: Asked,
  announcement: Announcement,
  { faults }: { faults: Faults },
): Promise<Pick<Announcement, 'writing' | 'estimate'>> {
  if (!proposes(asked) || Object.keys(faults).length > 0) return { writing: true };
  const { price } = await priced(asked.deps, announcement);
  return { estimate: estimateOf(price, asked.now) };
}

/** Where something is to be corrected, its form again, which says so at the field. */
const saved = (asked: Asked, { id, writing }: Announcement, faults: Faults, done: string) =>
  proposes(asked) && Object.keys(faults).length > 0
    ? seeOther(`${addressOf(id)}/modifier`, 'brouillon')
    : seeOther(addressOf(id), writing ? 'brouillon' : done);

const checked = ({ faults }: { faults: Faults }): string =>
  Object.keys(faults).length > 0
    ? 'Vérifiée, pas enregistrée : il reste à corriger.'
    : 'Vérifiée, pas enregistrée : rien n’empêche de la faire valider.';

const DONE = {
  brouillon: 'Brouillon enregistré. Il reste des points à corriger avant de le proposer.',
};

async function edit(asked: Asked): Promise<Made> {
  const { announcement, version } = await found(asked);
  if (!mayChange(announcement)) return seeOther(addressOf(announcement.id));
  const before = draftIn(announcement);
  return changePage(asked, announcement.id, {
    ...{ before, version, typed: fieldsOf(before), done: doneOf(asked.query, DONE) },
    ...(await lintOf(asked, before, announcement.id)),
  });
}

async function save(asked: Asked): Promise<Made> {
  const { deps, agent, now, form, note } = asked;
  const kept = await found(asked);
  const { announcement, version } = kept;
  const { id } = announcement;
  const before = draftIn(announcement);
  const told = { before, version, typed: form };
  const again = (faults: Faults, status: 409 | 422) => changePage(asked, id, { ...told, faults, status });
  const read = readForm(form, deps.world.city.languages, before);
  if ('faults' in read) return again(read.faults, 422);
  const lint = await lintOf(asked, read.draft, id);
  if (form.get('faire') === 'verifier')
    return changePage(asked, id, {
      ...told,
      version: Number(form.get('version')),
      done: checked(lint),
      ...lint,
    });
  if (form.get('version') !== String(version)) return again({ '': CONFLICT }, 409);
  const acted = change(announcement, read.draft, { by: agent.id, now });
  if ('refused' in acted) return again({ '': `${sentence(acted.refused)}.` }, 422);
  const { writing: _, ...changed } = acted.announcement;
  const after = { ...changed, ...(await standingOf(asked, changed, lint)) };
  await note('annonce modifiée', id);
  const done = { by: agent.id, what: 'modifier', at: now };
  if (!(await announcing(deps).announcements.write(kept, after, done))) return again({ '': CONFLICT }, 409);
  return saved(asked, after, lint.faults, 'modifiee');
}

const CONFLICT =
  'Quelqu’un vient d’agir sur cette annonce : rien n’a été enregistré. Ce que vous avez écrit est ci-dessous ; enregistrez de nouveau pour le mettre à la place.';

/** `?sondage=`: of a survey that is there, which it then begins. */
function begunOf({ deps: { world }, query }: Asked): URLSearchParams {
  const survey = world.surveys.latest(query.get('sondage') ?? '')?.key;
  return new URLSearchParams({
    finalite: 'public-interest',
    ...(survey !== undefined && { genre: 'survey', sondage: survey }),
  });
}

function weight({ deps: { world }, query, form }: Asked): Fragment {
  const language = world.city.languages.find((each) => each === query.get('langue')) ?? 'fr';
  return { fragment: <Weight language={language} text={form.get(textField(language)) ?? ''} /> };
}

export const composeRoutes: Route[] = [
  {
    method: 'GET',
    path: NEW,
    right: 'announcements.write',
    make: (asked) => newPage(asked, { typed: begunOf(asked) }),
  },
  { method: 'POST', path: NEW, right: 'announcements.write', make: create },
  { method: 'POST', path: `${PATH}/poids`, right: 'announcements.write', make: weight },
  { method: 'GET', path: `${PATH}/:id/modifier`, right: 'announcements.write', make: edit },
  { method: 'POST', path: `${PATH}/:id/modifier`, right: 'announcements.write', make: save },
];
