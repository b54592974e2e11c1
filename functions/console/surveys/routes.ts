/** The pages of the surveys. */
import type { Route } from '../page.ts';
import { changeDates, showDates } from './dates.tsx';
import { beginEditing, dropDraft, edit, goOn, withoutLanguages } from './edit.ts';
import { showEditor } from './editor.tsx';
import { giveForm } from './export.ts';
import { importForm, showImport } from './import.tsx';
import { showSurveys } from './list.tsx';
import { begin, showNew } from './new.tsx';
import { IMPORT_PATH, NEW_PATH, SURVEYS_PATH } from './paths.ts';
import { publish, showPublish } from './publish.tsx';
import { sendTry, showTry } from './try.tsx';
import { showSurvey } from './view.tsx';

const ONE = `${SURVEYS_PATH}/:key`;

export const surveyRoutes: Route[] = [
  { method: 'GET', path: SURVEYS_PATH, right: 'surveys.read', make: showSurveys },
  { method: 'GET', path: NEW_PATH, right: 'surveys.write', make: showNew },
  { method: 'POST', path: NEW_PATH, right: 'surveys.write', make: begin },
  { method: 'GET', path: IMPORT_PATH, right: 'surveys.write', make: showImport },
  { method: 'POST', path: IMPORT_PATH, right: 'surveys.write', files: true, make: importForm },
  { method: 'GET', path: ONE, right: 'surveys.read', make: showSurvey },
  { method: 'GET', path: `${ONE}/formulaire/:format`, right: 'surveys.write', make: giveForm },
  { method: 'POST', path: `${ONE}/modifier`, right: 'surveys.write', make: beginEditing },
  { method: 'GET', path: `${ONE}/editer`, right: 'surveys.write', make: showEditor },
  { method: 'POST', path: `${ONE}/editer`, right: 'surveys.write', make: edit },
  { method: 'POST', path: `${ONE}/reprendre`, right: 'surveys.write', make: goOn },
  { method: 'POST', path: `${ONE}/sans-langues`, right: 'surveys.write', make: withoutLanguages },
  { method: 'POST', path: `${ONE}/abandonner`, right: 'surveys.write', make: dropDraft },
  { method: 'GET', path: `${ONE}/dates`, right: 'surveys.publish', make: showDates },
  { method: 'POST', path: `${ONE}/dates`, right: 'surveys.publish', make: changeDates },
  { method: 'GET', path: `${ONE}/essai`, right: 'announcements.send', make: showTry },
  { method: 'POST', path: `${ONE}/essai`, right: 'announcements.send', make: sendTry },
  { method: 'GET', path: `${ONE}/publier`, right: 'surveys.publish', make: showPublish },
  { method: 'POST', path: `${ONE}/publier`, right: 'surveys.publish', make: publish },
];
