/** What may be done with an announcement as it stands, by who looks at it. */
import type { Announcement } from '../../../conversations/announcement.ts';
import {
  mayChange,
  mayPropose,
  mayWithdraw,
  signaturesMissing,
} from '../../../conversations/announcement-acts.ts';
import { type AnnouncementAround, electionAt } from '../../../conversations/announcement-lint.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import { reminderOf } from '../../../conversations/reminder.ts';
import type { Agent } from '../agent.ts';
import { Button, type Faults, Field, Form, TextArea } from '../forms.tsx';
import { may } from '../roles.ts';
import { at, counted } from '../said.ts';
import { Version, whyNotApprove } from '../things.tsx';
import { addressOf, estimateText } from './words.ts';

interface Known {
  announcement: Announcement;
  version: number;
  agent: Agent;
  around: AnnouncementAround;
  findings: Finding[];
  faults: Faults;
  now: Date;
  typed?: URLSearchParams | undefined;
}

export function Acts(known: Known) {
  const { announcement, agent } = known;
  const { id, state, started } = announcement;
  const sends = may(agent.role, 'announcements.send');
  const writes = may(agent.role, 'announcements.write');
  const over = state === 'done' || state === 'cancelled';
  if (over && !reminds(announcement)) return null;
  return (
    <section class="card" aria-label="Actions">
      <h2>{over ? 'Et maintenant' : 'La suite'}</h2>
      {announcement.writing ? <Proposal {...known} /> : state === 'draft' && <Approval {...known} />}
      {sends && (state === 'approved' || state === 'scheduled') && <Planning {...known} />}
      {!sends && state === 'approved' && (
        <p>Validée : la chargée ou le chargé de participation la programme.</p>
      )}
      <div class="actions">
        {sends && (state === 'scheduled' || state === 'running') && (
          <Act of={known} name="suspendre">
            Suspendre
          </Act>
        )}
        {sends && state === 'paused' && (
          <Act of={known} name="reprendre">
            Reprendre
          </Act>
        )}
        {writes && mayChange(announcement) && (
          <a class="button quiet" href={`${addressOf(id)}/modifier`}>
            Modifier
          </a>
        )}
        {sends && !over && !started && (
          <a class="button quiet" href={`${addressOf(id)}/essai`}>
            Essai
          </a>
        )}
        {writes && reminds(announcement) && (
          <a class="button quiet" href={`${addressOf(id)}/relance`}>
            Relancer les non-répondants
          </a>
        )}
        {!sends && writes && mayWithdraw(announcement, agent.id) && (
          <a class="button danger" href={`${addressOf(id)}/retirer`}>
            Retirer l’annonce
          </a>
        )}
        {sends && !over && (
          <a class="button danger" href={`${addressOf(id)}/annuler`}>
            Annuler l’annonce
          </a>
        )}
      </div>
    </section>
  );
}

const reminds = (announcement: Announcement): boolean =>
  announcement.reminder === undefined && 'draft' in reminderOf(announcement);

const Act = ({
  of: { announcement, version },
  name,
  children,
}: {
  of: Known;
  name: string;
  children?: string;
}) => (
  <Form action={`${addressOf(announcement.id)}/${name}`} inline>
    <Version version={version} />
    <Button quiet>{children}</Button>
  </Form>
);

/** Of the survey that it begins, as it is shown. */
export const revisionOf = (
  { survey }: Pick<Announcement, 'survey'>,
  { surveys }: AnnouncementAround,
): number | undefined => surveys.find(({ key }) => key === survey)?.revision;

function Proposal({ announcement, version, agent, findings }: Known) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (!may(agent.role, 'announcements.write')) return <p>Brouillon : personne n’est encore sollicité.</p>;
  if (!mayPropose(announcement, agent.id))
    return <p>Brouillon : qui l’a écrit ou modifié le propose quand il est fini.</p>;
  return errors > 0 ? (
    <p>Brouillon : {counted(errors, 'point est', 'points sont')} à corriger avant de le proposer.</p>
  ) : (
    <Form action={`${addressOf(announcement.id)}/proposer`} label="Proposer">
      <Version version={version} />
      <p>Brouillon : personne n’est encore sollicité.</p>
      <Button>Proposer à la validation</Button>
    </Form>
  );
}

function Approval({ announcement, version, agent, around, findings, faults, typed, now }: Known) {
  const { id, kind, at: wished, review } = announcement;
  const read = revisionOf(announcement, around);
  const why = whyNotApprove(agent, announcement, findings);
  if (why) return <p>{why}</p>;
  const election =
    kind === 'urgent' || review ? undefined : electionAt(around.city, (wished ?? around.now).slice(0, 10));
  return (
    <Form action={`${addressOf(id)}/approuver`} label="Valider">
      <Version version={version} />
      {read !== undefined && <input type="hidden" name="revision" value={String(read)} />}
      {announcement.estimate && (
        <p>
          <strong>{estimateText(announcement)}</strong>
          <span class="under">Compté {at(announcement.estimate.at, now)}</span>
        </p>
      )}
      {kind === 'urgent' && (
        <p>
          Urgente, elle part à toute heure : il manque l’accord de{' '}
          {counted(signaturesMissing(announcement), 'personne', 'personnes')}.
        </p>
      )}
      {election && (
        <TextArea
          name="verifie"
          label="Ce que vous avez vérifié"
          hint={`Nous sommes dans les six mois avant l’élection du ${election} (code électoral, L52-1).`}
          rows={2}
          required
          value={typed?.get('verifie') ?? ''}
          faults={faults}
        />
      )}
      <Button>Valider l’annonce</Button>
    </Form>
  );
}

function Planning({ announcement: { id, at, state }, version, around, faults, typed }: Known) {
  const { from, to } = around.city.sending;
  return (
    <Form action={`${addressOf(id)}/programmer`} label="Programmer">
      <Version version={version} />
      <Field
        name="quand"
        label="Départ, à l’heure de Paris"
        type="datetime-local"
        hint={`Vide : dès que possible. La ville écrit du lundi au samedi, de ${from} à ${to}, hors jours fériés.`}
        value={typed?.get('quand') ?? (at !== undefined && at >= around.now ? at : '')}
        faults={faults}
      />
      <Button>{state === 'scheduled' ? 'Changer le départ' : 'Programmer'}</Button>
    </Form>
  );
}
