/** The sign-in as the router asks for it. */
import type { Deps } from '../../runtime/deps.ts';
import type { Answer, Handler, Request } from '../../runtime/http.ts';
import type { Door } from '../door.ts';
import { ROOT } from '../navigation.ts';
import { refusedPost } from './csrf.ts';
import { sessions } from './session.ts';
import { signIn } from './sign-in.ts';
import { REFUSED_POST } from './stops.ts';

export function createDoor(deps: Deps): Door {
  const { of: who, presented } = sessions(deps);
  const { begin, callback, signOut, leadsTo } = signIn(deps);
  const own: Record<string, Handler> = {
    [`GET ${ROOT}/connexion`]: begin,
    [`GET ${ROOT}/retour`]: callback,
    [`POST ${ROOT}/deconnexion`]: signOut,
  };
  return {
    who,
    hadSession: presented,
    refuses(request, session, form) {
      const why = refusedPost(request, session, form, deps.publicUrl);
      if (!why) return undefined;
      deps.log.info('console-form-refused', { why });
      return REFUSED_POST[why];
    },
    own: async ({ method, path, ...rest }: Request): Promise<Answer | undefined> =>
      own[`${method} ${path}`]?.({ method, path, ...rest }),
    issuer: leadsTo,
  };
}
