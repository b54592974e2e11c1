/**
 * R6 and R9: an announcement to a thousand while the store throttles for a minute, and over the end of a day with clocks
 * that are wrong and workers that die. In memory, with the clock in the bench's hand; nobody twice, nobody left out.
 */
import { parisMoment } from '../../conversations/hours.ts';
import { MOST_SKEW, type Survived, skewed, throttled } from '../broadcast/hardships.ts';
import { aim, type Part, table } from './report.ts';

const DAYS: [string, string][] = [
  ['the clocks go forward', '2026-03-28'],
  ['Easter', '2026-04-04'],
  ['the clocks go back', '2026-10-24'],
  ['the end of the year', '2026-12-31'],
];

export const hardships: Part = async (quick) => {
  const residents = quick ? 60 : 1_000;
  const rows: [string, Survived][] = [];
  for (const share of [0.1, 0.5, 1])
    rows.push([
      `R6, ${100 * share} % of all calls throttled for a minute`,
      await throttled({ residents, share, seed: 3 }),
    ]);
  for (const [what, day] of DAYS)
    rows.push([
      `R9, ${what}, clocks wrong by up to ${MOST_SKEW / 60_000} min`,
      await skewed({ residents, at: parisMoment(day, '19:59'), seed: 5 }),
    ]);
  const wrong = rows.flatMap(([, each]) => each.wrong);
  if (wrong.length > 0) process.exitCode = 1;
  return [
    table(
      ['what', 'residents', 'faults', 'minutes from first to last', 'wrong'],
      rows.map(([what, { faults, took, wrong: bad }]) => [
        what,
        residents,
        faults,
        Math.ceil(took / 60_000),
        bad.length,
      ]),
    ),
    '',
    aim(
      `nobody twice, nobody left out, nobody after STOP or in quiet hours, got ${wrong.length}`,
      wrong.length === 0,
    ),
  ].join('\n');
};
