/** `npm run contacts -- list add ID --nom … --but … --base consentement --par …`: a list of staff's own. */
import { defineList } from '../../functions/runtime/city-lists.ts';
import { StaffList } from '../../functions/store/lists.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { withStore } from './of-city.ts';

const USAGE = `usage: npm run contacts -- list add ID --nom NOM --but "à quoi elle sert" --base interet|consentement --par SERVICE [--simple]
  --base    interet: mission d'intérêt public; consentement: accord de la personne
  --simple  une question simple par message (aînés)`;

const BASES = { interet: 'interest', consentement: 'consent' } as const;

/** What is allowed, by the field that is wrong. */
const ALLOWED: Record<string, string> = {
  id: 'identifiant: 2 à 30 lettres minuscules sans accent, chiffres ou tirets, une lettre en tête',
  name: '--nom: 1 à 60 caractères',
  purpose: '--but: 1 à 300 caractères',
  by: '--par: 1 à 60 caractères',
};

export async function run(args: string[]): Promise<void> {
  const asked = readCommand(args);
  await withStore(async (deps) => {
    const read = StaffList.safeParse({ ...asked, at: deps.now().toISOString() });
    if (!read.success) {
      const fields = new Set(read.error.issues.map(({ path }) => String(path[0])));
      throw new Refused([...fields].map((field) => ALLOWED[field] ?? field).join('\n'));
    }
    const list = read.data;
    if (!(await defineList(deps, list)))
      throw new Refused(
        `la liste « ${list.id} » existe déjà et ne change plus: ce que les gens ont accepté est ce qu'elle dit`,
      );
    console.log(`liste « ${list.id} » créée: ${list.name}`);
  });
}

function readCommand(args: string[]): Omit<StaffList, 'at'> {
  const text = { type: 'string' } as const;
  const options = { nom: text, but: text, base: text, par: text, simple: { type: 'boolean' } } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [verb, id] = positionals;
  const { nom: name, but: purpose, base = '', par: by } = values;
  const basis = Object.hasOwn(BASES, base) ? BASES[base as keyof typeof BASES] : undefined;
  if (verb === 'add' && id && positionals.length === 2 && name && purpose && basis && by)
    return { id, name, purpose, basis, by, ...(values.simple && { plain: true as const }) };
  throw new Refused(USAGE);
}
