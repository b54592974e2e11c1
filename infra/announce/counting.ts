/** What counting an audience needs, over the store that a command has reached. */
import type { CountDeps } from '../../functions/runtime/count-audience.ts';
import type { Carriers } from '../../functions/runtime/route.ts';
import { createListStore } from '../../functions/store/lists.ts';
import { createLiveRows } from '../../functions/store/live-rows.ts';
import { createLiveStore } from '../../functions/store/lives.ts';
import { createSeatStore } from '../../functions/store/seats.ts';
import { createTurnStore } from '../../functions/store/turns.ts';
import type { Saved } from './saved.ts';

/** Who carries what, as `functions/runtime/providers.ts` has it where SNS does not stand in. */
const CARRIERS: Carriers = { sms: ['twilio'], whatsapp: ['twilio'], messenger: ['meta'] };

export const counting = ({ city, db, world, now }: Saved): CountDeps => ({
  db,
  lists: createListStore(db),
  seats: createSeatStore(db),
  lives: createLiveStore(db),
  liveRows: createLiveRows(db, city.notice.messageDays),
  turns: createTurnStore(db),
  carriers: CARRIERS,
  world,
  now: () => now,
});
