/**
 * The surveys there are, shipped and saved, as an instance knows them: read from the store when it starts, and what
 * was saved since once in a while. A turn never fails for want of news; it does where nothing was ever read, or where
 * its resident stands in a revision that nobody here knows.
 */
import type { Session } from '../../conversations/session.ts';
import { type SurveyShelf, surveyShelf } from '../../conversations/survey.ts';
import { nameOf, type SurveyLog } from '../store/survey-log.ts';
import { describe, type Log } from './log.ts';

/** Seconds: a survey that was saved is there within a minute, for one read a minute and instance. */
export const REFRESH_EVERY = 60;

export interface LiveShelf {
  /** What is known now. Each refresh that brings something makes a new one. */
  current(): SurveyShelf;
  /** Before a turn: what was read too long ago is read again. Throws only where the turn must wait. */
  ready(session?: Session): Promise<void>;
  /** Reads what is new at once. Throws where the store does. */
  refresh(): Promise<void>;
}

interface Parts {
  shipped: SurveyShelf;
  saved: Pick<SurveyLog, 'since'>;
  now(): Date;
  /** Seconds. */
  every?: number;
  log: Log;
}

export function createLiveShelf({ shipped, saved, now, every = REFRESH_EVERY, log }: Parts): LiveShelf {
  let shelf = shipped;
  let last = 0;
  let loaded = false;
  let looked = 0;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const surveys = new Map(shelf.every().map((survey) => [nameOf(survey), survey]));
    let reached = last;
    for await (const { number, name, survey } of saved.since(last)) {
      reached = number;
      // Saved by a later version, during a roll-out or after a way back: the others are there all the same.
      if (!survey) log.error('survey-unreadable', { survey: name });
      // Residents are in the saved one.
      else surveys.set(nameOf(survey), survey);
    }
    if (reached > last) shelf = surveyShelf([...surveys.values()]);
    last = reached;
    loaded = true;
    looked = now().getTime();
  };
  const refresh = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const isOld = (): boolean => {
    const age = now().getTime() - looked;
    return !loaded || age >= every * 1000 || age < 0;
  };
  return {
    current: () => shelf,
    refresh,
    async ready(session) {
      if (isOld())
        try {
          await refresh();
        } catch (error) {
          if (!loaded) throw error;
          looked = now().getTime();
          log.error('surveys-unrefreshed', describe(error));
        }
      if (session && pins(session).some(({ key, revision }) => !shelf.get(key, revision))) await refresh();
    },
  };
}

/** What the turn goes on with: to begin it without its survey would end it. */
const pins = ({ survey, amend }: Session): { key: string; revision: number }[] => [
  ...(survey ? [survey] : []),
  ...(amend ? [{ key: amend.survey, revision: amend.revision }] : []),
];
