/**
 * Our turn without its host: the session out of JSON, the engine, the reply shaped for SMS, JSON again. `checked`
 * reads the session with its schema besides, as the store does.
 */
import { createEngine } from '../../../conversations/engine.ts';
import type { AnswerSheet } from '../../../conversations/events.ts';
import { newSession, Session } from '../../../conversations/session.ts';
import { sms } from '../../../conversations/shape.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { type Dialogue, valuesOf } from './dialogue.ts';
import { program, type Subject } from './program.ts';

const START = Date.parse('2026-11-23T09:00:00.000Z');

interface Job {
  state: string;
  sheet?: AnswerSheet;
}

const ours =
  (read: (state: string) => Session) =>
  ({ said }: Dialogue): Subject<Job> => {
    const engine = createEngine(localWorld());
    return {
      prepare: (count) =>
        Array.from({ length: count }, (_, index) => ({ state: JSON.stringify(newSession(`r${index}`)) })),
      hold(job) {
        const heard: string[] = [];
        let at = START;
        for (const text of said) {
          at += 10_000;
          const event = { type: 'said', id: `e${at}`, channel: 'sms', text } as const;
          const { session, effects } = engine(read(job.state), event, new Date(at));
          job.state = JSON.stringify(session);
          for (const effect of effects)
            if (effect.type === 'say') heard.push(sms(effect.text).text);
            else if (effect.type === 'record') job.sheet = effect.sheet;
        }
        return heard;
      },
      values: (job) => valuesOf(job.sheet as AnswerSheet),
    };
  };

program({
  pure: ours((state) => JSON.parse(state)) as never,
  checked: ours((state) => Session.parse(JSON.parse(state))) as never,
});
