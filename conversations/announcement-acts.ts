/**
 * What may happen to an announcement, and who may do it: draft → approved → scheduled → running ⇄ paused → done, or
 * cancelled. Pure: each act gives the announcement as it is then, or says in French why not, and changes nothing.
 */
import type { Announcement, AnnouncementState, Draft } from './announcement.ts';
import { type AnnouncementAround, electionAt, lintAnnouncement, lintSurvey } from './announcement-lint.ts';
import type { City } from './city.ts';
import { DAY, dayName, inParis, knowsHolidays, MINUTE, nextPermitted, parisAt, parisTime } from './hours.ts';
import type { Finding } from './lint/finding.ts';

/** Who acts, and when. */
export interface Doer {
  by: string;
  now: Date;
}

/** `told`: what who did it should know. `findings`: what the lint says, where it was asked. */
export type Acted =
  | { announcement: Announcement; told?: string; findings?: Finding[] }
  | { refused: string; findings?: Finding[] };

const STATES: Record<AnnouncementState, string> = {
  draft: 'à valider',
  approved: 'validée',
  scheduled: 'programmée',
  running: 'en cours',
  paused: 'suspendue',
  done: 'terminée',
  cancelled: 'annulée',
};

export const stateName = (state: AnnouncementState): string => STATES[state];
export const WRITING = 'brouillon';
/** The same, and whether it is still being written. */
export const standingName = ({ state, writing }: Pick<Announcement, 'state' | 'writing'>): string =>
  writing ? WRITING : stateName(state);

/** Urgent is told at any hour: two people answer for it beside who wrote it (L8). */
const signaturesNeeded = ({ kind }: Pick<Draft, 'kind'>): number => (kind === 'urgent' ? 2 : 1);

/** How many more people must approve it. */
export const signaturesMissing = (announcement: Announcement): number =>
  Math.max(0, signaturesNeeded(announcement) - announcement.approvals.length);

const OR = new Intl.ListFormat('fr', { type: 'disjunction' });
const refusedIn = ({ id, state }: Announcement, act: string, from: AnnouncementState[]): Acted => ({
  refused: `l'annonce ${id} est ${STATES[state]}: on ne peut ${act} qu'une annonce ${OR.format(from.map((each) => STATES[each]))}`,
});

/** The announcement of a draft, before anyone has looked at it. */
export const announcementOf = (draft: Draft, id: string, number: number, author: string): Announcement => ({
  ...draft,
  id,
  number,
  state: 'draft',
  author,
  editors: [],
  approvals: [],
});

const CHANGEABLE: AnnouncementState[] = ['draft', 'approved', 'scheduled', 'paused'];

/** Whether somebody may still write another text, audience or moment. */
export const mayChange = ({ started, state }: Announcement): boolean =>
  !started && CHANGEABLE.includes(state);

/** Another text, audience or moment; what was approved must be approved again. Its purpose never changes (L2). */
export function change(announcement: Announcement, draft: Draft, { by }: Doer): Acted {
  const { id, state, started, purpose } = announcement;
  if (started)
    return {
      refused: `l'annonce ${id} est déjà partie: annulez-la et écrivez-en une autre pour la corriger`,
    };
  if (!CHANGEABLE.includes(state)) return refusedIn(announcement, 'modifier', CHANGEABLE);
  if (draft.purpose !== purpose)
    return {
      refused: `la finalité d'une annonce ne change pas: « ${purpose} », reçu « ${draft.purpose} ». Écrivez une autre annonce`,
    };
  const { author, number, tied, writing } = announcement;
  const editors = [...new Set([...announcement.editors, ...(by === author ? [] : [by])])];
  return {
    announcement: {
      ...announcementOf(draft, id, number, author),
      editors,
      ...(tied !== undefined && { tied }),
      ...(writing && { writing }),
    },
    ...(announcement.approvals.length > 0 && {
      told: "l'annonce avait été validée: elle doit l'être de nouveau",
    }),
  };
}

/** Whether somebody may say that it is finished: who has written any of it. */
export const mayPropose = (
  { author, editors }: Pick<Announcement, 'author' | 'editors'>,
  by: string,
): boolean => by === author || editors.includes(by);

/** Whoever wrote it asks others to approve it; what must be corrected first is said. */
export function propose(announcement: Announcement, { by }: Doer, around: AnnouncementAround): Acted {
  const { id, state, writing, ...rest } = announcement;
  if (state !== 'draft') return refusedIn(announcement, 'proposer', ['draft']);
  if (!writing) return { refused: `l'annonce ${id} est déjà proposée` };
  if (!mayPropose(announcement, by))
    return {
      refused: `l'annonce ${id} n'est proposée que par qui l'a écrite ou modifiée: ${OR.format([rest.author, ...rest.editors].map((each) => `« ${each} »`))}`,
    };
  const proposed: Announcement = { ...rest, id, state };
  const findings = lintAnnouncement(proposed, around);
  return uncorrected(proposed, findings) ?? { announcement: proposed, findings };
}

