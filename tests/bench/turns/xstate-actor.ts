/** The survey as an XState 5 machine: an actor from the persisted snapshot, one event, a snapshot again, as JSON. */
import { assign, createActor, setup } from 'xstate';
import type { Dialogue, Values } from './dialogue.ts';
import { program, type Subject } from './program.ts';
import { one, several } from './reading.ts';

interface Said {
  type: 'said';
  text: string;
}

const machine = setup({
  types: { context: {} as Partial<Values>, events: {} as Said },
  guards: {
    begins: ({ event }) => event.text === 'SQUARE',
    agrees: ({ event }) => one(event.text, 3) === 1,
    isOne: ({ event }, { most }: { most: number }) => one(event.text, most) !== undefined,
    isSeveral: ({ event }) => several(event.text, 6) !== undefined,
    wantsOther: ({ event }) => several(event.text, 6)?.includes(6) === true,
  },
}).createMachine({
  initial: 'new',
  context: {},
  states: {
    new: { on: { said: { guard: 'begins', target: 'intro' } } },
    intro: { on: { said: { guard: 'agrees', target: 'frequence' } } },
    frequence: {
      on: {
        said: {
          guard: { type: 'isOne', params: { most: 4 } },
          actions: assign({ frequence: ({ event }) => one(event.text, 4) }),
          target: 'priorites',
        },
      },
    },
    priorites: {
      on: {
        said: [
          {
            guard: 'wantsOther',
            actions: assign({ priorites: ({ event }) => several(event.text, 6) }),
            target: 'autre',
          },
          {
            guard: 'isSeveral',
            actions: assign({ priorites: ({ event }) => several(event.text, 6) }),
            target: 'securite',
          },
        ],
      },
    },
    autre: {
      on: { said: { actions: assign({ autre: ({ event }) => event.text }), target: 'securite' } },
    },
    securite: {
      on: {
        said: {
          guard: { type: 'isOne', params: { most: 5 } },
          actions: assign({ securite: ({ event }) => one(event.text, 5) }),
          target: 'mot',
        },
      },
    },
    mot: { on: { said: { actions: assign({ mot: ({ event }) => event.text }), target: 'done' } } },
    done: { type: 'final' },
  },
});

const ORDER = ['intro', 'frequence', 'priorites', 'autre', 'securite', 'mot', 'done'];

interface Job {
  snapshot: string;
}

const actor = ({ said, replies }: Dialogue): Subject<Job> => {
  const first = JSON.stringify(createActor(machine).getPersistedSnapshot());
  return {
    prepare: (count) => Array.from({ length: count }, () => ({ snapshot: first })),
    hold(job) {
      const heard: string[] = [];
      for (const text of said) {
        const resident = createActor(machine, { snapshot: JSON.parse(job.snapshot) });
        resident.start();
        resident.send({ type: 'said', text });
        heard.push(replies[ORDER.indexOf(resident.getSnapshot().value)] as string);
        job.snapshot = JSON.stringify(resident.getPersistedSnapshot());
        resident.stop();
      }
      return heard;
    },
    values: (job) => JSON.parse(job.snapshot).context as Values,
  };
};

program({ actor: actor as never });
