/** Every page of the settings. */
import type { Route } from '../page.ts';
import { electionRoutes } from './elections.tsx';
import { historyRoutes } from './history.tsx';
import { overviewRoutes } from './overview.tsx';
import { priceRoutes } from './prices.tsx';

export const settingsRoutes: Route[] = [
  ...overviewRoutes,
  ...priceRoutes,
  ...electionRoutes,
  ...historyRoutes,
];