function uncorrected({ id }: Announcement, findings: Finding[]): Acted | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors > 0
    ? {
        refused: `l'annonce ${id} a ${errors} ${errors > 1 ? 'erreurs' : 'erreur'}: corrigez-la d'abord`,
        findings,
      }
    : undefined;
}

/** Whether somebody who may not cancel may take it back: who wrote it, before anyone has approved it. */
export const mayWithdraw = ({ author, state, approvals }: Announcement, by: string): boolean =>
  state === 'draft' && by === author && approvals.length === 0;

export const withdraw = (announcement: Announcement, { by }: Pick<Doer, 'by'>): Acted =>
  mayWithdraw(announcement, by)
    ? cancel(announcement)
    : {
        refused: `l'annonce ${announcement.id} n'est retirée que par qui l'a écrite, avant tout accord`,
      };

/** `reviewed`: what the approver says of the text in the months before an election (L3). */
export function approve(
  announcement: Announcement,
  { by, now }: Doer,
  around: AnnouncementAround,
  reviewed?: string,
): Acted {
  const { id, author, editors, kind, reason } = announcement;
  if (announcement.state !== 'draft') return refusedIn(announcement, 'valider', ['draft']);
  if (announcement.writing)
    return { refused: `l'annonce ${id} est encore un brouillon: elle doit d'abord être proposée` };
  if (by === author || editors.includes(by))
    return {
      refused: `« ${by} » a écrit l'annonce ${id}: une autre personne doit la valider`,
    };
  if (announcement.approvals.some((each) => each.by === by))
    return { refused: `« ${by} » a déjà validé l'annonce ${id}: une seconde personne doit le faire` };
  if (kind === 'urgent' && !reason)
    return { refused: `l'annonce ${id} est urgente et ne dit pas pourquoi: ajoutez un motif` };
  const findings = lintAnnouncement(announcement, around);
  const wrong = uncorrected(announcement, findings);
  if (wrong) return wrong;
  const at = now.toISOString();
  const note = reviewed?.trim();
  const review = note ? { by, at, note } : announcement.review;
  const refused = unreviewed({ ...announcement, review }, around);
  if (refused) return { refused, findings };
  const approvals = [...announcement.approvals, { by, at }];
  const read = around.surveys.find(({ key }) => key === announcement.survey)?.revision;
  const next: Announcement = {
    ...announcement,
    approvals,
    ...(review && { review }),
    ...(read !== undefined && { revision: read }),
  };
  if (signaturesMissing(next) > 0)
    return {
      announcement: next,
      findings,
      told: `une annonce urgente est validée par deux personnes: il en manque ${signaturesMissing(next)}`,
    };
  return { announcement: { ...next, state: 'approved' }, findings };
}

/** Why it may not go out then without someone's having looked at it for the election (L3). */
function unreviewed(
  announcement: Omit<Announcement, 'review'> & Pick<Partial<Announcement>, 'review'>,
  around: AnnouncementAround,
): string | undefined {
  const at = announcement.at ?? around.now;
  const election = unreviewedFor(announcement, around.city, at);
  return (
    election &&
    `${beforeElection(at, election)}: relisez l'annonce dans cet esprit et dites, en la validant, ce que vous avez vérifié`
  );
}

/** The election before which that moment lies, where nobody has looked at it for that. */
const unreviewedFor = (
  { kind, review }: Pick<Partial<Announcement>, 'kind' | 'review'>,
  city: City,
  at: string,
): string | undefined => (kind === 'urgent' || review ? undefined : electionAt(city, at.slice(0, 10)));

const beforeElection = (at: string, election: string): string =>
  `le ${at.slice(0, 10)} est dans les six mois avant l'élection du ${election} (code électoral, L52-1)`;

/** `at`: YYYY-MM-DDTHH:MM in Paris, else the moment that the announcement wishes, else now. */
export function schedule(
  announcement: Announcement,
  { now }: Doer,
  around: AnnouncementAround,
  at?: string,
): Acted {
  const from: AnnouncementState[] = ['approved', 'scheduled'];
  if (!from.includes(announcement.state)) return refusedIn(announcement, 'programmer', from);
  return placed(announcement, now, around, at ?? announcement.at);
}

