/** A live on a Thursday evening, and the questions that have been accepted for it. */

import { parisMoment } from '../../conversations/hours.ts';
import { type Live, type LiveDraft, type OnStage, readLive } from '../../conversations/live.ts';
import { liveOf } from '../../conversations/live-acts.ts';
import { accept, type Board, EMPTY } from '../../conversations/live-board.ts';
import type { World } from '../../conversations/moment.ts';
import { localWorld } from '../../infra/local/city.ts';

export const liveDraft = (more: Partial<LiveDraft> = {}): LiveDraft =>
  readLive(
    {
      subject: {
        fr: 'travaux du bas Clichy',
        tr: 'Bas Clichy çalışmaları',
        ar: 'أشغال كليشي',
        ta: 'கிளிஷி பணிகள்',
      },
      at: '2026-11-26T19:00',
      until: '2026-11-26T12:00',
      link: 'fb.example/live',
      keyword: 'TRAVAUX',
      ...more,
    },
    'under test',
  );

export const liveUnderTest = (more: Partial<Live> = {}): Live => ({
  ...liveOf(liveDraft(), 'L-2026-001', 1, 'agent@exemple'),
  state: 'open',
  ...more,
});

export const CHIEF = { by: 'chef@exemple', now: parisMoment('2026-11-23', '09:00') };

const TITLES: [number, Record<string, string>][] = [
  [
    501,
    {
      fr: 'Réouverture du Leclerc?',
      tr: 'Leclerc açılacak mı?',
      ar: 'فتح لوكلير؟',
      ta: 'Leclerc திறக்குமா?',
    },
  ],
  [502, { fr: 'Bus 601 le soir?', tr: 'Akşam 601?', ar: 'حافلة 601 مساء؟', ta: 'மாலை 601 பஸ்?' }],
  [503, { fr: 'Relogement tour B?', tr: 'B kulesi?', ar: 'إسكان البرج B؟', ta: 'B கோபுரம்?' }],
  [504, { fr: 'Place de parking?', tr: 'Park yeri?', ar: 'موقف سيارات؟', ta: 'பார்க்கிங்?' }],
];

/** Places 1 to `count`, of the questions 501, 502, … */
export function boardOf(count = TITLES.length): Board {
  let board = EMPTY;
  for (let index = 0; index < count; index += 1) {
    const [number, titles] = TITLES[index] ?? [501 + index, { fr: `Titre de la question ${index + 1}` }];
    const acted = accept(board, number, titles, CHIEF);
    if ('refused' in acted) throw new Error(acted.refused);
    board = acted.board;
  }
  return board;
}

export const staged = (more: Partial<Live> = {}, board = boardOf()): OnStage => ({
  live: liveUnderTest(more),
  board,
});

export const liveWorld = (...lives: OnStage[]): World => ({
  ...localWorld(),
  lives: lives.length > 0 ? lives : [staged()],
});
