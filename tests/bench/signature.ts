/** Who is speaking: what the checks of one webhook cost, so that nobody is tempted to leave one out. */
import { bundle, inTemporaryFolder, run } from './children.ts';
import { at, best, type Part, rounded, table } from './report.ts';

const WHAT: Record<string, string> = {
  sdk: "Twilio SDK's validateRequest",
  isSigned: '**isSigned**, as the webhook calls it',
  rotated: 'isSigned while a token is rotated: the second one fits',
  refused: 'isSigned of a wrong signature',
  form: 'reading the form',
  pseudonym: 'HMAC of an address: its pseudonym',
};

export const signature: Part = (quick) =>
  inTemporaryFolder(async (folder) => {
    const entry = new URL('./signature/program.ts', import.meta.url);
    const file = await bundle(entry, folder, 'signature', { slim: true });
    const [rounds, checks] = quick ? [1, 100] : [15, 10_000];
    const measured = await run<Record<string, number[]>>([file, String(rounds), String(checks)]);
    return table(
      ['check', 'µs CPU'],
      Object.entries(WHAT).map(([name, what]) => [what, rounded(best(at(measured, name)))]),
    );
  });
