import type { Route } from '../page.ts';
import { RESULTS, showList } from './list.tsx';
import { showCounts, showSurvey } from './survey.tsx';
import { wordsRoutes } from './words.tsx';

export const resultsRoutes: Route[] = [
  { method: 'GET', path: RESULTS, right: 'results.read', make: showList },
  { method: 'GET', path: `${RESULTS}/:key`, right: 'results.read', make: showSurvey },
  { method: 'GET', path: `${RESULTS}/:key/compte`, right: 'results.read', make: showCounts },
  ...wordsRoutes,
];
