/** The pages of the surveys. */
import type { Route } from '../page.ts';
import { showSurveys } from './list.tsx';
import { SURVEYS_PATH } from './standing.ts';
import { showSurvey } from './view.tsx';

export const surveyRoutes: Route[] = [
  { method: 'GET', path: SURVEYS_PATH, right: 'surveys.read', make: showSurveys },
  { method: 'GET', path: `${SURVEYS_PATH}/:key`, right: 'surveys.read', make: showSurvey },
];
