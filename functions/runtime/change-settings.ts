/** What staff do with the settings: a change, a proposal decided, an act taken back. Nothing is ever half done. */
import { inParis } from '../../conversations/hours.ts';
import { type Change, type Entry, loosens, type Settings, undoing } from '../../conversations/settings.ts';
import { type Fault, faultsOf } from '../../conversations/settings-rules.ts';
import { createSettingsLog } from '../store/settings-log.ts';
import type { Deps } from './deps.ts';
import { describe } from './log.ts';

export interface Doer {
  by: string;
  now: Date;
  /** The last line of the log that they had seen. */
  version: number;
  /** Before it is written: what cannot be noted is not done. `number`: of the line. */
  note(kind: Entry['kind'], change: Change, number: number): Promise<void>;
}

/** `conflict`: somebody changed the settings since. */
export type Changed = { done: Entry['kind'] } | { faults: Fault[] } | 'conflict';

/** What lets more be sent or spent is only proposed. */
export const changeSetting = (deps: Deps, change: Change, doer: Doer): Promise<Changed> =>
  acted(deps, doer, (settings) => make(deps, settings, change, doer));

/** Undoes what a line of the log did, by the same rules. */
export const takeBack = (deps: Deps, number: number, doer: Doer): Promise<Changed> =>
  acted(deps, doer, (settings) => {
    const entry = settings.entries.find((each) => each.number === number);
    const change = entry && undoing(settings, entry);
    return change
      ? make(deps, settings, change, doer, number)
      : {
          faults: [
            { place: '', message: 'Il n’y a plus rien à reprendre : le réglage est déjà comme avant.' },
          ],
        };
  });

/** Another than the one who proposed it approves; anyone who may change settings drops it. */
export const decide = (
  deps: Deps,
  number: number,
  kind: 'approved' | 'dropped',
  doer: Doer,
): Promise<Changed> =>
  acted(deps, doer, (settings) => {
    const proposal = settings.pending.find((each) => each.number === number);
    if (!proposal)
      return { faults: [{ place: '', message: 'Cette proposition n’attend plus : elle est décidée.' }] };
    const { change } = proposal;
    if (kind === 'approved') {
      if (proposal.by === doer.by)
        return {
          faults: [{ place: '', message: 'Vous l’avez proposée : une autre personne doit la valider.' }],
        };
      const faults = checked(deps, settings, change, doer.now);
      if (faults.length > 0) return { faults };
    }
    return { change, entry: { kind, of: number, by: doer.by, at: doer.now.toISOString() } };
  });

type Made = { change: Change; entry: Entry } | { faults: Fault[] };

function make(deps: Deps, settings: Settings, change: Change, { by, now }: Doer, undoes?: number): Made {
  const faults = checked(deps, settings, change, now);
  if (faults.length > 0) return { faults };
  const kind = loosens(settings, change, deps.settings.base, inParis(now).date) ? 'proposed' : 'changed';
  const entry: Entry = { kind, change, by, at: now.toISOString(), ...(undoes !== undefined && { undoes }) };
  return { change, entry };
}

const checked = (
  { settings: { base }, world }: Deps,
  settings: Settings,
  change: Change,
  now: Date,
): Fault[] =>
  faultsOf(change, {
    base,
    settings,
    today: inParis(now).date,
    surveys: world.surveys.all(),
    lives: (world.lives ?? []).map(({ live }) => live),
  });

async function acted(deps: Deps, doer: Doer, act: (settings: Settings) => Made): Promise<Changed> {
  await deps.settings.refresh();
  const settings = deps.settings.current();
  if (settings.number !== doer.version) return 'conflict';
  const made = act(settings);
  if ('faults' in made) return made;
  const number = settings.number + 1;
  await doer.note(made.entry.kind, made.change, number);
  const written = await createSettingsLog(deps.db).write(number, made.entry);
  // What is written stands: everyone reads it within a minute anyway.
  await deps.settings.refresh().catch((error) => deps.log.error('unrefreshed', describe(error)));
  return written ? { done: made.entry.kind } : 'conflict';
}
