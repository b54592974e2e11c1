/** Every page of the console. */
import { accessibilityRoutes } from './accessibility.tsx';
import { announcementRoutes } from './announcements/routes.ts';
import { auditRoutes } from './audit.tsx';
import { homeRoutes } from './home.tsx';
import type { Route } from './page.ts';

export const routes: Route[] = [...homeRoutes, ...announcementRoutes, ...auditRoutes, ...accessibilityRoutes];
