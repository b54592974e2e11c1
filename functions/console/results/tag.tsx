/** The form that gives a text its tags, and what becomes of it. */
import { createHash } from 'node:crypto';
import type { Answer } from '../../runtime/http.ts';
import { Button, type Faults, Field, Form } from '../forms.tsx';
import { type Asked, NotThere, type Page, seeOther } from '../page.ts';
import { may } from '../roles.ts';
import { type Said, textOf, type Wanted } from './texts.ts';

const MOST_TAGS = 5;
const MOST_LETTERS = 40;

/** The field of a text's tags: one a text, since each needs an id of its own on the page. */
export const fieldOf = (name: string): string => `etiquettes-${name}`;
export const anchorOf = (name: string): string => `texte-${name}`;
/** How a tag stands in an address, which servers write down. */
export const idOf = (tag: string): string => createHash('sha256').update(tag).digest('hex').slice(0, 12);

/** Tags as they are kept, in lower case and each once; or what is wrong with them. */
export function readTags(typed: string): { tags: string[] } | { fault: string } {
  const tags = [
    ...new Set(
      typed
        .normalize('NFC')
        .replace(/\p{C}/gu, ' ')
        .split(/[,;،、，]/)
        .map((tag) => tag.trim().replace(/\s+/g, ' ').toLocaleLowerCase('fr'))
        .filter((tag) => tag !== ''),
    ),
  ];
  const long = tags.find((tag) => [...tag].length > MOST_LETTERS);
  if (long !== undefined)
    return {
      fault: `« ${long} » a ${[...long].length} lettres : une étiquette en a ${MOST_LETTERS} au plus.`,
    };
  if (tags.length > MOST_TAGS)
    return { fault: `Il y a ${tags.length} étiquettes : gardez-en ${MOST_TAGS} au plus.` };
  return { tags };
}

export function TagForm({
  said: { name, tags, version },
  action,
  query,
  typed,
  faults,
}: {
  said: Said;
  action: string;
  /** What the page shows now: the form comes back to it. */
  query: URLSearchParams;
  typed?: string | undefined;
  faults: Faults;
}) {
  const field = fieldOf(name);
  return (
    <details open={faults[field] !== undefined}>
      <summary>{tags.length === 0 ? 'Étiqueter' : 'Changer les étiquettes'}</summary>
      <Form action={action}>
        <input type="hidden" name="texte" value={name} />
        <input type="hidden" name="version" value={version} />
        {[...query].map(([key, value]) => (
          <input type="hidden" name={key} value={value} />
        ))}
        <Field
          name={field}
          label="Étiquettes"
          hint={`Séparées par des virgules, ${MOST_TAGS} au plus. Jamais le nom de quelqu’un.`}
          value={typed ?? tags.join(', ')}
          faults={faults}
          attributes={{ autocomplete: 'off' }}
        />
        <Button quiet>Enregistrer</Button>
      </Form>
    </details>
  );
}

export interface Refused {
  name: string;
  typed: string;
  fault: string;
  status: 409 | 422;
}

/** `shown`: the same page with what was typed, and what is wrong with it. */
export async function tagText(
  { deps, agent, form, note }: Asked,
  wanted: Wanted,
  address: string,
  shown: (refused: Refused) => Promise<Page>,
): Promise<Page | Answer> {
  // A contractor writes surveys, and reads no resident.
  if (!may(agent.role, 'words.read')) throw new NotThere();
  const name = form.get('texte') ?? '';
  const typed = form.get(fieldOf(name)) ?? '';
  const said = NAME.test(name) ? await textOf(deps, wanted, name) : undefined;
  if (!said) throw new NotThere();
  const read = readTags(typed);
  if ('fault' in read) return shown({ name, typed, fault: read.fault, status: 422 });
  const moved = (): Promise<Page> => shown({ name, typed, fault: MOVED, status: 409 });
  if (form.get('version') !== said.version) return moved();
  const { key } = wanted.survey;
  const text = { survey: key, name, question: wanted.question };
  const { tags } = read;
  if (!(await deps.tags.set(text, { tags, language: said.language }, said.tags))) return moved();
  // Who takes a text back takes its tags along; a moment ago there were none to take.
  const now = await textOf(deps, wanted, name);
  if (JSON.stringify(now?.parts) !== JSON.stringify(said.parts)) {
    await deps.tags.untag(key, name, [wanted.question]);
    if (!now) throw new NotThere();
    return moved();
  }
  await note('texte étiqueté', `${key} ${wanted.question}`);
  const { headers, ...answer } = seeOther(address, tags.length === 0 ? 'sans' : 'etiquete');
  return { ...answer, headers: { ...headers, location: `${headers?.location}#${anchorOf(name)}` } };
}

/** Pseudonyms and random names alike. */
export const NAME = /^[\w-]{1,64}$/;
const MOVED = 'Ce texte ou ses étiquettes viennent de changer. Relisez-le, puis enregistrez de nouveau.';
