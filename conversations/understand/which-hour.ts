/** Hours of the day: "18h30", "6 heures du soir", "half past six", "midi". */
import { PARTS_OF_DAY, type PartOfDay, type Piece } from './calendar-words.ts';

/** `wrong`: no hour that a clock has, or two of them. `used`: the places of what belongs to the hour. */
export interface Clock {
  time?: { at: string; sure: boolean };
  part?: PartOfDay;
  used: Set<number>;
  wrong: boolean;
}

interface Hour {
  hour: number;
  minute: number;
  half?: 'am' | 'pm';
  noon?: true;
  midnight?: true;
}

type Word = Extract<Piece, { kind: 'word' }>;
const has = (piece: Piece | undefined, role: Parameters<Word['roles']['has']>[0]): boolean =>
  piece?.kind === 'word' && piece.roles.has(role);

const written = (hour: number, minute: number): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

export function clockIn(pieces: Piece[]): Clock {
  const used = new Set<number>();
  const hours: Hour[] = [];
  for (const at of pieces.keys()) {
    if (used.has(at)) continue;
    const hour = hourAt(pieces, at, used);
    if (hour) hours.push(hour);
  }
  const part = partIn(pieces);
  const clocked = hours.filter(({ noon, midnight }) => !noon && !midnight);
  const wholes = clocked.length > 0 ? clocked : hours;
  const noon = hours.some((hour) => hour.noon);
  const times = wholes.map((hour) => timeOf(hour, part, noon));
  // "10h non 11h": the last is meant, and asked.
  const corrects = pieces.some((piece) => has(piece, 'correct'));
  const [first, ...more] = corrects ? times.toReversed() : times;
  if (times.includes(undefined)) return { used, wrong: true, ...(part && { part }) };
  const ranged = more.length === 1 && !pieces.some((piece) => has(piece, 'or'));
  const wrong = more.some((time) => time?.at !== first?.at) && !ranged;
  return {
    used,
    wrong,
    ...(first && { time: { at: first.at, sure: first.sure && more.length === 0 } }),
    ...(part && { part }),
  };
}

function partIn(pieces: Piece[]): PartOfDay | undefined {
  for (const piece of pieces) {
    const said = PARTS_OF_DAY.find((part) => has(piece, part));
    if (said) return said;
  }
  return undefined;
}

function hourAt(pieces: Piece[], at: number, used: Set<number>): Hour | undefined {
  const piece = pieces[at] as Piece;
  const take = (...places: number[]): void => {
    for (const place of places) used.add(place);
  };
  if (piece.kind === 'time') {
    take(at);
    return { ...piece, ...after(pieces, at, piece, take) };
  }
  if (has(piece, 'noon') || has(piece, 'midnight')) {
    take(at);
    const hour = has(piece, 'noon')
      ? { hour: 12, noon: true as const }
      : { hour: 0, midnight: true as const };
    return { ...hour, minute: 0, ...after(pieces, at, { hour: hour.hour, minute: 0 }, take) };
  }
  const number = numberOf(piece);
  if (number === undefined) return undefined;
  if (has(pieces[at - 1], 'half')) {
    take(at - 1, at);
    return { hour: number, minute: 30 };
  }
  if (has(pieces[at - 1], 'quarter')) {
    take(at - 1, at);
    return { hour: number, minute: 15 };
  }
  if (has(pieces[at - 1], 'quarterTo')) {
    take(at - 1, at);
    return { hour: number - 1, minute: 45 };
  }
  const behind = has(pieces[at + 1], 'hour');
  const part = ['half', 'quarter', 'quarterTo'].some((role) => has(pieces[at + 1], role as 'half'));
  if (!behind && !has(pieces[at - 1], 'hour') && !part) return undefined;
  // "24 mai à 18 heures": the number right before the hour's word; a month's day is not it.
  if (!behind && has(pieces[at + 1], 'month')) return undefined;
  take(at, ...(behind ? [at + 1] : []), ...(has(pieces[at - 1], 'hour') ? [at - 1] : []));
  const half = halfOf(pieces[at + 1]);
  const end = behind ? at + 1 : at;
  return {
    hour: number,
    minute: 0,
    ...(half && { half }),
    ...after(pieces, end, { hour: number, minute: 0 }, take),
  };
}

const halfOf = (piece: Piece | undefined): 'am' | 'pm' | undefined =>
  piece?.text === 'am' || piece?.text === 'pm' ? piece.text : undefined;

const numberOf = (piece: Piece | undefined): number | undefined => {
  if (piece?.kind === 'number') return piece.value;
  return piece?.kind === 'word' ? piece.roles.get('number') : undefined;
};

/** What follows an hour: "et demie", "et quart", "moins le quart", "30". */
function after(
  pieces: Piece[],
  at: number,
  { hour, minute }: { hour: number; minute: number },
  take: (...places: number[]) => void,
): Partial<Hour> {
  const next = pieces[at + 1];
  if (has(next, 'half') || has(next, 'quarter')) {
    take(at + 1);
    return { minute: has(next, 'half') ? 30 : 15 };
  }
  if (has(next, 'quarterTo')) {
    take(at + 1);
    return { hour: (hour + 23) % 24, minute: 45 };
  }
  const number = next?.kind === 'number' ? next : undefined;
  const worded = has(pieces[at], 'hour');
  if (
    worded &&
    minute === 0 &&
    number &&
    number.value < 60 &&
    number.value >= 5 &&
    !has(pieces[at + 2], 'month')
  ) {
    take(at + 1);
    return { minute: number.value };
  }
  return {};
}

/** Before this hour nobody comes: "3h" is rather the afternoon. */
const EARLIEST = 6;

/** "6 heures du soir" is 18:00, "12 am" is midnight; an hour that no clock has is none. */
function timeOf(
  { hour, minute, half, midnight }: Hour,
  part: PartOfDay | undefined,
  noon: boolean,
): Clock['time'] {
  if (hour < 0 || hour > 24 || minute > 59 || (half && hour > 12)) return undefined;
  let shown = hour % 24;
  const late =
    half === 'pm' ||
    (!half &&
      (part === 'afternoon' || part === 'evening' || (part === 'night' && hour > 5) || (noon && hour < 6)));
  if (late && shown < 12 && !midnight) shown += 12;
  if ((half === 'am' || (!half && part === 'night')) && shown === 12) shown = 0;
  // Of which day is midnight, and is "3h" at night: they are asked.
  const small = shown > 0 && shown < EARLIEST && !half && part === undefined;
  return { at: written(shown, minute), sure: !(midnight || hour === 24 || small) };
}
