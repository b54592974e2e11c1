/**
 * What a turn costs: ours pure and hosted, Botkit as documented, XState with a persisted snapshot, a bare reducer.
 * All hold J03 word for word and must end with the same values.
 */
import { bundle, inTemporaryFolder, interleaved, run } from './children.ts';
import { aim, at, best, type Part, rounded, table, times } from './report.ts';
import { readDialogue } from './turns/dialogue.ts';

const HAND = new URL('./turns/hand.ts', import.meta.url);
const ACTOR = new URL('./turns/xstate-actor.ts', import.meta.url);
const PURE = new URL('./turns/pure.ts', import.meta.url);
const HOSTED = new URL('./turns/hosted.ts', import.meta.url);
const BOTKIT = new URL('./turns/botkit.ts', import.meta.url);

/** Program, how it is shown, bundled slim or not: Botkit comes whole where it is the peer, slim where it is our host. */
const SUBJECTS = {
  hand: [HAND, 'bare reducer by hand, JSON state (the floor)', true],
  actor: [ACTOR, 'XState 5 actor, snapshot persisted every turn', true],
  pure: [PURE, '**our turn**: JSON state, engine, SMS shaping', true],
  checked: [PURE, 'the same, the stored session checked with zod', true],
  unhosted: [HOSTED, 'our webhook without Botkit', true],
  hosted: [HOSTED, '**our webhook**: signature, form, store in memory, slim Botkit, turn, TwiML', true],
  botkit: [BOTKIT, 'Botkit 4.15 as documented, MemoryStorage', false],
} as const;
type Name = keyof typeof SUBJECTS;

const PURE_AIM = 10;
const HOSTED_AIM = 2;
const XSTATE_AIM = 1.5;
/** Milliseconds of CPU a round takes at least: in less, the webhook is still being compiled. */
const ROUND = 500;

export const turns: Part = (quick) =>
  inTemporaryFolder(async (folder) => {
    const dialogue = JSON.stringify(readDialogue());
    const [passes, rounds, least] = quick ? [1, 1, 1] : [4, 5, ROUND];
    const names = Object.keys(SUBJECTS) as Name[];
    const programs: Record<string, () => Promise<number[]>> = {};
    for (const name of names) {
      const [entry, , slim] = SUBJECTS[name];
      const file = await bundle(entry, folder, name, { slim });
      programs[name] = () => run([file, name, dialogue, String(rounds), String(least)]);
    }
    const measured = await interleaved(passes, programs);
    const cost = (name: Name): number => best(at(measured, name).flat());
    const pure = cost('botkit') / cost('pure');
    const hosted = cost('botkit') / cost('hosted');
    const actor = cost('actor') / cost('pure');
    return [
      table(
        ['engine', 'µs CPU a turn', 'Botkit as documented takes'],
        names.map((name) => [SUBJECTS[name][1], rounded(cost(name)), times(cost('botkit') / cost(name))]),
      ),
      '',
      aim(
        `our turn at least ${PURE_AIM}x cheaper than Botkit as documented, got ${times(pure)}`,
        pure >= PURE_AIM,
      ),
      aim(`our webhook at least ${HOSTED_AIM}x cheaper, got ${times(hosted)}`, hosted >= HOSTED_AIM),
      aim(`our turn at least ${XSTATE_AIM}x cheaper than XState, got ${times(actor)}`, actor >= XSTATE_AIM),
    ].join('\n');
  });
