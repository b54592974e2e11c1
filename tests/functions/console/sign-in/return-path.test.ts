/** Where the sign-in may lead: into the console and nowhere else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnPath } from '../../../../functions/console/sign-in/return-path.ts';

describe('a page of the console', () => {
  it.each([
    ['/console'],
    ['/console/'],
    ['/console/sondages'],
    ['/console/sondages/le-square/questions/3'],
    ['/console/visites/V-2026-001'],
    ['/console/journal?mois=2026-11&page=2'],
    ['/console/habitants?q=Ya%C3%ABl+B&ville=Clichy%20sous%20Bois'],
  ])('%s', (wanted) => {
    expect(returnPath(wanted)).toBe(wanted);
  });
});

describe('anything else leads home', () => {
  it.each([
    [null],
    [''],
    ['/'],
    ['console'],
    ['/consoles'],
    ['/console-de-jeu'],
    ['/handset'],
    ['//mechant.example/console'],
    ['///mechant.example/console'],
    ['/console//mechant.example'],
    ['https://mechant.example/console'],
    ['javascript:alert(1)//console'],
    ['/\\mechant.example/console'],
    ['\\\\mechant.example'],
    ['/console\\..\\..\\mechant'],
    ['/console/../../mechant'],
    ['/console/..'],
    ['/console/./x'],
    ['/console/%2e%2e/handset'],
    ['/console/%2f%2fmechant.example'],
    ['/console/%5cmechant'],
    ['/console/%252e%252e'],
    ['/console@mechant.example'],
    ['/console:80'],
    ['/console/x\r\nset-cookie: a=b'],
    ['/console/x\u0000'],
    ['/console/x\ty'],
    [' /console'],
    ['/console?x=1\r\nlocation: //mechant.example'],
    ['/console?x=%0d%0aset-cookie:a'],
    ['/console?x=//mechant.example'],
    ['/console?x=%2F%2Fmechant.example'],
    ['/console?a?b'],
    ['/console#//mechant.example'],
    ['/console/connexion'],
    ['/console/connexion?vers=/console/connexion'],
    ['/console/retour?code=1&state=2'],
    ['/console/deconnexion'],
    ['/console/ｃonsole'],
    [`/console/${'a'.repeat(500)}`],
  ])('%j', (wanted) => {
    expect(returnPath(wanted)).toBe('/console');
  });

  it('whatever is asked for, it is an address of ours, as browsers read it', () => {
    const part = fc.constantFrom(
      '/console',
      '/',
      '//',
      '\\',
      '..',
      '.',
      '%2f',
      '%5C',
      '@',
      ':',
      '?',
      '#',
      'x',
      '\n',
      '\u0000',
      'https:',
      'a.example',
    );
    const wanted = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(wanted, (text) => {
        const to = new URL(returnPath(text), 'https://voix.clichy.example/console/retour');
        expect(to.origin).toBe('https://voix.clichy.example');
        expect(to.pathname).toMatch(/^\/console(\/|$)/);
        expect(to.pathname).not.toContain('//');
      }),
      { numRuns: 3000 },
    );
  });
});
