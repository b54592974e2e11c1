/** Buttons and lists: what is offered, what a tap is worth, now and long after. */
import { describe, expect, it } from 'vitest';
import { offerOf } from '../../conversations/offer.ts';
import { localWorld } from '../../infra/local/city.ts';
import { languages } from '../../locales/index.ts';
import { MONDAY, play, widerWorld } from './play.ts';

const whatsapp = (world = localWorld()) => play(world, MONDAY, 'whatsapp');
const inSurvey = () => {
  const phone = whatsapp();
  phone.say('SQUARE');
  phone.tap('On commence');
  return phone;
};

describe('what is offered', () => {
  it('by SMS nothing: the numbers are typed', () => {
    const phone = play();
    for (const text of ['CHENE', 'oui', '1', '4', 'SQUARE', '1', 'STOP peut-être', '2', 'EFFACER'])
      phone.say(text);
    for (const { offer } of phone.effects('say')) expect(offer).toBeUndefined();
  });

  it('stands in the text without its numbers', () => {
    const phone = inSurvey();
    const [said] = phone.turns.at(-1)?.effects ?? [];
    expect(said).toMatchObject({
      text: '1/4 Allez-vous au square? 1 tous les jours 2 chaque semaine 3 parfois 4 jamais',
      offer: { text: '1/4 Allez-vous au square?', menu: 'Choisir' },
    });
    expect(phone.buttons).toEqual(['Tous les jours', 'Chaque semaine', 'Parfois', 'Jamais', 'Passer']);
  });

  const draft = (labels: string[], channel = 'whatsapp') =>
    offerOf({
      channel,
      language: 'fr',
      place: 'p',
      text: 'Lequel?',
      menu: 'Choisir',
      choices: labels.map((label, index) => ({ token: String(index + 1), label })),
    })?.choices.map(({ label }) => label);

  it.each([
    [
      'a button has 20 characters',
      ['terrain de sport couvert', 'non'],
      'whatsapp',
      ['Terrain de sport co…', 'Non'],
    ],
    [
      'a row 24',
      ['a', 'b', 'c', 'terrain de sport tout couvert'],
      'whatsapp',
      ['A', 'B', 'C', 'Terrain de sport tout c…'],
    ],
    [
      'on Messenger 20 too',
      ['a', 'b', 'c', 'terrain de sport couvert'],
      'messenger',
      ['A', 'B', 'C', 'Terrain de sport co…'],
    ],
    [
      'what would be cut to the same is typed',
      ['terrain de sport numéro 1', 'terrain de sport numéro 2'],
      'whatsapp',
      undefined,
    ],
    ['a letter is not cut in two', ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 'b'], 'whatsapp', ['👩‍👩‍👧‍👦…', 'B']],
    [
      'eleven do not fit in a list',
      Array.from({ length: 11 }, (_, index) => `n${index}`),
      'whatsapp',
      undefined,
    ],
  ])('%s', (_, labels, channel, expected) => {
    expect(draft(labels, channel)).toEqual(expected);
  });

  it.each(languages)('%s: every label fits as it is written', (language) => {
    const phone = whatsapp(widerWorld());
    phone.session = { ...phone.session, language };
    const taps = [
      'SQUARE',
      '1',
      '3',
      '1 3',
      '2',
      '0',
      'PANEL',
      '1',
      '1',
      '4',
      '1',
      '2',
      'CHENE',
      'EFFACER',
      'LANGUE',
    ];
    for (const text of taps) {
      phone.say(text);
      for (const label of phone.buttons) expect(label, `${text}: ${phone.buttons}`).not.toMatch(/…$/);
    }
    expect(phone.effects('say').filter(({ offer }) => offer).length).toBeGreaterThan(8);
  });

  it('a read-back holds what the resident said, and says so', () => {
    const phone = inSurvey();
    phone.tap('Jamais');
    expect(phone.effects('say').at(-1)?.offer?.dynamic).toBeUndefined();
    phone.tap('2 Bancs');
    phone.say('4');
    expect(phone.effects('say').at(-1)).toMatchObject({ offer: { dynamic: true } });
  });
});

