/** Every page of the settings. */
import type { Route } from '../page.ts';
import { electionRoutes } from './elections.tsx';
import { historyRoutes } from './history.tsx';
import { laneRoutes } from './lanes.tsx';
import { overviewRoutes } from './overview.tsx';
import { priceRoutes } from './prices.tsx';
import { quartierRoutes } from './quartiers.tsx';
import { singleRoutes } from './single.tsx';
import { templateRoutes } from './templates.tsx';

export const settingsRoutes: Route[] = [
  ...overviewRoutes,
  ...laneRoutes,
  ...priceRoutes,
  ...electionRoutes,
  ...singleRoutes,
  ...templateRoutes,
  ...quartierRoutes,
  ...historyRoutes,
];