function placed(
  announcement: Announcement,
  now: Date,
  around: AnnouncementAround,
  at: string | undefined,
): Acted {
  const wished = at === undefined ? now : parisAt(at);
  if (at !== undefined && wished.getTime() < now.getTime() - MINUTE)
    return { refused: `${spoken(wished)} est passé: donnez un moment à venir` };
  const moved = permitted(announcement, wished, around);
  if (!moved) return { refused: unknownYear(wished) };
  const date = inParis(moved).date;
  const then = { ...announcement, at: parisTime(moved) };
  const refused = unreviewed(then, around);
  if (refused) return { refused };
  const findings = lintSurvey(then, around).filter(({ rule }) => rule === 'survey-not-open');
  if (findings.length > 0)
    return { refused: `le ${date}, l'annonce ${announcement.id} ne peut pas partir`, findings };
  const next: Announcement = {
    ...announcement,
    state: 'scheduled',
    ...(at !== undefined && { at }),
    begins: moved.toISOString(),
  };
  return moved.getTime() === wished.getTime()
    ? { announcement: next }
    : { announcement: next, told: movedTo(wished, moved, around) };
}

/** Friday at 20:00 to Tuesday, where Saturday and Monday are holidays. */
const LONGEST_CLOSED = 4 * DAY;

/** The moment itself where it is urgent, else the next permitted one; undefined where no holidays are known. */
function permitted({ kind }: Announcement, wished: Date, { city }: AnnouncementAround): Date | undefined {
  const { date } = inParis(wished);
  if (!knowsHolidays(date)) return undefined;
  if (kind === 'urgent') return wished;
  // No run of Sundays and holidays is longer: behind the last days of the table the next one may be unknown.
  const behind = new Date(wished.getTime() + LONGEST_CLOSED);
  return knowsHolidays(inParis(behind).date) ? nextPermitted(wished, city.sending) : undefined;
}

const unknownYear = (wished: Date): string =>
  `les jours fériés de ${inParis(wished).date.slice(0, 4)}, ou de l'année d'après, ne sont pas connus: donnez une date plus proche, ou complétez conversations/holidays-fr.json`;

/** "mardi 24 novembre à 08:30" */
export const spoken = (at: Date): string =>
  `${dayName(at, 'fr')} ${inParis(at).date.slice(0, 4)} à ${inParis(at).time}`;

const movedTo = (wished: Date, moved: Date, { city: { sending } }: AnnouncementAround): string =>
  `${spoken(wished)}, la ville n'écrit pas (du lundi au samedi de ${sending.from} à ${sending.to}, hors jours fériés): l'annonce partira ${spoken(moved)}`;

/** Its moment has come: the first page goes out. */
export function begin(announcement: Announcement, { now }: Doer): Acted {
  if (announcement.state !== 'scheduled') return refusedIn(announcement, 'commencer', ['scheduled']);
  if (!announcement.begins || announcement.begins > now.toISOString())
    return { refused: `l'heure de l'annonce ${announcement.id} n'est pas venue` };
  return { announcement: { ...announcement, state: 'running', started: now.toISOString() } };
}

export function pause(announcement: Announcement): Acted {
  const from: AnnouncementState[] = ['scheduled', 'running'];
  if (!from.includes(announcement.state)) return refusedIn(announcement, 'suspendre', from);
  return { announcement: { ...announcement, state: 'paused' } };
}

/** Goes on where it was; one that had not begun waits for its moment, or for the next permitted one. */
export function resume(announcement: Announcement, { now }: Doer, around: AnnouncementAround): Acted {
  if (announcement.state !== 'paused') return refusedIn(announcement, 'reprendre', ['paused']);
  if (announcement.started) {
    const election = unreviewedFor(announcement, around.city, around.now);
    return election
      ? {
          refused: `${beforeElection(around.now, election)}: l'annonce ${announcement.id}, déjà partie, n'a pas été relue dans cet esprit et ne reprend pas. Annulez-la et écrivez-en une autre pour la suite`,
        }
      : { announcement: { ...announcement, state: 'running' } };
  }
  const { begins } = announcement;
  if (begins === undefined || begins <= now.toISOString())
    return placed(announcement, now, around, undefined);
  const refused = unreviewed({ ...announcement, at: parisTime(new Date(begins)) }, around);
  return refused ? { refused } : { announcement: { ...announcement, state: 'scheduled' } };
}

/** What has gone out cannot be called back; nothing more goes. */
export function cancel(announcement: Announcement): Acted {
  const from: AnnouncementState[] = ['draft', 'approved', 'scheduled', 'running', 'paused'];
  if (!from.includes(announcement.state)) return refusedIn(announcement, 'annuler', from);
  const { started } = announcement;
  return {
    announcement: { ...announcement, state: 'cancelled' },
    told: started ? 'ce qui est parti ne revient pas; plus rien ne part' : "rien n'est parti",
  };
}

/** Everyone has been told, or has a reason not to be. */
export function finish(announcement: Announcement): Acted {
  if (announcement.state !== 'running') return refusedIn(announcement, 'terminer', ['running']);
  return { announcement: { ...announcement, state: 'done' } };
}
