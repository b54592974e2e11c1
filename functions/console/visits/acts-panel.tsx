/** What may be done with a visit as it stands, by who looks at it. */
import type { Finding } from '../../../conversations/lint/finding.ts';
import { beginsAt, endsAt, takesPeople, type Visit } from '../../../conversations/visit.ts';
import { wroteReport } from '../../../conversations/visit-acts.ts';
import type { Agent } from '../agent.ts';
import { addressOf as announcementAt } from '../announcements/words.ts';
import { Button, type Faults, Field, Form } from '../forms.tsx';
import { may, type Right } from '../roles.ts';
import { Version, whyNotApprove } from '../things.tsx';
import { addressOf, PATH } from './words.ts';

interface Known {
  visit: Visit;
  version: number;
  agent: Agent;
  now: Date;
  /** The announcement that invites to it, where one was written. */
  invitation: string | undefined;
  findings: Finding[];
  faults: Faults;
  typed?: URLSearchParams | undefined;
}

export function Acts(known: Known) {
  const { visit, agent, now } = known;
  const { id, state } = visit;
  const is = (right: Right): boolean => may(agent.role, right);
  const over = state === 'cancelled' || state === 'done' || endsAt(visit) <= now;
  const takesReport =
    state !== 'draft' && state !== 'cancelled' && endsAt(visit) <= now && !visit.report?.approved;
  return (
    <section class="card" aria-label="Actions">
      <h2>La suite</h2>
      {state === 'draft' && !over && <Approval {...known} />}
      {visit.report && !visit.report.approved && <ReportApproval {...known} />}
      {is('announcements.write') && takesPeople(visit, now) && (
        <>
          {known.invitation && (
            <p>
              L’invitation est l’annonce <a href={announcementAt(known.invitation)}>{known.invitation}</a>.
            </p>
          )}
          <Form action={`${addressOf(id)}/inviter`}>
            {known.invitation ? (
              <Button quiet>Écrire une autre invitation</Button>
            ) : (
              <Button>Écrire l’invitation</Button>
            )}
          </Form>
        </>
      )}
      {is('announcements.send') && takesPeople(visit, now) && <Places {...known} />}
      <div class="actions">
        {is('attendance.read') && state !== 'draft' && (
          <>
            <Link to={`${addressOf(id)}/inscrits`}>Inscrits</Link>
            <Link to={`${addressOf(id)}/feuille`}>Feuille de présence</Link>
          </>
        )}
        {is('words.read') && state !== 'draft' && <Link to={`${addressOf(id)}/sujets`}>Sujets soulevés</Link>}
        {is('visits.write') && state === 'draft' && <Link to={`${addressOf(id)}/modifier`}>Modifier</Link>}
        {is('visits.write') && takesReport && <Link to={`${addressOf(id)}/bilan`}>Écrire le bilan</Link>}
        {is('visits.write') && <Link to={`${PATH}/nouvelle?comme=${id}`}>Refaire un autre jour</Link>}
        {is('announcements.send') && state === 'open' && now < beginsAt(visit) && (
          <Link to={`${addressOf(id)}/deplacer`}>Déplacer</Link>
        )}
        {is('announcements.send') && !over && (
          <a class="button danger" href={`${addressOf(id)}/annuler`}>
            Annuler la visite
          </a>
        )}
      </div>
    </section>
  );
}

const Link = ({ to, children }: { to: string; children?: string }) => (
  <a class="button quiet" href={to}>
    {children}
  </a>
);

function Approval({ visit, version, agent, findings }: Known) {
  const why = whyNotApprove(agent, visit, findings);
  if (why) return <p>{why}</p>;
  return (
    <Form action={`${addressOf(visit.id)}/approuver`}>
      <Version version={version} />
      <Button>Valider la visite</Button>
    </Form>
  );
}

function ReportApproval({ visit: { id, report }, version, agent }: Known) {
  if (!may(agent.role, 'announcements.approve')) return <p>Le bilan est à valider.</p>;
  if (report && wroteReport(report, agent.id))
    return <p>Vous avez écrit le bilan : une autre personne doit le valider.</p>;
  return (
    <Form action={`${addressOf(id)}/approuver`}>
      <Version version={version} />
      <Button>Valider le bilan</Button>
    </Form>
  );
}

const Places = ({ visit: { id, capacity }, version, faults, typed }: Known) => (
  <Form action={`${addressOf(id)}/places`} label="Places">
    <Version version={version} />
    <Field
      name="places"
      type="number"
      label="Nombre de places"
      required
      value={typed?.get('places') ?? String(capacity)}
      faults={faults}
      attributes={{ min: 1, max: 2000 }}
    />
    <Button quiet>Changer</Button>
  </Form>
);
