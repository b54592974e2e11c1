/** Lives as staff keep them: each with its journal, and its board, one item with a version. */
import { isOn, Live, type OnStage, overAt } from '../../conversations/live.ts';
import { Board, EMPTY } from '../../conversations/live-board.ts';
import type { Db } from './db.ts';
import { createJournal, type Journal } from './journal.ts';
import { keys, LIVES, liveActs } from './table.ts';

export interface KeptBoard {
  board: Board;
  /** 0 where nobody has looked at a question yet. */
  version: number;
}

export interface LiveStore extends Journal<Live> {
  board(number: number): Promise<KeptBoard>;
  /** False where another has changed it since: nothing was written. */
  writeBoard(number: number, before: KeptBoard, board: Board): Promise<boolean>;
  /** What residents may hear of, as it is now: those ahead, and those that ended lately. */
  staged(now: Date): Promise<OnStage[]>;
}

/** Those whose keywords open them now: no survey may have these. */
export async function livesOn(db: Db): Promise<Live[]> {
  const on: Live[] = [];
  for await (const { thing } of createLiveStore(db).list()) if (isOn(thing)) on.push(thing);
  return on;
}

/** As long as a resident may still speak of it. */
const LATELY = 60 * 86_400_000;

export function createLiveStore(db: Db): LiveStore {
  const journal = createJournal<Live>(db, {
    all: LIVES,
    key: keys.live,
    acts: liveActs,
    act: keys.liveAct,
    read: (data) => Live.parse(data),
  });
  const board: LiveStore['board'] = async (number) => {
    const item = await db.get(keys.liveBoard(number));
    return item
      ? { board: Board.parse(JSON.parse(String(item.board))), version: Number(item.version) }
      : { board: EMPTY, version: 0 };
  };
  return {
    ...journal,
    board,
    writeBoard: (number, { version }, changed) =>
      db.put(
        { ...keys.liveBoard(number), board: JSON.stringify(changed), version: version + 1 },
        version === 0
          ? { text: 'attribute_not_exists(pk)' }
          : {
              text: '#version = :before',
              names: { '#version': 'version' },
              values: { ':before': version },
            },
      ),
    async staged(now) {
      const all: OnStage[] = [];
      for await (const { thing: live } of journal.list())
        if (live.state !== 'draft' && overAt(live).getTime() > now.getTime() - LATELY)
          all.push({ live, board: isOn(live) ? (await board(live.number)).board : EMPTY });
      return all;
    },
  };
}
