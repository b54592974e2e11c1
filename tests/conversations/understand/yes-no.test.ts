/** Yes and no where more is said than that. */
import { describe, expect, it } from 'vitest';
import { readYesNo } from '../../../conversations/understand/yes-no.ts';
import { shownAs } from './shown.ts';

describe('yes and no ("?" is asked first, "-" is asked again)', () => {
  it.each([
    ['fr', '👍 merci', 'true'],
    ['fr', 'oui 👎', '-'],
    ['fr', '👍 non', '-'],
    ['fr', '👍👎', '-'],
    ['fr', 'oui 2', '-'],
    ['fr', 'oui 1', 'true'],
    ['fr', 'oui, 2 enfants', 'true'],
    ['fr', 'je ne dis pas non', '-'],
    ['fr', 'no idea bro', 'dk'],
    ['fr', 'jsp tro', 'dk'],
    ['fr', 'je sais pas mais oui', '-'],
    ['en', 'no idea sorry', 'dk'],
    ['en', 'idk bro', 'dk'],
    ['fr', 'nickel', '-'],
    ['fr', 'carrément pas', 'false'],
    ['fr', 'volontiers pas', '-'],
    ['fr', 'oui pas trop', '-'],
    ['fr', 'oui pas le soir', 'true'],
    ['fr', 'pas envie', 'false'],
    ['en', 'yes no', '-'],
    ['en', 'no problem', 'true'],
    ['fr', 'oui mais pas le soir', 'true'],
  ])('%s: %s: %s', (language, said, expected) => expect(shownAs(readYesNo(said, language))).toBe(expected));
});
