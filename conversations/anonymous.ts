/**
 * Anonymous surveys (participation.md 2.3): once one has closed, what can be counted is cut from who answered, and
 * what they wrote stands apart from it, each text by itself.
 */
import type { Answer, AnswerSheet } from './events.ts';
import { inParis } from './hours.ts';
import { typeOf } from './questions.ts';
import type { Session } from './session.ts';
import type { Survey, SurveyShelf } from './survey.ts';

/** Stands in a counted answer for what was written. */
export const APART = '[à part]';

/** Something a resident wrote, without anything that says who or in answer to what else. */
export interface Words {
  survey: string;
  revision: number;
  question: string;
  kind: 'texte' | 'autre' | 'commentaire' | 'brut' | 'incompris' | 'lieu';
  text: string;
  language: string;
}

/** Whether the answers of this survey are nobody's any more, or will be tonight. The latest revision's day rules. */
export const isCut = (survey: Survey | undefined, now: Date): boolean =>
  survey?.anonymous === true && inParis(now).date > survey.closes;

/**
 * The session without the way it took through surveys that are cut: which questions were asked tells what was answered.
 * The same object where there is nothing to leave out.
 */
export function withoutWays(session: Session, surveys: SurveyShelf, now: Date): Session {
  const ways = Object.entries(session.ended).filter(
    ([key, { asked, tail }]) => (asked ?? tail) !== undefined && isCut(surveys.latest(key), now),
  );
  if (ways.length === 0) return session;
  const without = ways.map(([key, { asked: _, tail: __, ...rest }]) => [key, rest]);
  return { ...session, ended: { ...session.ended, ...Object.fromEntries(without) } };
}

/**
 * A sheet in its two parts. Counted: choices and numbers under the day, without the poster, the message ids and the
 * seconds, all of which could be laid beside a log. `survey` is the sheet's revision; without it every text is taken
 * for somebody's words.
 */
export function apart(
  sheet: AnswerSheet,
  survey: Survey | undefined,
): { counted: AnswerSheet; words: Words[] } {
  const { source: _, started, ended, ...facts } = sheet;
  const words: Words[] = [];
  const answers = Object.entries(sheet.answers).map(([id, answer]): [string, Answer] => {
    const question = survey?.questions.find((each) => each.id === id);
    const free = typeof answer.v === 'string' && (question ? typeOf(question).words === true : true);
    const said: [Words['kind'], string | undefined][] = [
      ['texte', free ? String(answer.v) : undefined],
      ['autre', answer.o],
      ['commentaire', answer.c],
      ['brut', answer.r],
      ...(answer.x ?? []).map((text): [Words['kind'], string] => ['incompris', text]),
      ['lieu', answer.p && `${answer.p.latitude}, ${answer.p.longitude}`],
    ];
    for (const [kind, text] of said)
      if (text !== undefined && text !== APART)
        words.push({
          survey: sheet.survey,
          revision: sheet.revision,
          question: id,
          kind,
          text,
          language: answer.l ?? sheet.language,
        });
    const { v, m, f, d } = answer;
    return [
      id,
      {
        ...(v !== undefined && { v: free ? APART : v }),
        ...(m && { m }),
        ...(f !== undefined && { f }),
        ...(d && { d }),
        t: 0,
      },
    ];
  });
  const counted: AnswerSheet = {
    ...facts,
    started: dayOf(started),
    ...(ended && { ended: dayOf(ended) }),
    answers: Object.fromEntries(answers),
  };
  return { counted, words };
}

/** A day stays the day that it is. */
const dayOf = (at: string): string => (at.includes('T') ? inParis(new Date(at)).date : at);
