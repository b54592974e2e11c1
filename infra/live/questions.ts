/** `npm run live -- questions ID [--etat nouvelle|acceptee|posee|repondue|refusee]`: those nobody has looked at first, then by votes. */
import { headOf, questionName, questionState } from '../../conversations/live-board.ts';
import { normalise } from '../../conversations/understand/normalise.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { nameOf, type Question, questionsOf } from './questions-of.ts';
import { stateWords, votesWord } from './said.ts';
import { findLive, withLives } from './saved.ts';

const STATES = ['nouvelle', 'acceptee', 'posee', 'repondue', 'refusee'];
const USAGE = `usage: npm run live -- questions ID [--etat ${STATES.join('|')}]`;

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args, { etat: { type: 'string' } } as const, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  const wanted = values.etat === undefined ? undefined : normalise(values.etat);
  if (wanted !== undefined && !STATES.includes(wanted))
    throw new Refused(`--etat est ${STATES.join(', ')}, reçu « ${values.etat} »`);
  await withLives(async (saved) => {
    const { thing: live } = await findLive(saved, id);
    const { board, questions } = await questionsOf(saved, live);
    const shown = questions
      .filter(({ moderated }) => wanted === undefined || normalise(questionState(moderated)) === wanted)
      .sort(
        (a, b) =>
          order(a) - order(b) || b.votes - a.votes || headOf(board, a.number) - headOf(board, b.number),
      );
    for (const question of shown) console.log(lineOf(question));
    if (shown.length === 0) console.log('pas encore de question');
  });
}

const order = ({ moderated }: Question): number =>
  moderated === undefined ? 0 : { approved: 1, asked: 2, answered: 3, refused: 4 }[moderated.state];

/** "Q-77  acceptée, place 1  3 votes  « Réouverture du Leclerc? »  (fr, Nadia) Quand est ce que le Leclerc rouvre ?" */
export function lineOf(question: Question): string {
  const { number, asked, comment, moderated, votes } = question;
  const place = moderated?.place === undefined ? '' : `, place ${moderated.place}`;
  const title = moderated?.titles?.fr === undefined ? '' : `  « ${moderated.titles.fr} »`;
  const name = asked?.name === undefined ? [] : [`${oneLine(asked.name)}${nameNote(question)}`];
  const who = asked && `(${[asked.language, ...name].join(', ')})`;
  const text = asked
    ? `${who} ${oneLine(asked.text)}`
    : comment === undefined
      ? '(effacée)'
      : `(Facebook) ${oneLine(comment)}`;
  return `${questionName(number)}  ${stateWords(moderated)}${place}  ${votesWord(votes)}${title}  ${text}`;
}

/** Whether it will be said. */
const nameNote = (question: Question): string =>
  nameOf(question) !== undefined || question.moderated?.seen === undefined
    ? ''
    : question.moderated.nameless
      ? ': prénom enlevé'
      : ': prénom pas encore accepté';

/** Nothing that moves the cursor of a terminal or turns its letters around. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ');
