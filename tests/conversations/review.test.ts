/** What a hostile reader found once: replies that said one thing and were stored as another, and dead ends. */
import { describe, expect, it } from 'vitest';
import { localWorld } from '../../infra/local/city.ts';
import { createDialogue } from '../../infra/say/dialogue.ts';

const world = localWorld();
async function talk(...said: string[]) {
  const dialogue = createDialogue(world);
  let last: string[] = [];
  for (const text of said)
    last = text.startsWith('…') ? await dialogue.wait(text.slice(2)) : await dialogue.say(text);
  return { session: dialogue.session, last: last.join('\n') };
}
const START = ['SQUARE', '1'];

describe('replies that must be asked again, not guessed', () => {
  it.each([
    'pas 3',
    'sauf 4',
    'deux fois',
    'un mois',
    '2 à 3 fois par semaine',
    '1 jour sur 2',
    '1 peu',
    '4 avril',
    'Je suis au bâtiment 2',
    '3 rue des lilas',
    '-1',
    'لا 3',
  ])('one choice: %s', async (said) =>
    expect((await talk(...START, said)).session.survey?.at).toBe('frequence'),
  );
  it.each(['1 et 2 mais pas 3', 'tout sauf 4', '1,3,5 et surtout pas 2', 'pas 3', 'sans bancs'])(
    'several: %s',
    async (said) => expect((await talk(...START, '4', said)).session.survey?.at).toBe('priorites'),
  );
  it.each(['pas 5', 'moins de 3', '-1'])('scale: %s', async (said) =>
    expect((await talk(...START, '4', '1', said)).session.survey?.at).toBe('securite'),
  );
  it.each(['pas 1', 'oui stop', 'ok mais je ne veux pas de sms'])('consent: %s', async (said) =>
    expect((await talk('CHENE', said)).session.consent).toBe('none'),
  );
});

describe('replies that are clear', () => {
  it('Arabic "and" is written onto the number', async () => {
    const { session } = await talk('SQUARE AR', 'نعم', '3', '١ و٣');
    expect(session.survey?.answers.priorites?.v).toEqual([1, 3]);
  });
  it.each([
    ['pas du tout', 1],
    ['tout à fait', 5],
    ['dsl occupé. 4', 4],
  ])('scale: %s', async (said, value) =>
    expect((await talk(...START, '4', '1', said)).session.survey?.answers.securite?.v).toBe(value),
  );
  it.each(['oui plus tard', 'plus tard merci', 'je réponds plus tard'])('later: %s', async (said) =>
    expect((await talk('SQUARE', said)).last).toContain('à plus tard'),
  );
  it.each(['11-14', '11-14 ans', 'entre 11 et 14 ans', 'moins de 15 ans', '10 ans', '12'])(
    'a child: %s',
    async (said) => {
      const { session, last } = await talk('CHENE', 'oui', '1', said);
      expect(last).toContain('Avant 15 ans');
      expect(session.lists).toEqual([]);
    },
  );
  it.each([
    ['15-17', '15-17'],
    ['16 ans', '15-17'],
    ['25-59', '25-59'],
    ['4', '25-59'],
    ['62', '60+'],
  ])('an age: %s', async (said, band) =>
    expect((await talk('CHENE', 'oui', '1', said)).session.age).toBe(band),
  );
  it('a greeting does not hide the keyword and its code', async () =>
    expect((await talk('Bonjour, CHENE A12', 'oui')).session.source).toBe('A12'));
});

describe('nothing is lost on the way', () => {
  it('OUI counts although a keyword comes before the language', async () => {
    const { session } = await talk('CHENE A12', 'oui', 'TEMPLE', 'non');
    expect(session.lists).toEqual(['chene']);
  });
  it('STOP before the age, then REPRENDRE: on the list', async () =>
    expect((await talk('CHENE', 'oui', '1', 'STOP', 'REPRENDRE')).session.lists).toEqual(['chene']));
  it('MODIF in the middle of "other: what?" comes back to it', async () => {
    const { session, last } = await talk(...START, '1', '1,3 et 6', 'MODIF 1', '2');
    expect(last).toContain('Autre: quoi?');
    expect(session.survey?.answers.priorites?.v).toEqual([1, 3, 6]);
  });
  it('a poster’s code is a keyword also where any text would be an answer', async () => {
    const { session, last } = await talk(...START, '1', '1', '1', 'CHENE A12');
    expect(last).toContain('Pour vous inscrire');
    expect(session.survey?.at).toBe('mot');
  });
  it('the proof is the text that was sent, in its language and its letters', async () => {
    expect((await talk('CHENE', 'LANGUE EN', 'yes')).last).toContain('preuve gardée: oui');
  });
  it('the reminder counts what is left, also during a correction', async () =>
    expect((await talk(...START, '1', '1', 'MODIF 1', '… 3 jours')).last).toMatch(
      /Il reste 2 questions|Encore 2 questions/,
    ));
  it('REPRENDRE from someone unknown is a first message', async () =>
    expect((await talk('REPRENDRE')).last).toContain('Votre quartier?'));
});
