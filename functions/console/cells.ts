/** The cells of a table's rows, each with the name of its column: a narrow page shows a row as a card, and then needs it. */
import { type Child, cloneElement, type FC, Fragment, isValidElement, type JSXNode, jsx } from 'hono/jsx';

const ROLES: Record<string, string> = { td: 'cell', th: 'rowheader' };

/**
 * The same rows. `names`: of the columns, in their order; a cell under '' gets none. The roles are those that the
 * elements have by themselves: browsers drop them from what is no longer laid out as a table
 * (https://www.w3.org/TR/html-aam-1.0/#el-table).
 */
export function namedCells(rows: Child, names: string[]): Child {
  if (Array.isArray(rows)) return rows.map((row) => namedCells(row, names));
  if (!isNode(rows)) return rows;
  const { tag, props, children } = rows;
  if (tag === 'tr') return cloneElement(rows, { role: 'row' }, ...cellsOf(children, names));
  if (isFragment(rows)) return children.map((row) => namedCells(row, names));
  if (typeof tag !== 'function') return rows;
  // The components of the console do not wait for anything.
  const made: FC = (given) => namedCells((tag as FC)(given) as Child, names) as never;
  return jsx(made, props, ...children);
}

const isNode = (child: Child): child is JSXNode => isValidElement(child);
const isFragment = ({ tag }: JSXNode): boolean => tag === '' || tag === Fragment;

function cellsOf(cells: Child[], names: string[]): Child[] {
  let column = 0;
  const named = (cell: Child): Child => {
    if (Array.isArray(cell)) return cell.map(named);
    if (!isNode(cell)) return cell;
    if (isFragment(cell)) return cell.children.map(named);
    const name = names[column];
    column += 1;
    const role = ROLES[String(cell.tag)];
    return role === undefined
      ? cell
      : cloneElement(cell, { role, ...(name && { 'data-label': name }) }, ...cell.children);
  };
  return cells.map(named);
}
