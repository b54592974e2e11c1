/** Files as they come back broken: what was done to a good export, and what must be said of it, with its line. */

/** Changes the lines of a file; `at` finds the line of the first that holds a text, counted from 1. */
export interface Broken {
  what: string;
  /** A line that holds this one is the one at fault. */
  near: string;
  /** Lines below it. */
  below?: number;
  by: (line: string) => string;
  says: RegExp;
}

const msgstr = { near: 'msgctxt "phrases/join.quartier"', below: 2 };

export const BROKEN_PO: Broken[] = [
  {
    what: 'a place left out',
    ...msgstr,
    by: (line) => line.replace('{{city}}', ''),
    says: /il manque le repère « {{city}} »/,
  },
  {
    what: 'a place misspelt',
    ...msgstr,
    by: (line) => line.replace('{{city}}', '{{ciyt}}'),
    says: /repère inconnu « {{ciyt}} »/,
  },
  {
    what: 'a brace lost',
    ...msgstr,
    by: (line) => line.replace('{{city}}', '{{city}'),
    says: /repère mal écrit « {{city} »/,
  },
  {
    what: 'a space in a place',
    ...msgstr,
    by: (line) => line.replace('{{city}}', '{ {city}}'),
    says: /repère mal écrit/,
  },
  {
    what: 'a place added',
    ...msgstr,
    by: (line) => line.replace(/"$/, ' {{phone}}"'),
    says: /repère inconnu « {{phone}} »/,
  },
  {
    what: 'a nested phrase',
    ...msgstr,
    by: (line) => line.replace(/"$/, ' $t(stop.done)"'),
    says: /repère mal écrit « \$t\( »/,
  },
  { what: 'a text emptied', ...msgstr, by: () => 'msgstr ""', says: /texte vide/ },
  {
    what: 'a line break added',
    ...msgstr,
    by: (line) => line.replace(/"$/, '\\nSTOP"'),
    says: /retour à la ligne/,
  },
  {
    what: 'a control character',
    ...msgstr,
    by: (line) => line.replace(/"$/, '\u0007"'),
    says: /caractère de commande \(U\+0007\)/,
  },
  {
    what: 'a letter lost to an encoding',
    ...msgstr,
    by: (line) => line.replace(/"$/, '\ufffd"'),
    says: /caractère abîmé/,
  },
  { what: 'a tag', ...msgstr, by: (line) => line.replace(/"$/, ' <b>!</b>"'), says: /balise « <b> » ajouté/ },
  {
    what: 'an address added',
    ...msgstr,
    by: (line) => line.replace(/"$/, ' https://example.org/x"'),
    says: /lien « https:\/\/example\.org\/x » ajouté/,
  },
  {
    what: 'an address changed',
    near: 'msgctxt "phrases/join.done"',
    below: 2,
    by: (line) => line.replace('{{site}}/donnees', '{{site}}/veri'),
    says: /lien « {{site}}\/donnees » changé ou perdu/,
  },
  {
    what: 'a quote not escaped',
    ...msgstr,
    by: (line) => line.replace(/"$/, ' "STOP""'),
    says: /ligne illisible/,
  },
  { what: 'a quote lost', ...msgstr, by: (line) => line.replace(/"$/, ''), says: /ligne illisible/ },
  {
    what: 'an escape that does not exist',
    ...msgstr,
    by: (line) => line.replace(/"$/, '\\q"'),
    says: /ligne illisible/,
  },
  {
    what: 'words between the entries',
    near: 'msgctxt "phrases/join.quartier"',
    below: 3,
    by: () => 'voilà',
    says: /ligne illisible « voilà »/,
  },
  {
    what: 'a keyword misspelt',
    ...msgstr,
    by: (line) => line.replace('msgstr', 'mgsstr'),
    says: /« mgsstr » n'a pas sa place/,
  },
  {
    what: 'plural forms of gettext',
    ...msgstr,
    by: (line) => line.replace('msgstr', 'msgstr[0]'),
    says: /« msgstr\[0\] » n'a pas sa place/,
  },
  {
    what: 'a key misspelt',
    near: 'msgctxt "phrases/join.quartier"',
    below: 0,
    by: () => 'msgctxt "phrases/join.quartiers"',
    says: /« phrases\/join.quartiers »: clé inconnue/,
  },
  {
    what: 'a key twice',
    near: 'msgctxt "phrases/join.quartierAgain"',
    by: () => 'msgctxt "phrases/join.quartier"',
    says: /« phrases\/join.quartier »: déjà à la ligne/,
  },
  { what: 'a key left out', near: 'msgctxt "phrases/join.quartier"', by: () => '', says: /msgctxt manque/ },
  {
    what: 'another language',
    near: '"Language: tr',
    by: () => '"Language: de\\n"',
    says: /langue inconnue « de »/,
  },
  { what: 'no language', near: '"Language: tr', by: () => '', says: /l'en-tête ne dit pas Language/ },
  {
    what: 'another catalogue',
    near: '"X-Porte-Voix: phrases',
    by: () => '"X-Porte-Voix: menus\\n"',
    says: /textes inconnus « menus »/,
  },
  {
    what: 'another encoding',
    near: '"Content-Type',
    by: () => '"Content-Type: text/plain; charset=ISO-8859-9\\n"',
    says: /charset=ISO-8859-9/,
  },
  {
    what: 'a name in the review',
    near: '"X-Review',
    by: () => '"X-Review: reviewed by Ayşe\\n"',
    says: /X-Review: reçu « reviewed by Ayşe »/,
  },
];

const row = { near: 'phrases/join.quartier;' };
const cell = (line: string, change: (text: string) => string): string => {
  const cells = line.split(';');
  cells[2] = change(cells[2] ?? '');
  return cells.join(';');
};

export const BROKEN_CSV: Broken[] = [
  {
    what: 'a place left out',
    ...row,
    by: (line) => cell(line, (text) => text.replace('{{menu}}', '')),
    says: /il manque le repère « {{menu}} »/,
  },
  {
    what: 'a place misspelt',
    ...row,
    by: (line) => cell(line, (text) => text.replace('{{menu}}', '{{Menu}}')),
    says: /repère inconnu « {{Menu}} »/,
  },
  {
    what: 'a brace lost',
    ...row,
    by: (line) => cell(line, (text) => text.replace('{{menu}}', '{menu}}')),
    says: /repère mal écrit « {menu}} »/,
  },
  { what: 'a text emptied', ...row, by: (line) => cell(line, () => ''), says: /texte vide/ },
  {
    what: 'a semicolon without quotes',
    ...row,
    by: (line) => cell(line, (text) => `${text} ; STOP`),
    says: /6 cellules au lieu de 5/,
  },
  {
    what: 'a quote that is not closed',
    ...row,
    by: (line) => cell(line, (text) => `"${text}`),
    says: /guillemet ouvert|guillemet fermant/,
  },
  {
    what: 'a quote in the middle',
    ...row,
    by: (line) => cell(line, (text) => `${text} "STOP"`),
    says: /guillemet au milieu/,
  },
  {
    what: 'a key misspelt',
    ...row,
    by: (line) => line.replace('join.quartier', 'join.cartier'),
    says: /clé inconnue/,
  },
  { what: 'a row cut short', ...row, by: () => 'phrases/join.quartier', says: /la traduction manque/ },
  {
    what: 'a row without its key',
    ...row,
    by: (line) => line.replace('phrases/join.quartier', ''),
    says: /la clé manque/,
  },
  {
    what: 'another language',
    near: 'langue;tr',
    by: () => 'langue;kurde',
    says: /langue inconnue « kurde »/,
  },
  {
    what: 'a name in the review',
    near: 'relecture;',
    by: () => 'relecture;relu par Ayşe',
    says: /relecture: reçu « relu par ayşe »/,
  },
  {
    what: 'a column renamed',
    near: 'clé;',
    by: (line) => line.replace('traduction', 'turc'),
    says: /la colonne « traduction » manque/,
  },
];
