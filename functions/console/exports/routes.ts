/** The part of the console that takes answers and contacts away. */
import type { Route } from '../page.ts';
import { allRoutes } from './all.tsx';
import { contactsRoutes } from './contacts.tsx';
import { oneRoutes } from './one.tsx';

export const exportRoutes: Route[] = [...allRoutes, ...contactsRoutes, ...oneRoutes];
