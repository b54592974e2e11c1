/** `npm run live -- accepter|refuser|grouper|degrouper|posee|repondre ID Q-77 … --de QUI`: what staff make of the questions. */
import { filmLasts, type Live } from '../../conversations/live.ts';
import {
  accept,
  answer,
  asked,
  type Board,
  type BoardActed,
  group,
  onBoard,
  questionName,
  refuse,
  ungroup,
} from '../../conversations/live-board.ts';
import { type Notice, noticeOf } from '../../conversations/live-notices.ts';
import { phrase } from '../../conversations/phrase.ts';
import { sms } from '../../conversations/shape.ts';
import { personOf } from '../command/person.ts';
import { readArgs, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import type { Command } from '../command/run-command.ts';
import { questionsOf } from './questions-of.ts';
import { questionIn, stateWords } from './said.ts';
import { findLive, type SavedLives, withLives, writeBoard } from './saved.ts';

const TEXT = { type: 'string', multiple: true } as const;
const OPTIONS = {
  de: { type: 'string' },
  titre: TEXT,
  motif: { type: 'string' },
  texte: TEXT,
  minute: { type: 'string' },
  'sans-prenom': { type: 'boolean' },
} as const;
type Values = ReturnType<typeof readArgs<typeof OPTIONS>>['values'];
type Act = (
  board: Board,
  numbers: [number, ...number[]],
  values: Values,
  doer: { by: string; now: Date },
  live: Live,
) => BoardActed;

interface Shape {
  name: string;
  takes: string;
  allowed: (keyof Values)[];
  /** Whether it takes several questions. */
  several?: true;
  act: Act;
}

const command = ({ name, takes, allowed, several, act }: Shape): Command => ({
  async run(args) {
    const usage = `usage: npm run live -- ${name} ID Q-77${several ? ' Q-81…' : ''} --de QUI${takes}`;
    const { values, positionals } = readArgs(args, OPTIONS, usage);
    const [id, ...given] = positionals;
    const known = new Set<string>(['de', ...allowed]);
    const [first, ...others] = given;
    const wrong = Object.keys(values).some((each) => !known.has(each));
    if (id === undefined || first === undefined || (others.length > 0 && !several) || wrong)
      throw new Refused(usage);
    const by = personOf(values.de);
    const numbers: [number, ...number[]] = [questionIn(first), ...others.map(questionIn)];
    await withLives(async (saved) => {
      const entry = await findLive(saved, id);
      const { board, version, questions } = await questionsOf(saved, entry.thing);
      for (const number of numbers)
        if (!questions.some((each) => each.number === number))
          throw new Refused(`${questionName(number)} n'a pas été posée pour le direct ${entry.thing.id}`);
      const acted = act(board, numbers, values, { by, now: saved.now }, entry.thing);
      const what = `${name} ${numbers.map(questionName).join(' ')}`;
      await writeBoard(saved, entry, { board, version }, acted, { by, what });
      if ('board' in acted)
        for (const line of after(saved, entry.thing, acted.board, numbers)) console.log(line);
      const named = questions.filter(
        ({ number, asked }) => numbers.includes(number) && asked?.name !== undefined,
      );
      if (allowed.includes('sans-prenom') && !values['sans-prenom'])
        for (const { number, asked } of named)
          console.log(
            `${questionName(number)}: « ${asked?.name} » sera dit et montré à l'écran; sinon --sans-prenom`,
          );
    });
  },
});

/** How each stands now, and what its askers will read. */
function after({ around }: SavedLives, live: Live, board: Board, numbers: number[]): string[] {
  return numbers.flatMap((number) => {
    const question = onBoard(board, number);
    const line = `${questionName(number)}  ${stateWords(question)}${question?.titles?.fr ? `  « ${question.titles.fr} »` : ''}`;
    if (question?.state !== 'answered' && question?.state !== 'refused') return [line];
    const about = question.state === 'answered' ? 'answer' : 'refused';
    const text = messageOf({ live, board }, { about, question: question.into ?? number }, around.city);
    return [
      line,
      `  ${text}`,
      `  ${sms(text).parts} SMS; une autre personne valide: npm run live -- approuver ${live.id} ${questionName(number)} --de …`,
    ];
  });
}

/** As it goes out in French by SMS. */
export function messageOf(
  staged: { live: Live; board: Board },
  notice: Extract<Notice, { question: number }>,
  city: SavedLives['around']['city'],
): string {
  const text = noticeOf(staged, notice, 'fr', city);
  return notice.about === 'answer' ? `${text} ${phrase('fr', 'live.isUseful')}` : text;
}

export const accepting = command({
  name: 'accepter',
  takes: ' --titre "Réouverture du Leclerc?" [--titre tr="…"] [--sans-prenom]',
  allowed: ['titre', 'sans-prenom'],
  act: (board, [number], { titre, 'sans-prenom': nameless }, doer) =>
    accept(board, number, textsIn(titre), doer, { nameless }),
});

export const refusing = command({
  name: 'refuser',
  takes: ' --motif "…"',
  allowed: ['motif'],
  act: (board, [number], { motif = '' }, doer) => refuse(board, number, motif, doer),
});

export const grouping = command({
  name: 'grouper',
  takes: ' [--sans-prenom]',
  allowed: ['sans-prenom'],
  several: true,
  act: (board, [number, ...others], { 'sans-prenom': nameless }, doer) =>
    group(board, number, others, doer, { nameless }),
});

export const ungrouping = command({
  name: 'degrouper',
  takes: '',
  allowed: [],
  act: (board, [number], _values, doer) => ungroup(board, number, doer),
});

export const asking = command({
  name: 'posee',
  takes: '',
  allowed: [],
  act: (board, [number], _values, doer) => asked(board, number, doer),
});

export const answering = command({
  name: 'repondre',
  takes: ' --texte "…" [--texte tr="…"] [--minute 12:40]',
  allowed: ['texte', 'minute'],
  act: (board, [number], { texte, minute }, doer, live) =>
    answer(board, number, { answer: textsIn(texte) ?? {}, minute, longest: filmLasts(live) }, doer),
});
