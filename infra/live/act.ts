/** `npm run live -- approuver|demarrer|terminer|annuler ID --de QUI …`: what is done with a live. */
import { Link } from '../../conversations/live.ts';
import { approveLive, cancelLive, endLive, startLive } from '../../conversations/live-acts.ts';
import { approveWords, type Board, questionName } from '../../conversations/live-board.ts';
import { personOf } from '../command/person.ts';
import { readArgs, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import type { Command } from '../command/run-command.ts';
import { actsOf } from '../command/things.ts';
import { questionIn } from './said.ts';
import { findLive, withLives, writeActed, writeBoard } from './saved.ts';

const OPTIONS = {
  de: { type: 'string' },
  note: { type: 'string' },
  video: { type: 'string' },
  motif: { type: 'string', multiple: true },
} as const;

const command = actsOf({
  tool: 'live',
  options: OPTIONS,
  within: withLives,
  find: findLive,
  write: writeActed,
});

const approvingLive = command('approuver', '', [], (live, _values, by, { now, around }) =>
  approveLive(live, { by, now }, around),
);

const APPROVE = 'usage: npm run live -- approuver ID [Q-77 Q-81…: leurs réponses ou refus] --de QUI';

/** The live itself, or what the askers of some questions are told. */
export const approving: Command = {
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS, APPROVE);
    const [id, ...given] = positionals;
    if (id === undefined || given.length === 0) return approvingLive.run(args);
    const by = personOf(values.de);
    const numbers = given.map(questionIn);
    return withLives(async (saved) => {
      const entry = await findLive(saved, id);
      const before = await saved.lives.board(entry.thing.number);
      let { board }: { board: Board } = before;
      for (const number of numbers) {
        const acted = approveWords(board, number, { by, now: saved.now });
        if ('refused' in acted) throw new Refused(acted.refused);
        board = acted.board;
      }
      const what = `approuver ${numbers.map(questionName).join(' ')}`;
      await writeBoard(saved, entry, before, { board }, { by, what });
      console.log(
        `${numbers.map(questionName).join(', ')}: validé, envoyé à qui a posé la question aux heures permises`,
      );
    });
  },
};

export const starting = command('demarrer', '', [], (live, _values, by, { now }) =>
  startLive(live, { by, now }),
);

export const ending = command(
  'terminer',
  ' [--video fb.example/v/1]',
  ['video'],
  (live, { video }, by, { now, around }) => endLive(live, { by, now }, around.city, linkIn(video)),
);

export const cancelling = command('annuler', ' [--motif "…"]', ['motif'], (live, { motif }, by, { now }) =>
  cancelLive(live, { by, now }, textsIn(motif)),
);

/** Throws `Refused` where it is none. */
function linkIn(given: string | undefined): string | undefined {
  const link = Link.optional().safeParse(given);
  if (link.success) return link.data;
  throw new Refused(
    `--video est l'adresse de la vidéo comme on la lit dans un message, 60 lettres au plus: fb.example/v/1, reçu « ${given} »`,
  );
}
