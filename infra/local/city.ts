/** The example city that `npm start` runs. */
import exemple from '../../conversations/cities/exemple.json';
import type { World } from '../../conversations/moment.ts';
import { readWorld } from '../../functions/runtime/world.ts';

export const localWorld = (): World => readWorld(exemple, 'exemple.json');
