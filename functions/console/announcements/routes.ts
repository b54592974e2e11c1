/** Every page of the announcements. */
import type { Route } from '../page.ts';
import { actRoutes } from './acts.tsx';
import { audienceRoutes } from './audience.tsx';
import { composeRoutes } from './compose.tsx';
import { heldRoutes } from './held.tsx';
import { listRoutes } from './list.tsx';
import { moreActRoutes } from './more-acts.tsx';
import { oneRoutes } from './one.tsx';
import { progressRoutes } from './progress.tsx';
import { reportRoutes } from './report.tsx';

/** `/nouvelle` stands before `/:id`. */
export const announcementRoutes: Route[] = [
  ...listRoutes,
  ...composeRoutes,
  ...oneRoutes,
  ...actRoutes,
  ...moreActRoutes,
  ...audienceRoutes,
  ...progressRoutes,
  ...reportRoutes,
  ...heldRoutes,
];
