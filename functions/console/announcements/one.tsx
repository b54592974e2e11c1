/** One announcement: how it stands, as residents get it, who has done what, and what may be done now. */
import type { Announcement } from '../../../conversations/announcement.ts';
import { spoken, standingName } from '../../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../../conversations/announcement-lint.ts';
import type { City } from '../../../conversations/city.ts';
import { describeAudience, languageName } from '../../../conversations/describe-audience.ts';
import { changedWords } from '../../../conversations/first-words.ts';
import { parisAt, parisTime } from '../../../conversations/hours.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import { announcing } from '../../runtime/announcing.ts';
import type { Kept } from '../../store/announcements.ts';
import { FaultSummary, type Faults } from '../forms.tsx';
import { Facts, State } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import { type Asked, doneOf, type Page, type Route } from '../page.ts';
import { at, sentence } from '../said.ts';
import { Journal } from '../things.tsx';
import { People, Who } from '../who.tsx';
import { Acts } from './acts-panel.tsx';
import { aroundOf, found } from './found.ts';
import { Preview } from './preview.tsx';
import { ProgressNow, progressOf } from './progress.tsx';
import { addressOf, didWord, estimateText, KINDS, PATH, PURPOSES, TONES } from './words.ts';

const DONE = {
  brouillon: 'Brouillon enregistré. Proposez-le à la validation quand il est prêt.',
  proposer: 'Annonce proposée. Une autre personne doit la valider.',
  retirer: 'Annonce retirée : elle ne partira pas.',
  ecrite: 'Annonce enregistrée. Une autre personne doit la valider.',
  modifiee: 'Annonce modifiée. Une autre personne doit la valider.',
  approuver: 'Annonce validée. Il reste à la programmer.',
  accord: 'Votre accord est noté. Une annonce urgente en demande un second.',
  programmer: 'Annonce programmée.',
  suspendre: 'Annonce suspendue : plus rien ne part.',
  reprendre: 'Annonce reprise.',
  annuler: 'Annonce annulée.',
  essai: 'L’essai part dans les deux minutes. Il n’entre ni dans le compte de la semaine ni dans le bilan.',
  relance: 'Relance écrite. Une autre personne doit la valider.',
  invitation: 'Invitation écrite. Relisez-la ; une autre personne doit la valider.',
};

/** `faults`, `typed`: of an act that was refused. */
export async function pageOf(
  asked: Asked,
  { announcement, version }: Kept,
  {
    faults = {},
    status = 200,
    typed,
  }: { faults?: Faults; status?: 200 | 409 | 422; typed?: URLSearchParams } = {},
): Promise<Page> {
  const { deps, agent, now, query } = asked;
  const { id, kind, state, begins, started, number, writing, estimate } = announcement;
  const [around, facts, progress] = await Promise.all([
    aroundOf(asked, announcement),
    announcing(deps).announcements.facts(number),
    started ? progressOf(deps, announcement) : undefined,
  ]);
  const over = state === 'done' || state === 'cancelled';
  const findings = [
    ...(started ? [] : lintAnnouncement(announcement, around)),
    ...(over ? [] : changedWords(announcement, deps.world.surveys)),
  ];
  return {
    status,
    title: `${KINDS[kind]} ${id}`,
    purpose: 'Une annonce, de son texte à son bilan.',
    moves: true,
    above: { title: 'Annonces', href: PATH },
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <p>
          <State tone={TONES[state]}>{sentence(standingName(announcement))}</State>{' '}
          {begins && !over && <span>{whenOf(announcement)}</span>}
        </p>
        {progress && <ProgressNow {...{ announcement, progress, agent }} />}
        <div class="columns">
          <div>
            <h2>Ce que les habitants reçoivent</h2>
            <Preview deps={deps} announcement={announcement} now={now} />
          </div>
          <div>
            <Acts {...{ announcement, version, agent, around, findings, faults, typed, now }} />
          </div>
        </div>
        {findings.length > 0 && (
          <>
            <h2>À regarder</h2>
            <Findings findings={findings} city={deps.world.city} />
          </>
        )}
        <h2>Fiche</h2>
        <Facts facts={factsOf(announcement, describeAudience(announcement.audience, deps.world), now)} />
        {!over && (
          <p
            id="public"
            {...(state === 'draft' &&
              !writing &&
              !estimate && {
                'hx-get': `${addressOf(id)}/public`,
                'hx-trigger': 'load',
                'hx-select': '#public',
                'hx-swap': 'outerHTML',
              })}
          >
            <a
              class="button quiet"
              href={`${addressOf(id)}/public`}
              hx-get={`${addressOf(id)}/public`}
              hx-target="#public"
              hx-select="#public"
              hx-swap="outerHTML"
            >
              Compter les destinataires et le prix
            </a>
          </p>
        )}
        <h2>Journal</h2>
        <Journal acts={facts} didWord={didWord} now={now} />
      </>
    ),
  };
}

/** "Part mardi 24 novembre 2026 à 10:00." */
function whenOf({ state, begins, started, at: wished }: Announcement): string {
  const moment = spoken(new Date(begins as string));
  if (started) return `Partie ${spoken(new Date(started))}.`;
  if (state === 'paused') return `Départ prévu ${moment}.`;
  return wished !== undefined && wished !== parisTime(new Date(begins as string))
    ? `Part ${moment} : la ville n’écrit pas ${spoken(parisAt(wished))}.`
    : `Part ${moment}.`;
}

const factsOf = (
  announcement: Announcement,
  who: string,
  now: Date,
): Parameters<typeof Facts>[0]['facts'] => {
  const {
    purpose,
    survey,
    visit,
    live,
    at: wished,
    reason,
    author,
    editors,
    approvals,
    review,
  } = announcement;
  const { reminder, audience, estimate } = announcement;
  const people = (all: string[]) => (all.length > 0 ? <People ids={all} /> : undefined);
  return [
    ['Pour', sentence(who)],
    ['Finalité', PURPOSES[purpose]],
    ['Sondage', survey && <a href={`${ROOT}/sondages/${survey}`}>{survey}</a>],
    ['Visite', visit && <a href={`${ROOT}/visites/${visit}`}>{visit}</a>],
    ['Live', live],
    ['Moment souhaité', wished && spoken(parisAt(wished))],
    ['Motif', reason && <bdi>{reason}</bdi>],
    ['Prévue', estimate && `pour ${estimateText(announcement)}, d’après le compte ${at(estimate.at, now)}`],
    ['Relance de', audience.told && <a href={addressOf(audience.told)}>{audience.told}</a>],
    ['Sa relance', reminder && <a href={addressOf(reminder)}>{reminder}</a>],
    ['Écrite par', people([author])],
    ['Modifiée par', people(editors)],
    ['Validée par', people(approvals.map(({ by }) => by))],
    [
      'Relue avant l’élection',
      review && (
        <>
          <Who id={review.by} /> : <bdi>{review.note}</bdi>
        </>
      ),
    ],
  ];
};

const Findings = ({ findings, city }: { findings: Finding[]; city: City }) => (
  <ul class="findings">
    {[...findings]
      .sort((a, b) => a.severity.localeCompare(b.severity))
      .map(({ severity, message, language }) => (
        <li class={severity}>
          <strong>{severity === 'error' ? 'À corriger' : 'À savoir'}</strong>
          {language && ` (${languageName(city, language)})`} : <bdi>{sentence(message)}</bdi>
        </li>
      ))}
  </ul>
);

export const oneRoutes: Route[] = [
  {
    method: 'GET',
    path: `${PATH}/:id`,
    right: 'announcements.read',
    make: async (asked) => pageOf(asked, await found(asked)),
  },
];
