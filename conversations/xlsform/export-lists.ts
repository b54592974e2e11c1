/** The choices sheet of a form that goes out: lists with their names, each written once. */
import { CHOICES, columnOf } from './columns.ts';
import type { Choice } from './lists.ts';
import { PACKED } from './read-choices.ts';

export interface List {
  name: string;
  choices: Choice[];
}

export interface ListsOut {
  /** The name under which these choices stand: the one that is asked for, or the next that is free. */
  give(wanted: string, choices: Choice[]): string;
  all: List[];
}

/** A list's name is one word, and no file's. */
const asListName = (text: string): string =>
  text.replace(/[^\p{L}\p{N}_.-]+/gu, '_').replace(/\.(csv|xml|geojson)$/i, '_$1') || '_';

export function listsOut(): ListsOut {
  const all: List[] = [];
  return {
    all,
    give(wanted, choices) {
      const stem = asListName(wanted);
      const content = JSON.stringify(choices);
      for (let number = 1; ; number += 1) {
        const name = number === 1 ? stem : `${stem}_${number}`;
        const there = all.find((list) => list.name === name);
        if (there && JSON.stringify(there.choices) !== content) continue;
        if (!there) all.push({ name, choices });
        return name;
      }
    },
  };
}

/** Whether a sheet can have this column, and gives back what stands in it. */
const isColumn = (name: string, value: string): boolean =>
  value !== '' &&
  name !== PACKED &&
  name !== '' &&
  name === name.trim().replace(/\s+/gu, ' ') &&
  columnOf(name, CHOICES, true).extra === true;

/** Columns for choice filters; what no column can hold goes into one cell, all of it. */
export function extraColumns({ columns }: Choice): Record<string, string> {
  if (!columns) return {};
  const entries = Object.entries(columns);
  return entries.length > 0 && entries.every(([name, value]) => isColumn(name, value))
    ? columns
    : { [PACKED]: JSON.stringify(columns) };
}
