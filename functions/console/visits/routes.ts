/** Every page of the visits. */
import type { Route } from '../page.ts';
import { actRoutes } from './acts.tsx';
import { composeRoutes } from './compose.tsx';
import { coverageRoutes } from './coverage.tsx';
import { listRoutes } from './list.tsx';
import { oneRoutes } from './one.tsx';
import { peopleRoutes } from './people.tsx';

/** `/nouvelle` and `/couverture` stand before `/:id`. */
export const visitRoutes: Route[] = [
  ...listRoutes,
  ...coverageRoutes,
  ...composeRoutes,
  ...oneRoutes,
  ...actRoutes,
  ...peopleRoutes,
];
