/** From a sender that takes no replies a message says how to answer and how to stop (channels.md L5). */
import { phrase } from '../../conversations/phrase.ts';
import type { Provider } from '../channels/channel.ts';
import { describeSender, withWayBack } from '../channels/senders.ts';
import type { Deps } from './deps.ts';

/** The text as this provider's sender may send it. */
export function asSentBy(deps: Deps, provider: Provider, text: string, language: string): string {
  const sender = deps.smsFrom[provider];
  if (!sender || isTwoWay(sender)) return text;
  const other = Object.values(deps.smsFrom).find(isTwoWay);
  const at = other ?? deps.world.city.phone;
  const ways = {
    answerAt: phrase(language, 'oneWay.answer', { at }),
    stopAt: phrase(language, other ? 'oneWay.stop' : 'oneWay.stopCall', { at }),
  };
  return withWayBack(text, sender, ways, language).text;
}

function isTwoWay(sender: string): boolean {
  const facts = describeSender(sender);
  return !('error' in facts) && facts.twoWay;
}
