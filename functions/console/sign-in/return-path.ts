/** Where an agent goes after the sign-in: a page of the console, whatever the link said that brought them here. */
import { ROOT } from '../navigation.ts';

/** Letters, digits and what ids have. Nothing encoded: no path of ours needs it, and what hides in it is a trick. */
const PATH = /^\/console(?:\/[\w.~-]+)*\/?$/;
const QUERY = /^[\w.~%=&+,:@-]*$/;
/** In a query they are harmless to us, and nothing that we write has them. */
const ENCODED_TRICK = /%(?:[01][0-9a-f]|7f|2f|5c)/i;
/** A longer one is no link of ours. */
const MOST = 500;
/** The sign-in's own pages: going back to one would be a loop. */
const OWN = /^\/console\/(?:connexion|retour|deconnexion)\/?$/;

/** `wanted` where it is a page of the console, else its home. */
export function returnPath(wanted: string | null): string {
  if (!wanted || wanted.length > MOST) return ROOT;
  const [path = '', query = '', ...more] = wanted.split('?');
  const isFine = PATH.test(path) && QUERY.test(query) && !ENCODED_TRICK.test(query) && more.length === 0;
  const isUp = path.split('/').some((part) => part === '.' || part === '..');
  return isFine && !isUp && !OWN.test(path) ? wanted : ROOT;
}