describe('a tap', () => {
  it('on what is asked is the answer, and no word of the resident', () => {
    const phone = inSurvey();
    phone.tap('Parfois');
    expect(phone.session.survey?.answers.frequence).toEqual({ v: 3, t: 180, e: ['m0003'] });
  });

  it('on an earlier question corrects it, and the question at hand is asked again', () => {
    const phone = inSurvey();
    phone.tap('Parfois');
    expect(phone.tap('Jamais')).toMatch(/^C'est corrigé\. 2\/4 /);
    expect(phone.session.survey).toMatchObject({ at: 'priorites', answers: { frequence: { v: 4 } } });
  });

  it('on the same button twice changes nothing', () => {
    const phone = inSurvey();
    phone.tap('Parfois');
    const before = phone.session.survey?.answers;
    expect(phone.tap('Parfois')).toMatch(/^2\/4 /);
    expect(phone.session.survey?.answers).toEqual(before);
  });

  it('on one of several adds it, on the same again takes it away, then that is all', () => {
    const phone = inSurvey();
    phone.tap('Parfois');
    for (const label of ['2 Bancs', '1 Jeux enfants', '4 Fleurs', '2 Bancs']) phone.tap(label);
    expect(phone.tap("J'ai fini")).toMatch(/^3\/4 /);
    expect(phone.session.survey?.answers.priorites?.v).toEqual([1, 4]);
  });

  it.each([
    ['numbers typed at once', ['1 3'], [1, 3]],
    ['a number typed after a tap: that too', ['>2 Bancs', '4'], [2, 4]],
    ['the last words typed', ['>2 Bancs', "j'ai fini"], [2]],
    ['a pass after a tap: no more', ['>2 Bancs', '0'], [2]],
  ])('several: %s', (_, steps, expected) => {
    const phone = inSurvey();
    phone.tap('Parfois');
    for (const step of steps) step.startsWith('>') ? phone.tap(step.slice(1)) : phone.say(step);
    expect(phone.session.survey?.answers.priorites?.v).toEqual(expected);
    expect(phone.session.survey?.at).toBe('securite');
  });

  it('nothing chosen is passing', () => {
    const phone = inSurvey();
    phone.tap('Parfois');
    phone.tap("J'ai fini");
    expect(phone.session.survey?.answers.priorites?.m).toBe('skip');
  });

  it('on several answered before opens it again with what was chosen', () => {
    const phone = inSurvey();
    phone.tap('Parfois');
    phone.say('1 3');
    expect(phone.tap('2 Bancs')).toMatch(/^C'est noté\. 2\/4 /);
    expect(phone.tap("J'ai fini")).toMatch(/^C'est corrigé\. 3\/4 /);
    expect(phone.session.survey?.answers.priorites?.v).toEqual([1, 2, 3]);
  });

  it('another choice while "other: what?" is asked takes its place', () => {
    const phone = inSurvey();
    phone.tap('Parfois');
    phone.tap('6 Autre');
    phone.tap("J'ai fini");
    expect(phone.session.survey?.other).toBe(true);
    phone.tap('2 Bancs');
    phone.tap("J'ai fini");
    expect(phone.session.survey).toMatchObject({ at: 'securite', answers: { priorites: { v: [2] } } });
  });

  it('yes to one quartier is no yes to another that was offered after', () => {
    const phone = whatsapp();
    phone.say('CHENE');
    const [first] = phone.effects('say');
    phone.say('HAUT');
    phone.send({ text: "Je m'inscris", choice: first?.offer?.choices[0]?.id as string });
    expect(phone.session.consent).toBe('none');
    phone.tap("Je m'inscris");
    expect(phone.effects('consent')).toMatchObject([{ list: 'haut' }]);
  });

  it('the proof of a yes is what stood above the button, and the buttons', () => {
    const phone = whatsapp();
    phone.say('CHENE A12');
    phone.tap("Je m'inscris");
    expect(phone.effects('consent')[0]?.text).toMatch(
      /^Je suis le service automatique.*Chêne Pointu.*On y va\? \[Je m'inscris\] \[En savoir plus\] \[Non merci\]$/,
    );
  });

  it('yes to a value that was read back is no yes to the next', () => {
    const phone = inSurvey();
    phone.say('presque jamais');
    expect(phone.session.survey?.check?.v).toBe(4);
    const yes = phone.effects('say').at(-1)?.offer?.choices[0]?.id as string;
    phone.tap('Non');
    phone.say('plutôt 2');
    if (phone.session.survey?.check) {
      phone.send({ text: 'Oui', choice: yes });
      expect(phone.session.survey?.check?.v).toBe(2);
    }
  });

  it('erases only where erasing was the last thing asked about', () => {
    const phone = whatsapp();
    phone.say('EFFACER');
    const yes = phone.effects('say').at(-1)?.offer?.choices[0]?.id as string;
    phone.tap('Non');
    phone.send({ text: 'Oui', choice: yes });
    expect(phone.effects('erase')).toEqual([]);
    phone.say('EFFACER');
    phone.tap('Oui');
    expect(phone.effects('erase')).toHaveLength(1);
  });

  it.each([
    ['of another revision', 'square.2.frequence:3'],
    ['of another survey', 'panel.1.velo:1'],
    ['that is not on offer', 'square.1.frequence:7'],
    ['of no question', 'square.1.nothing:1'],
    ['of nobody', 'q1:oui'],
    ['without a token', 'square.1.frequence:'],
    ['of colons', ':::'],
  ])('%s asks the question at hand again', (_, choice) => {
    const phone = inSurvey();
    expect(phone.send({ text: 'Oui', choice })).toMatch(/^1\/4 /);
    expect(phone.session.survey?.answers).toEqual({});
  });

  it('where nothing is asked says that the button has had its day', () => {
    expect(whatsapp().send({ text: 'Oui', choice: 'q1:oui' })).toMatch(/Ce bouton ne sert plus/);
  });

  it('on a survey that was declined begins it again', () => {
    const phone = whatsapp();
    phone.say('SQUARE');
    phone.tap('Non merci');
    expect(phone.tap('On commence')).toMatch(/4 questions sur le futur square/);
    expect(phone.tap('On commence')).toMatch(/^1\/4 /);
  });

  it('after STOP is met with silence, and kept', () => {
    const phone = inSurvey();
    phone.say('STOP');
    expect(phone.tap('Parfois')).toBeUndefined();
    expect(phone.effects('keep')).toEqual([{ type: 'keep', text: 'Parfois', why: 'after-stop' }]);
  });

  it.each([
    ['a keyword', { text: 'Bonjour', choice: 'CHENE A12' }, /quartier Chêne Pointu/],
    ['a command', { text: 'Aide-moi', choice: 'AIDE' }, /Commandes:/],
    ['the page’s own button', { text: 'Démarrer', choice: 'get_started' }, /Votre quartier\?/],
    [
      'the page’s own button with a word from a link',
      { text: 'CHENE A12', choice: 'get_started' },
      /Chêne Pointu/,
    ],
  ])('a word behind a button is heard as text: %s', (_, more, expected) => {
    expect(whatsapp().send(more)).toMatch(expected);
  });
});

describe('the words of a button, written', () => {
  it.each(["Je m'inscris", 'je m’inscris', "JE M'INSCRIS!"])('%s joins', (words) => {
    const phone = whatsapp();
    phone.say('CHENE');
    phone.say(words);
    expect(phone.session.consent).toBe('given');
  });

  it('tell more, begin a survey, put it off', () => {
    const phone = whatsapp();
    phone.say('CHENE');
    const asked = phone.session.join?.step;
    phone.say('En savoir plus');
    expect(phone.session.join?.step).toBe(asked);
    expect(phone.effects('say').at(-1)?.text).not.toContain("Je n'ai pas compris");
    phone.say('SQUARE');
    phone.say('on commence');
    expect(phone.session.survey?.at).toBe('frequence');
  });

  it('are an answer like any other where a survey asks for one', () => {
    const phone = inSurvey();
    phone.say('Tous les jours');
    expect(phone.session.survey?.answers.frequence?.v).toBe(1);
  });
});

describe('plain mode', () => {
  it('asks one option at a time, with a yes and a no', () => {
    const phone = whatsapp();
    phone.say('SIMPLE');
    phone.say('SQUARE');
    phone.tap('Oui');
    phone.tap('Parfois');
    expect(phone.buttons).toEqual(['Oui', 'Non']);
    const first = phone.effects('say').at(-1)?.offer?.choices[0]?.id as string;
    phone.tap('Non');
    // The yes of the option before is no yes to this one.
    phone.send({ text: 'Oui', choice: first });
    for (const label of ['Oui', 'Non', 'Non', 'Non', 'Non']) phone.tap(label);
    expect(phone.session.survey?.answers.priorites?.v).toEqual([2]);
  });
});
