/** What every form of the settings shares: the version it was made of, and what becomes of what was sent. */
import type { Change } from '../../../conversations/settings.ts';
import type { Fault } from '../../../conversations/settings-rules.ts';
import { type Changed, changeSetting, type Doer } from '../../runtime/change-settings.ts';
import { Button, type Faults, Form } from '../forms.tsx';
import { ROOT } from '../navigation.ts';
import { type Asked, type Made, type Page, seeOther } from '../page.ts';
import { Version } from '../things.tsx';
import { KINDS } from './said.ts';

export const PATH = `${ROOT}/reglages`;
export const ABOVE = { title: 'Réglages', href: PATH };

export const DONE: Record<string, string> = {
  changed: 'Enregistré. Tout le service le suit d’ici une minute.',
  proposed: 'Proposé. Ce changement attend la validation d’une autre personne ; rien n’a changé d’ici là.',
  approved: 'Validé. Tout le service le suit d’ici une minute.',
  dropped: 'Proposition retirée. Rien n’a changé.',
};
const CONFLICT =
  'Quelqu’un vient de changer les réglages : rien n’a été enregistré. Ce que vous avez écrit est ci-dessous ; regardez, puis enregistrez de nouveau.';

/** As the settings stand when the page is made. */
export const Seen = ({ asked: { deps } }: { asked: Asked }) => (
  <Version version={deps.settings.current().number} />
);

/** As the store has them now: another instance may have changed them. */
export const shownBy =
  (page: (asked: Asked, again: Again) => Page) =>
  async (asked: Asked): Promise<Page> => {
    await asked.deps.settings.refresh();
    return page(asked, { faults: {} });
  };

/** For a choice of one, which begins with none. */
export const choicesOf = (names: Record<string, string>, none = 'Choisir') => [
  { value: '', label: none },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
];

/** One of those on the page is taken off; `what`, as `takenIn` or the page itself reads it. */
export const TakeOff = (props: { asked: Asked; action: string; label: string; what: string }) => (
  <Form action={props.action} inline label={props.label}>
    <Seen asked={props.asked} />
    <input type="hidden" name="de" value={props.what} />
    <Button quiet>Retirer</Button>
  </Form>
);

export const doerOf = ({ agent, now, form, note }: Asked): Doer => ({
  by: agent.id,
  now,
  // Without one, nothing was seen.
  version: Number(form.get('version') || Number.NaN),
  note: (kind, { setting, id }, number) =>
    note(KINDS[kind], `${setting}${id === undefined ? '' : ` ${id}`} n° ${number}`),
});

/** One of those on the page, as its form wrote it; the rules say whether it is still there. */
export function takenIn({ form }: Asked): Change['from'] {
  try {
    return JSON.parse(form.get('de') ?? '');
  } catch {
    // No form of ours: the rules find nothing like it.
    return null;
  }
}

export interface Again {
  faults: Faults;
  status?: 409 | 422;
}

interface Where {
  /** The page again, with what was typed. */
  again(again: Again): Page | Promise<Page>;
  /** Where it leads when it is done. */
  to: string;
  /** How the form calls what a fault is of. */
  fields?: Record<string, string>;
}

export async function changing(asked: Asked, change: Change, where: Where): Promise<Made> {
  return answered(await changeSetting(asked.deps, change, doerOf(asked)), where);
}

export function answered(changed: Changed, { again, to, fields = {} }: Where): Made | Promise<Made> {
  if (changed === 'conflict') return again({ faults: { '': CONFLICT }, status: 409 });
  if ('done' in changed) return seeOther(to, changed.done);
  return again({ faults: named(changed.faults, fields), status: 422 });
}

const named = (faults: Fault[], fields: Record<string, string>): Faults =>
  Object.fromEntries(faults.map(({ place, message }) => [fields[place] ?? '', message]));
