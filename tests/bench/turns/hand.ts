/** The floor: a reducer by hand for this one survey, its state through JSON every turn, nothing else. */
import type { Dialogue, Values } from './dialogue.ts';
import { program, type Subject } from './program.ts';
import { one, several } from './reading.ts';

interface State {
  at: number;
  values: Partial<Values>;
}

interface Job {
  state: string;
}

/** `replies[n]` is what is asked at step n; a reply that is not understood is asked again. */
function move({ at, values }: State, text: string): State {
  switch (at) {
    case 0:
      return text === 'SQUARE' ? { at: 1, values } : { at, values };
    case 1:
      return one(text, 3) === 1 ? { at: 2, values } : { at, values };
    case 2: {
      const frequence = one(text, 4);
      return frequence ? { at: 3, values: { ...values, frequence } } : { at, values };
    }
    case 3: {
      const priorites = several(text, 6);
      return priorites
        ? { at: priorites.includes(6) ? 4 : 5, values: { ...values, priorites } }
        : { at, values };
    }
    case 4:
      return { at: 5, values: { ...values, autre: text } };
    case 5: {
      const securite = one(text, 5);
      return securite ? { at: 6, values: { ...values, securite } } : { at, values };
    }
    default:
      return { at: 7, values: { ...values, mot: text } };
  }
}

const hand = ({ said, replies }: Dialogue): Subject<Job> => ({
  prepare: (count) =>
    Array.from({ length: count }, () => ({ state: JSON.stringify({ at: 0, values: {} } satisfies State) })),
  hold(job) {
    const heard: string[] = [];
    for (const text of said) {
      const state = move(JSON.parse(job.state) as State, text);
      job.state = JSON.stringify(state);
      heard.push(replies[state.at - 1] as string);
    }
    return heard;
  },
  values: (job) => (JSON.parse(job.state) as State).values as Values,
});

program({ hand: hand as never });
