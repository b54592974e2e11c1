/** Why an export cannot be made, where making it again changes nothing. */
import { ChangedRevision } from './export-columns.ts';
import { UnknownList } from './export-contacts.ts';
import { MissingRevision, UnknownSurvey } from './export-survey.ts';

/** A French sentence without its capital and full stop; undefined for any other error. */
export function exportFault(error: unknown): string | undefined {
  if (error instanceof UnknownSurvey)
    return `le sondage « ${error.survey} » n'existe pas. Sondages: ${error.known.join(', ')}`;
  if (error instanceof MissingRevision)
    return `il y a des réponses à la révision ${error.revision} du sondage « ${error.survey} », mais sa définition n'est pas là: relancez l'export, et si rien n'y change remettez son fichier dans conversations/surveys`;
  if (error instanceof ChangedRevision)
    return `une réponse à « ${error.question} » n'est pas dans la révision ${error.revision} du sondage « ${error.survey} »: cette révision a été modifiée après l'envoi, rétablissez-la et ajoutez-en une nouvelle`;
  if (error instanceof UnknownList)
    return `la liste « ${error.list} » n'existe pas. Listes: ${error.known.join(', ')}`;
  return undefined;
}
