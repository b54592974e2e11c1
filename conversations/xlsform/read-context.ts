/** What reading one part of a form needs to know of the others, and how texts and formulas are read everywhere. */
import { FormulaError } from '../expression/tokens.ts';
import { namesIn, parseFormula } from '../expression.ts';
import type { Texts } from '../questions/type.ts';
import { languageInFrench } from './languages.ts';
import type { Reading, Row } from './sheet.ts';
import type { Cell } from './workbook.ts';

export interface Context extends Reading {
  /** The survey's languages. */
  languages: string[];
  /** What formulas and texts may name: questions and calculations. */
  names: Set<string>;
  /** What the device would have written, by name: start, today, deviceid… */
  left: Set<string>;
}

const REFERENCE = /\$\{([^}]*)\}/g;

/**
 * The texts of a row, with the default language always there: where it is missing another stands in for it, and that
 * is said. Nothing where there is no text at all.
 */
export function readTexts(row: Row, column: string, context: Context): Texts | undefined {
  const { findings, base, languages } = context;
  const cells = row.texts(column);
  const there = Object.keys(cells);
  const [first] = there;
  if (!first) return undefined;
  const texts = Object.fromEntries(Object.entries(cells).map(([code, { value }]) => [code, value]));
  for (const cell of Object.values(cells)) checkReferences(cell, context);
  if (!(base in texts)) {
    const instead = languages.find((code) => code in texts) ?? first;
    texts[base] = texts[instead] as string;
    findings.notice(
      cells[instead] as Cell,
      `pas de texte en ${languageInFrench(base)}: celui en ${languageInFrench(instead)} est repris`,
    );
  }
  const missing = languages.filter((code) => !(code in texts));
  if (missing.length > 0)
    findings.notice(
      row.place(column),
      `pas de traduction en ${missing.map(languageInFrench).join(', ')}: le texte en ${languageInFrench(base)} la remplace`,
    );
  return texts;
}

function checkReferences(cell: Cell, context: Context): void {
  for (const [, name = ''] of cell.value.matchAll(REFERENCE)) checkName(cell, name.trim(), context);
}

function checkName(cell: Cell, name: string, { names, left, findings }: Context): void {
  if (names.has(name)) return;
  if (left.has(name))
    findings.fault(
      cell,
      `« \${${name}} » est écrit par l'appareil et n'est pas recueilli ici`,
      'le nom d’une question',
    );
  else
    findings.fault(
      cell,
      `« \${${name}} » n'est le nom d'aucune question`,
      'le nom d’une question du formulaire',
    );
}

const PROBLEMS: Record<string, string> = {
  'this function is not available': "cette fonction n'est pas disponible",
  'a value is missing': 'il manque une valeur',
  'nested too deep': 'trop de parenthèses',
};

/** What may stand there, said in words: names and signs are the same in each language. */
const ALLOWED: [said: RegExp, french: string][] = [
  [
    /^a number, a quoted text, an answer, \. or a function$/,
    "un nombre, un texte entre ', une réponse ${nom}, . ou une fonction",
  ],
  [
    /^numbers, quoted texts, answers as in \$\{name\}, /,
    "des nombres, des textes entre ', des réponses ${nom}, ",
  ],
  [/^at most (\d+) levels$/, '$1 niveaux au plus'],
  [/^(.+) of them$/, '$1 valeurs'],
];
const inFrench = (allowed: string): string =>
  ALLOWED.reduce((text, [said, french]) => text.replace(said, french), allowed);

/** What a kind of formula may look at beside answers: `.` a constraint, the columns of its choices a filter. */
export interface Sight {
  self?: true;
  columns?: Set<string>;
}

/** A formula as it is written, where every part of it can be worked out. */
export function readFormula(
  cell: Cell | undefined,
  context: Context,
  { self, columns }: Sight = {},
): string | undefined {
  if (!cell) return undefined;
  const { findings } = context;
  try {
    const found = namesIn(parseFormula(cell.value));
    for (const name of found.answers) checkName(cell, name, context);
    if (found.self && !self)
      findings.fault(
        cell,
        '« . » est la réponse à la question même: seule une contrainte la connaît',
        '${nom} pour une réponse',
      );
    for (const name of found.columns)
      if (!columns)
        findings.fault(
          cell,
          `« ${name} » n'est ni une réponse ni un texte`,
          `\${${name}} pour une réponse, '${name}' pour un texte`,
        );
      else if (!columns.has(name))
        findings.fault(cell, `aucun choix de la liste n'a de colonne « ${name} »`, listed(columns));
    return cell.value;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const problem = PROBLEMS[error.problem] ?? 'formule illisible';
    const got = error.got ? `: « ${error.got.replace(/^"|"$/g, '')} »` : '';
    findings.fault(cell, `${problem} (caractère ${error.position + 1}${got})`, inFrench(error.allowed));
    return undefined;
  }
}

const listed = (columns: Set<string>): string =>
  columns.size === 0
    ? 'une colonne de plus dans la feuille choices'
    : `les colonnes ${[...columns].join(', ')}`;

/** Nothing is shown beside a text. */
export function refuseMedia(row: Row, { findings }: Context): void {
  for (const column of ['image', 'big-image', 'audio', 'video'])
    for (const cell of Object.values(row.texts(column)))
      findings.fault(
        cell,
        "une image, un son ou une vidéo ne s'affiche pas dans un message",
        'un texte dans label',
      );
}
