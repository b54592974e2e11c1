/**
 * `npm run announce -- essai ID --a NUMERO --de QUI`: the announcement to somebody of staff's, marked « [essai] », as it
 * stands now. Only to who is on the list « essais », for which they said yes; their number is printed nowhere.
 */
import { TEST_LIST } from '../../conversations/audience.ts';
import { parseNumber } from '../../functions/channels/numbers.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { MOST_TESTS, tryOut, whyNotTried } from '../../functions/runtime/try-out.ts';
import { personOf } from '../command/person.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { withDeps } from '../local/with-deps.ts';
import { find } from './saved.ts';

const USAGE = 'usage: npm run announce -- essai ID --a NUMERO --de QUI';

export async function run(args: string[]): Promise<void> {
  const { id, a, de } = read(args);
  const by = personOf(de);
  if (process.env.TABLE)
    throw new Refused(
      "l'essai part de la machine où tourne le service (DATA_DIR): ailleurs, les clés des adresses ne sont pas là",
    );
  const announcement = await withDeps(process.env.DATA_DIR ?? '.data', async (deps) => {
    const { announcements } = announcing(deps);
    const kept = await find({ announcements }, id);
    const number = parseNumber(a, { region: 'FR', fiction: deps.world.city.example });
    if (!('e164' in number)) throw new Refused('--a est un numéro de téléphone, comme 06 12 34 56 78');
    const over = whyNotTried(kept.announcement);
    if (over) throw new Refused(over);
    const said = await tryOut(deps, kept.announcement, `sms:${number.e164}`, by);
    if (said === 'too-often')
      throw new Refused(
        `« ${by} » a envoyé ${MOST_TESTS} essais en une heure: rien n'est parti. Recommencez dans l'heure qui vient`,
      );
    if (said === 'not-a-tester')
      throw new Refused(
        `ce numéro n'est pas sur la liste « ${TEST_LIST} », ou a dit STOP: rien n'est parti. Un essai ne va qu'à qui l'a accepté: npm run contacts -- list add ${TEST_LIST} …, puis importez ce contact avec la preuve de son accord`,
      );
    await announcements.write(kept, kept.announcement, { by, what: 'essai', at: deps.now() });
    return kept.announcement;
  });
  console.log(
    `essai de ${announcement.id}: il part dans les deux minutes, à toute heure, si le service tourne; il n'entre ni dans le compte de la semaine ni dans le bilan`,
  );
}

function read(args: string[]): { id: string; a: string; de?: string } {
  const options = { a: { type: 'string' }, de: { type: 'string' } } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0 || !values.a) throw new Refused(USAGE);
  return { id, ...values, a: values.a };
}
