/**
 * What may happen to a live, and who may do it: draft → open → started → ended, or cancelled. Pure: each act gives the
 * live as it is then, or says in French why not, and changes nothing.
 */
import { type Doer, spoken } from './announcement-acts.ts';
import type { City } from './city.ts';
import { fullDate, HOUR } from './hours.ts';
import type { Finding } from './lint/finding.ts';
import { answeredBy, beginsAt, type Live, type LiveDraft, type LiveState, overAt } from './live.ts';
import { type LiveAround, lintLive } from './live-lint.ts';
import type { Texts } from './questions/type.ts';

/** `told`: what who did it should know. `findings`: what the lint says, where it was asked. */
export type LiveActed =
  | { live: Live; told?: string; findings?: Finding[] }
  | { refused: string; findings?: Finding[] };

const STATES: Record<LiveState, string> = {
  draft: 'à valider',
  open: 'ouvert',
  started: 'en cours',
  ended: 'terminé',
  cancelled: 'annulé',
};
export const liveStateName = (state: LiveState): string => STATES[state];

const OR = new Intl.ListFormat('fr', { type: 'disjunction' });
const refusedIn = ({ id, state }: Live, act: string, from: LiveState[]): LiveActed => ({
  refused: `le direct ${id} est ${STATES[state]}: on ne peut ${act} qu'un direct ${OR.format(from.map((each) => STATES[each]))}`,
});

/** The live of a draft, before anyone has looked at it. */
export const liveOf = (draft: LiveDraft, id: string, number: number, author: string): Live => ({
  ...draft,
  id,
  number,
  state: 'draft',
  author,
  editors: [],
  moves: [],
  planned: {},
});

/** Another day, link or text; what was open must be approved again. */
export function changeLive(live: Live, draft: LiveDraft, { by, now }: Doer, around: LiveAround): LiveActed {
  const from: LiveState[] = ['draft', 'open'];
  if (!from.includes(live.state)) return refusedIn(live, 'modifier', from);
  const { id, number, author, moves, at } = live;
  const editors = [...new Set([...live.editors, ...(by === author ? [] : [by])])];
  const moved = draft.at !== at;
  const relinked = moved || draft.link !== live.link || draft.lead !== live.lead;
  const holds = ([name]: [string, string]): boolean =>
    !(relinked && name === 'link') && !(moved && name.startsWith('moved#'));
  // They may say the old day.
  const old = moved && draft.opening !== undefined && sameTexts(draft.opening, live.opening);
  const { opening: _, ...without } = draft;
  const changed: Live = {
    ...liveOf(old ? without : draft, id, number, author),
    editors,
    // Who counts on it hears of another day; what nobody has heard of has no other day.
    moves: moved && live.approved ? [...moves, { by, at: now.toISOString(), from: at }] : moves,
    // What was to be said of an hour that it no longer has is called off (`live-follow-up.ts`).
    planned: Object.fromEntries(Object.entries(live.planned).filter(holds)),
    // Residents may count on it.
    ...(live.approved && { approved: live.approved }),
  };
  const told = [
    ...(live.state === 'open'
      ? [
          "le direct était ouvert: il doit être validé de nouveau, et d'ici là on ne peut ni poser de question ni voter",
        ]
      : []),
    ...(old
      ? [
          "les mots de l'invitation sont retirés, ils disent peut-être l'ancien jour: récrivez-les (--invitation), sinon ce sont les nôtres",
        ]
      : []),
  ];
  return {
    live: changed,
    findings: lintLive(changed, around),
    ...(told.length > 0 && { told: told.join('\n') }),
  };
}

const sameTexts = (a: Texts, b: Texts | undefined): boolean =>
  b !== undefined && Object.entries({ ...a, ...b }).every(([language]) => a[language] === b[language]);

/** A second person opens it: from then on residents can ask. */
export function approveLive(live: Live, { by, now }: Doer, around: LiveAround): LiveActed {
  const { id, author, editors } = live;
  if (live.state !== 'draft') return refusedIn(live, 'valider', ['draft']);
  if (by === author || editors.includes(by))
    return { refused: `« ${by} » a écrit le direct ${id}: une autre personne doit le valider` };
  const findings = lintLive(live, around);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    return {
      refused: `le direct ${id} a ${errors} ${errors > 1 ? 'erreurs' : 'erreur'}: corrigez-le d'abord`,
      findings,
    };
  return { live: { ...live, state: 'open', approved: { by, at: now.toISOString() } }, findings };
}

/** So long before its hour a live may be begun by hand. */
const EARLY = HOUR;

export function startLive(live: Live, { now }: Doer): LiveActed {
  if (live.state !== 'open') return refusedIn(live, 'démarrer', ['open']);
  if (now.getTime() < beginsAt(live).getTime() - EARLY)
    return {
      refused: `le direct ${live.id} commence ${spoken(beginsAt(live))}: démarrez-le dans l'heure qui précède`,
    };
  return { live: { ...live, state: 'started', started: now.toISOString() } };
}

/** `replay`: where it can be seen again; it can also be said later. */
export function endLive(
  live: Live,
  { now }: Doer,
  { sending }: Pick<City, 'sending'>,
  replay?: string,
): LiveActed {
  const seen = replay !== undefined && { replay };
  if (live.state === 'ended' && replay !== undefined) return { live: { ...live, ...seen } };
  const begun = live.state === 'started' || (live.state === 'open' && beginsAt(live) <= now);
  if (!begun) return refusedIn(live, 'terminer', ['started']);
  return {
    live: { ...live, state: 'ended', ended: now.toISOString(), ...seen },
    told: `répondez à chaque question au plus tard le ${fullDate(answeredBy(live, sending), 'fr')}: npm run live -- sans-reponse ${live.id}`,
  };
}

/** Nobody has ended it by hand. */
export const finishLive = (live: Live, now: Date): Live | undefined =>
  (live.state === 'open' || live.state === 'started') && overAt(live) <= now
    ? { ...live, state: 'ended', ended: now.toISOString() }
    : undefined;

export function cancelLive(live: Live, { by, now }: Doer, why?: Texts): LiveActed {
  const from: LiveState[] = ['draft', 'open', 'started'];
  if (!from.includes(live.state)) return refusedIn(live, 'annuler', from);
  const at = now.toISOString();
  return {
    live: { ...live, state: 'cancelled', cancelled: { by, at, ...(why && { why }) } },
    told: live.approved
      ? "qui a posé une question ou voulait le lien l'apprend aux heures permises"
      : "personne n'en avait entendu parler",
  };
}
