/** A list joined and a survey answered, to the last word: what is played under faults, and what makes a run wrong. */
import type { Network } from './network.ts';

export const SCRIPT = [
  'CHENE A12',
  'oui',
  '1',
  '4',
  'SQUARE',
  '1',
  '3 parfois',
  '1 6',
  'des toilettes',
  'deux',
  'Merci à vous',
];

export const sid = (step: number): string => `SM${String(step).padStart(32, '0')}`;

/** What a crash left behind is looked at within minutes: `looks` times, two minutes apart. */
export async function play(network: Network, looks: number): Promise<Network> {
  for (const [step, body] of SCRIPT.entries()) await network.text(body, sid(step));
  for (let look = 0; look < looks; look += 1) await network.wait(120);
  return network;
}

const sheets = (network: Network) =>
  [...network.db.items.values()].filter((item) => String(item.pk).startsWith('answers#square#'));

/** What was answered, without when and by which message. */
export const answers = (network: Network): string[] =>
  sheets(network).flatMap((item) =>
    Object.entries(item.answers as Record<string, string>).map(([id, text]) => {
      const { v, c, o, r, x, m } = JSON.parse(text);
      return JSON.stringify({ id, v, c, o, r, x, m });
    }),
  );

export interface Verdict {
  lostReply: boolean;
  twice: boolean;
  votes: boolean;
  answer: boolean;
}

/** Beside a run without faults. */
export function judgeBeside(good: Network): (network: Network) => Verdict {
  const texts = [...good.received];
  const wanted = JSON.stringify(answers(good));
  const times = (all: string[], text: string): number => all.filter((each) => each === text).length;
  return (network) => ({
    lostReply: texts.some((text) => times(network.received, text) < times(texts, text)),
    twice: network.received.some((text) => times(network.received, text) > times(texts, text)),
    votes: sheets(network).length > 1,
    answer: JSON.stringify(answers(network)) !== wanted,
  });
}
