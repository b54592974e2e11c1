/** Every page of the console. */
import { accessibilityRoutes } from './accessibility.tsx';
import { announcementRoutes } from './announcements/routes.ts';
import { auditRoutes } from './audit.tsx';
import { exportRoutes } from './exports/routes.ts';
import { homeRoutes } from './home.tsx';
import { listRoutes } from './lists/routes.ts';
import type { Route } from './page.ts';
import { residentsRoutes } from './residents/routes.ts';
import { resultsRoutes } from './results/routes.ts';
import { sessionsRoutes } from './sessions.tsx';
import { settingsRoutes } from './settings/routes.ts';
import { surveyRoutes } from './surveys/routes.ts';
import { visitRoutes } from './visits/routes.ts';

export const routes: Route[] = [
  ...homeRoutes,
  ...surveyRoutes,
  ...resultsRoutes,
  ...announcementRoutes,
  ...visitRoutes,
  ...listRoutes,
  ...residentsRoutes,
  ...exportRoutes,
  ...settingsRoutes,
  ...sessionsRoutes,
  ...auditRoutes,
  ...accessibilityRoutes,
];
