/** The part of the console about lists. */
import type { Route } from '../page.ts';
import { allRoutes } from './all.tsx';
import { importRoutes } from './import.tsx';
import { longImportRoutes } from './long-import.tsx';
import { newRoutes } from './new.tsx';
import { oneRoutes } from './one.tsx';
import { posterRoutes } from './poster.tsx';

export const listRoutes: Route[] = [
  ...allRoutes,
  ...newRoutes,
  ...oneRoutes,
  ...posterRoutes,
  ...importRoutes,
  ...longImportRoutes,
];
