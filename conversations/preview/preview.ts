/**
 * A survey played before anybody receives it: on each channel, in each of its languages, along each way through it.
 * Owns what is played; how it looks is `transcript.ts`'s and `functions/preview/`'s.
 */
import type { City } from '../city.ts';
import { Channel } from '../events.ts';
import type { Question } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { type Branches, branchesOf } from './branches.ts';
import { type Cost, costOf, type Range, rangeOf } from './cost.ts';
import { explore } from './explore.ts';
import { notReached, type Path, pathsThrough, walkAlong } from './paths.ts';
import { type Begins, createPlayer, type Line, playedAt } from './walk.ts';

export interface Dialogue {
  path: Path;
  lines: Line[];
  strayed: Question[];
  cost: Cost;
}

/** Every path on one channel in one language, with what a completed survey costs there. */
export interface Scene {
  channel: Channel;
  language: string;
  dialogues: Dialogue[];
  range: Range;
  /** Answered elsewhere, but not on this channel or in this language. */
  strayed: Question[];
}

export interface Preview {
  survey: Survey;
  city: City;
  begins: Begins;
  /** When it is played: now, or the first day it is open where it is not. */
  at: Date;
  isOpen: boolean;
  paths: Path[];
  scenes: Scene[];
  branches: Branches;
  notReached: Question[];
  /** Nothing we know to say is taken as an answer to these. */
  notAnswered: Question[];
  /** There are more combinations of answers than were tried. */
  bounded: boolean;
}

export const CHANNELS = Channel.options;

/** The language whose texts are all there. */
const baseOf = ({ base, languages }: Survey): string =>
  base ?? (languages.includes('fr') ? 'fr' : (languages[0] as string));

/** `languages` and `channels` are all of them where nothing is said. */
export function previewSurvey({
  survey,
  city,
  now,
  begins = 'keyword',
  languages = survey.languages,
  channels = CHANNELS,
}: {
  survey: Survey;
  city: City;
  now: Date;
  begins?: Begins;
  languages?: string[];
  channels?: readonly Channel[];
}): Preview {
  const at = playedAt(survey, now);
  const player = (channel: Channel, language: string) =>
    createPlayer({ city, survey, language, channel, begins, now: at });
  const explored = explore(survey, player('sms', baseOf(survey)));
  const { paths, all } = pathsThrough(explored);
  const scenes = channels.flatMap((channel) =>
    languages.map((language) => {
      const dialogues = paths.map((path) => {
        const { lines, strayed } = walkAlong(player(channel, language), path);
        return { path, lines, strayed, cost: costOf(lines, city) };
      });
      const strayed = [...new Set(dialogues.flatMap((dialogue) => dialogue.strayed))].filter(
        ({ id }) => !explored.unanswered.has(id),
      );
      return { channel, language, dialogues, strayed, range: rangeOf(dialogues.map(({ cost }) => cost)) };
    }),
  );
  return {
    survey,
    city,
    begins,
    at,
    isOpen: at.getTime() === now.getTime(),
    paths,
    scenes,
    branches: branchesOf(survey, explored),
    notReached: notReached(survey, paths),
    notAnswered: survey.questions.filter(({ id }) => explored.unanswered.has(id)),
    bounded: explored.bounded || !all,
  };
}
