/** Every page of the announcements. */
import type { Route } from '../page.ts';
import { actRoutes } from './acts.tsx';
import { audienceRoutes } from './audience.tsx';
import { listRoutes } from './list.tsx';
import { oneRoutes } from './one.tsx';
import { progressRoutes } from './progress.tsx';

export const announcementRoutes: Route[] = [
  ...listRoutes,
  ...oneRoutes,
  ...actRoutes,
  ...audienceRoutes,
  ...progressRoutes,
];
