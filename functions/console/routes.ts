/** Every page of the console. */
import { accessibilityRoutes } from './accessibility.tsx';
import { auditRoutes } from './audit.tsx';
import { homeRoutes } from './home.tsx';
import type { Route } from './page.ts';

export const routes: Route[] = [...homeRoutes, ...auditRoutes, ...accessibilityRoutes];
