/** The staff's console: who they are, then their pages. */
import { createRouter } from './console/router.tsx';
import { routes } from './console/routes.ts';
import { createDoor } from './console/sign-in/door.ts';
import type { Deps } from './runtime/deps.ts';
import { bucketLinks } from './runtime/export-links.ts';
import type { Handler } from './runtime/http.ts';
import { httpLambda } from './runtime/lambda.ts';

export const create = (deps: Deps): Handler => createRouter(deps, routes, createDoor(deps));

export const handler = httpLambda((deps) => create({ ...deps, exported: bucketLinks(deps.now) }));
