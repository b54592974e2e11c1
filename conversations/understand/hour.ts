/** Reads an hour of the day: "18h30", "midi", "6 du soir", "1830". The rule is docs/reading.md. */
import { type PartOfDay, type Piece, piecesOf } from './calendar-words.ts';
import { has, numberOf } from './named-days.ts';
import { latinDigits, normalise } from './normalise.ts';
import { DONT_KNOW, passes, type Reading, readEither, SKIP, UNCLEAR } from './reading.ts';
import { besideHour, USUAL_HOUR } from './when.ts';
import { type Clock, clockIn } from './which-hour.ts';

/** An hour as HH:MM. Asked where it may be of the other half of the day, or only about then. */
export const readHour = (text: string, language: string): Reading<string> =>
  bare(text) ?? readEither(text, language, (said) => hourAsIs(said, language));

/** "18 30", "1830", "18.30", "18": figures and nothing else. */
const BARE = /^\s*(\d{1,2})(?:\s*[:h.,\s-]?\s*([0-5]\d))?\s*[h.!]?\s*$/i;

function bare(text: string): Reading<string> | undefined {
  const [, hours, minutes] = BARE.exec(latinDigits(text)) ?? [];
  if (hours === undefined) return undefined;
  const hour = Number(hours);
  // "0" alone passes.
  if ((hour === 0 && minutes === undefined && !/h/i.test(text)) || hour > 24) return undefined;
  if (hour === 24 && Number(minutes ?? 0) > 0) return UNCLEAR;
  const at = `${String(hour % 24).padStart(2, '0')}:${minutes ?? '00'}`;
  return { kind: 'value', value: at, ...(!clear(hour, hours, text) && { certainty: 'ask' as const }) };
}

const MORNING = 6;
const NOON = 12;

/** "8" may be of the evening; "08", "8h" and "8:30" say the hour as a clock does. Before six it is asked in any case. */
const clear = (hour: number, figures: string, text: string): boolean =>
  hour === 0 || hour >= NOON || (hour >= MORNING && (figures.length > 1 || /[h:.]/i.test(text)));

function hourAsIs(text: string, language: string): Reading<string> {
  const said = normalise(text);
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  const pieces = piecesOf(text, language);
  const clock = clockIn(pieces);
  if (clock.wrong) return UNCLEAR;
  const hour = clock.time ?? hourOfPart(pieces, clock.part);
  const comment = pieces.some(
    (piece) => piece.kind === 'word' && piece.roles.size === 0 && piece.text.length > 3,
  );
  const read = (value: string, sure: boolean): Reading<string> => ({
    kind: 'value',
    value,
    ...(!sure && { certainty: 'ask' as const }),
    ...(comment && { comment: text.trim() }),
  });
  if (!hour) return clock.part ? read(USUAL_HOUR[clock.part], false) : UNCLEAR;
  const midnight = pieces.some((piece) => has(piece, 'midnight'));
  return read(hour.at, (hour.sure || midnight) && !besideHour(pieces, clock.used));
}

/** "6 du soir", "las seis de la tarde": the one number of the reply, without its word. */
function hourOfPart(pieces: Piece[], part: PartOfDay | undefined): Clock['time'] {
  const numbers = pieces.flatMap((piece) => numberOf(piece) ?? []);
  const [number, ...more] = numbers;
  if (number === undefined || more.length > 0 || number < 1 || number > NOON * 2) return undefined;
  if (
    !part &&
    pieces.length > 1 &&
    !pieces.every((piece) => numberOf(piece) !== undefined || has(piece, 'filler'))
  )
    return undefined;
  const late =
    part !== undefined && part !== 'morning' && number < NOON && !(part === 'night' && number < MORNING);
  const hour = (number + (late ? NOON : 0)) % (NOON * 2);
  return { at: `${String(hour).padStart(2, '0')}:00`, sure: late || part !== undefined || number >= NOON };
}
