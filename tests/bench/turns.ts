/**
 * What a turn costs: ours pure and hosted, Botkit as documented, xstate with a persisted snapshot, a bare reducer.
 * All hold J03 word for word and must end with the same values.
 */
import { bundle, inTemporaryFolder, interleaved, run } from './children.ts';
import { aim, at, best, type Part, rounded, table, times } from './report.ts';
import { readDialogue } from './turns/dialogue.ts';

/** Program, how it is shown, bundled slim or not; Botkit comes whole where it is the peer, slim where it is our host. */
const SUBJECTS = {
  hand: [new URL('./turns/hand.ts', import.meta.url), 'bare reducer, state as JSON (floor)', true],
  actor: [
    new URL('./turns/xstate-actor.ts', import.meta.url),
    'xstate 5, snapshot persisted each turn',
    true,
  ],
  pure: [new URL('./turns/pure.ts', import.meta.url), '**our pure turn**, session as JSON', true],
  checked: [new URL('./turns/pure.ts', import.meta.url), 'our pure turn, session read with its schema', true],
  hosted: [
    new URL('./turns/hosted.ts', import.meta.url),
    '**our hosted turn**: signature to TwiML, store in memory',
    true,
  ],
  botkit: [new URL('./turns/botkit.ts', import.meta.url), 'Botkit 4.15 as documented', false],
} as const;
type Name = keyof typeof SUBJECTS;

export const turns: Part = (quick) =>
  inTemporaryFolder(async (folder) => {
    const dialogue = JSON.stringify(readDialogue());
    const [passes, rounds, least] = quick ? [1, 1, 1] : [5, 5, 200];
    const programs: Record<string, () => Promise<number[]>> = {};
    for (const [name, [entry, , slim]] of Object.entries(SUBJECTS)) {
      const file = await bundle(entry, folder, name, { slim });
      programs[name] = () => run<number[]>([file, name, dialogue, String(rounds), String(least)]);
    }
    const measured = await interleaved(passes, programs);
    const cost = (name: Name): number => best(at(measured, name).flat());
    const rows = (Object.keys(SUBJECTS) as Name[]).map((name) => [
      SUBJECTS[name][1],
      rounded(cost(name)),
      times(cost(name) / cost('pure')),
      times(cost(name) / cost('hosted')),
    ]);
    const pure = cost('botkit') / cost('pure');
    const hosted = cost('botkit') / cost('hosted');
    return [
      table(['engine', 'µs CPU a turn', 'to our pure turn', 'to our hosted turn'], rows),
      [
        aim(
          `our pure turn is at least 10 times cheaper than Botkit as documented: ${times(pure)}`,
          pure >= 10,
        ),
        aim(`our hosted turn is at least 2 times cheaper: ${times(hosted)}`, hosted >= 2),
      ].join('\n'),
    ].join('\n\n');
  });
