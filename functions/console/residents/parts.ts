/** What the pages about residents share: where they stand, how lists and quartiers are called. */
import type { World } from '../../../conversations/moment.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import type { Deps } from '../../runtime/deps.ts';
import { residentOf } from '../../runtime/on-behalf.ts';
import type { TurnItem } from '../../store/turn-item.ts';
import { ROOT } from '../navigation.ts';
import { type Asked, NotThere } from '../page.ts';
import { sentence } from '../said.ts';

export const RESIDENTS = `${ROOT}/habitants`;

export const addressOf = (hash: string, act?: string): string =>
  `${RESIDENTS}/${hash}${act === undefined ? '' : `/${act}`}`;

/** Of `:id`; nobody under it, or under it any more, is a page that is not there. */
export async function asked({ deps, params }: Asked): Promise<TurnItem> {
  const item = await residentOf(deps, params.id ?? '');
  // Of an address that was tied to somebody: they have one page.
  if (!item || item.hash !== params.id) throw new NotThere();
  return item;
}

/**
 * How a resident is called in the audit log. Made of what is drawn at random for them, so that nobody can tell it from
 * a number; once they are erased it leads to nobody, and never led to their answers.
 */
export const referenceOf = ({ hashes }: Deps, { session }: TurnItem): string =>
  hashes.event(`resident\n${session.id}`);

/** "Arabe": as staff say it, who cannot read each language's own name. */
export const languageOf = (code: string | undefined): string | undefined =>
  code === undefined ? undefined : sentence(languageName(code));

export const listName = ({ city, lists = [] }: World, id: string): string =>
  [...city.quartiers, ...lists].find((each) => each.id === id)?.name ?? id;

/** Why what was typed finds nobody. */
export const NO_NUMBER = 'Ce n’est pas un numéro de téléphone complet. Par exemple 06 12 34 56 78.';

const CHANNELS: Record<string, string> = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };

/** The number itself is with whoever asked by it; here its last two figures tell one address from another. */
export const addressSaid = (address: string): string => {
  const [channel = '', rest = ''] = address.split(':');
  return `${CHANNELS[channel] ?? channel}${/^\+\d+$/.test(rest) ? `, finit par ${rest.slice(-2)}` : ''}`;
};
