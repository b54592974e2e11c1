/** Every page of the console. */
import { accessibilityRoutes } from './accessibility.tsx';
import { announcementRoutes } from './announcements/routes.ts';
import { auditRoutes } from './audit.tsx';
import { homeRoutes } from './home.tsx';
import type { Route } from './page.ts';
import { changeRoutes } from './residents/change.tsx';
import { residentRoutes } from './residents/resident.tsx';
import { searchRoutes } from './residents/search.tsx';
import { surveyRoutes } from './surveys/routes.ts';

export const routes: Route[] = [
  ...homeRoutes,
  ...surveyRoutes,
  ...announcementRoutes,
  ...searchRoutes,
  ...residentRoutes,
  ...changeRoutes,
  ...auditRoutes,
  ...accessibilityRoutes,
];
