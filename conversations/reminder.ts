/** The reminder of an announcement, once, to those who were told and have not answered; and whom one is for at all. */
import type { Announcement, Draft } from './announcement.ts';
import { matches } from './audience.ts';
import type { Session } from './session.ts';

interface Asking extends Pick<Draft, 'audience'> {
  survey?: string | undefined;
  visit?: string | undefined;
}

/** Whether it is for this resident as they are now; of a reminder: whether they are silent still. */
export const isMeant = (asking: Asking, session: Session): boolean =>
  matches(asking.audience, session) && (asking.audience.told === undefined || isSilent(asking, session));

/** Who has said no has answered; who has begun a survey is reminded by the survey itself. */
function isSilent({ survey, visit }: Asking, { ended, survey: open, visits }: Session): boolean {
  if (visit !== undefined) return visits?.[visit] === undefined;
  if (survey === undefined) return false;
  if (open?.key === survey) return Object.keys(open.answers).length === 0;
  return ended[survey] === undefined || ended[survey].end === 'expired';
}

/** What reminds of it, before anyone has approved that; or in French why nothing does. */
export function reminderOf(announcement: Announcement): { draft: Draft } | { refused: string } {
  const { id, kind, state, audience, survey, visit, about = 'invitation' } = announcement;
  const asks = survey !== undefined || (visit !== undefined && about === 'invitation');
  if (!asks)
    return {
      refused: `l'annonce ${id} (${KINDS[kind]}) n'attend pas de réponse: on ne relance qu'une invitation à un sondage ou à une visite`,
    };
  if (audience.told !== undefined)
    return {
      refused: `l'annonce ${id} est elle-même la relance de ${audience.told}: on ne relance qu'une fois`,
    };
  if (state !== 'done')
    return { refused: `l'annonce ${id} n'est pas terminée: on relance quand tout le monde l'a eue` };
  const { purpose, base, texts } = announcement;
  return {
    draft: {
      ...{ kind, purpose, base, texts, audience: { told: id, and: 'silent' } },
      ...(survey !== undefined && { survey }),
      ...(visit !== undefined && { visit, about }),
    },
  };
}

const KINDS: Record<Draft['kind'], string> = {
  info: 'information',
  visit: 'visite',
  live: 'live',
  survey: 'sondage',
  urgent: 'urgence',
};
