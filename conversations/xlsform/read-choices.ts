/** The choices sheet: lists by name. A list is checked when a question uses it, and once. */
import { Option } from '../questions/type.ts';
import type { Choice } from './lists.ts';
import { type Context, readTexts, refuseMedia } from './read-context.ts';
import type { Row, Table } from './sheet.ts';
import type { Cell } from './workbook.ts';

export interface Lists {
  /** Nothing where there is no such list. */
  take(name: string): Choice[] | undefined;
  /** The rows of a list. */
  rows(name: string): Row[];
  names: string[];
  /** Says which lists no question uses. Called when all questions are read. */
  sayUnused(): void;
}

/** Everything about a choice in one cell, where a column of ours cannot be a column of a sheet. */
export const PACKED = 'porte_voix';
const MOST = 500;

export function readChoices(table: Table, context: Context): Lists {
  const rows = new Map<string, Row[]>();
  const taken = new Map<string, Choice[]>();
  for (const row of table.rows) {
    const list = row.get('list_name')?.value;
    if (list) rows.set(list, [...(rows.get(list) ?? []), row]);
    else if (row.get('name') ?? Object.values(row.texts('label'))[0])
      context.findings.notice(row.place('list_name'), 'choix sans nom de liste, laissé de côté');
  }
  return {
    names: [...rows.keys()],
    rows: (name) => rows.get(name) ?? [],
    take(name) {
      const found = rows.get(name);
      if (!found) return undefined;
      const choices = taken.get(name) ?? readList(found, context);
      taken.set(name, choices);
      return choices;
    },
    sayUnused() {
      for (const [name, [first]] of rows)
        if (first && !taken.has(name))
          context.findings.notice(
            first.place('list_name'),
            `aucune question n'utilise la liste « ${name} »: elle n'est pas reprise`,
          );
    },
  };
}

function readList(rows: Row[], context: Context): Choice[] {
  const { findings } = context;
  const seen = new Map<string, Cell>();
  const choices = rows.flatMap((row): Choice[] => {
    refuseMedia(row, context);
    const name = row.get('name');
    const label = readTexts(row, 'label', context);
    if (!name)
      findings.fault(row.place('name'), 'le nom du choix manque', 'des lettres, des chiffres, _ . et -');
    else if (!Option.shape.id.safeParse(name.value).success)
      findings.fault(
        name,
        "ce nom de choix n'est pas possible",
        'des lettres sans accent, des chiffres, _ . et -, sans espace; un chiffre ou une lettre devant',
      );
    else if (seen.has(name.value))
      findings.fault(
        name,
        `ce choix est déjà en ${seen.get(name.value)?.at}`,
        'chaque nom une seule fois dans une liste',
      );
    if (!label) findings.fault(row.place('label'), 'le texte du choix manque', 'un texte dans label');
    if (!name || !label) return [];
    seen.set(name.value, name);
    const typed = row.get('sms_option')?.value;
    const columns = columnsOf(row);
    return [{ id: name.value, label, ...(typed && { typed }), ...(columns && { columns }) }];
  });
  if (choices.length > MOST)
    findings.fault(
      (rows[MOST] as Row).place('name'),
      `la liste a ${choices.length} choix`,
      `${MOST} choix au plus`,
    );
  return choices;
}

function columnsOf({ extra }: Row): Record<string, string> | undefined {
  const columns = extra
    .filter(({ column }) => column !== PACKED)
    .map(({ column, value }) => [column, value] as const);
  const packed = extra.find(({ column }) => column === PACKED);
  const more = packed ? unpacked(packed.value) : undefined;
  return columns.length > 0 || more ? { ...Object.fromEntries(columns), ...more } : undefined;
}

/** Somebody may have written anything into that cell. */
function unpacked(text: string): Record<string, string> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return Option.shape.columns.parse(data);
  } catch {
    return undefined;
  }
}
