/** The part of the console about residents. */
import type { Route } from '../page.ts';
import { changeRoutes } from './change.tsx';
import { residentRoutes } from './resident.tsx';
import { searchRoutes } from './search.tsx';
import { tieRoutes } from './tie.tsx';

export const residentsRoutes: Route[] = [...searchRoutes, ...residentRoutes, ...changeRoutes, ...tieRoutes];
