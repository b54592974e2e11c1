/** What the city says first about a live, in one language: the link, a change, that it is off, what became of a question. */
import type { City } from './city.ts';
import { inParis } from './hours.ts';
import type { Live } from './live.ts';
import { type Board, groupOf, onBoard, questionName } from './live-board.ts';
import { wordsOf } from './live-words.ts';
import { local, phrase } from './phrase.ts';

export type Notice =
  | { about: 'link' | 'moved' | 'cancelled'; at: Date }
  | { about: 'answer' | 'refused'; question: number };

/** Empty where there is nothing to say: a question that is not on the board. */
export function noticeOf(
  { live, board }: { live: Live; board: Board },
  notice: Notice,
  language: string,
  city: City,
): string {
  const words = wordsOf({ language, city }, { live });
  switch (notice.about) {
    case 'link': {
      // The evening before it says which day.
      const today = inParis(notice.at).date === live.at.slice(0, 10);
      return phrase(language, today ? 'live.link' : 'live.linkLater', words);
    }
    case 'moved':
      return phrase(language, 'live.moved', words);
    case 'cancelled': {
      const why = live.cancelled?.why;
      return phrase(language, 'live.off', { ...words, why: why ? ` (${local(why, language)})` : '' });
    }
    case 'answer':
      return answerText(live, board, notice.question, language);
    case 'refused':
      return phrase(language, 'live.refused', {
        number: namesOf(board, notice.question).join(', '),
        reason: onBoard(board, notice.question)?.reason ?? '',
      });
  }
}

/** More numbers than this say nothing to anyone: then the title alone does. */
const MOST_NAMES = 3;
const namesOf = (board: Board, question: number): string[] => groupOf(board, question).map(questionName);

/** "Q-77 Réouverture du Leclerc: le 15 juin. Revoir: minute 12:40 de la vidéo. fb.example/v/1" */
export function answerText(
  { replay }: Pick<Live, 'replay'>,
  board: Board,
  question: number,
  language: string,
): string {
  const { titles, answer, minute } = onBoard(board, question) ?? {};
  if (!answer) return '';
  const names = namesOf(board, question);
  const title = local(titles ?? {}, language).replace(/[\s?!.؟？。]+$/u, '');
  const about = [...(names.length <= MOST_NAMES ? [names.join(', ')] : []), title].filter(Boolean).join(' ');
  const where = minute === undefined ? [] : [phrase(language, 'live.replay', { minute })];
  return [`${about}: ${ended(local(answer, language))}`, ...where, ...(replay ? [replay] : [])].join(' ');
}

const ended = (text: string): string =>
  /[.!?؟۔।。！？]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`;
