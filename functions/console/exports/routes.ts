/** The part of the console that takes answers away. */
import type { Route } from '../page.ts';
import { allRoutes } from './all.tsx';
import { oneRoutes } from './one.tsx';

export const exportRoutes: Route[] = [...allRoutes, ...oneRoutes];
