/** Our sheet beside XLSForm's, for what it has no place for; other tools leave an unknown sheet alone. */

export const OWN_SHEET_NAME = 'porte_voix';

/** Rows that hold one value. */
export const VALUES = [
  'key',
  'keywords',
  'opens',
  'closes',
  'languages',
  'base',
  'list',
  'opening',
  'promise',
  'anonymous',
  'remind_after',
  'sections',
  'form',
] as const;
/** Rows that hold a text a language. */
export const TEXTS = ['topic', 'intro', 'thanks', 'over', 'results'] as const;
/** A status a language. */
export const REVIEW = 'review';

/** How a survey's form is known to its own tools, in the `form` row: whether it has a title, an id and a version. */
export const FORM = { none: 'none', plain: 'without version', versioned: 'with version' } as const;
