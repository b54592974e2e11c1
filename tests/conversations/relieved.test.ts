/** A person answers in our place; the machine says when it is one. */
import { describe, expect, it } from 'vitest';
import { localWorld } from '../../infra/local/city.ts';
import { MONDAY, play } from './play.ts';

const HELLO = /^Je suis le service automatique de la ville\. /;
const messenger = () => play(localWorld(), MONDAY, 'messenger');
const taken = (...before: string[]) => {
  const phone = messenger();
  for (const text of before) phone.say(text);
  phone.happen({ type: 'relieved', id: 'h1', channel: 'messenger' });
  return phone;
};

describe('while a person answers', () => {
  it('what is written is kept for them, and nothing is said', () => {
    const phone = taken('SQUARE', '1');
    for (const text of ['bonjour', '3', 'langu', 'turc']) expect(phone.say(text), text).toBeUndefined();
    expect(phone.effects('keep').map(({ why }) => why)).toEqual(Array(4).fill('relieved'));
    expect(phone.session.survey?.answers).toEqual({});
  });

  it('so are files', () => {
    const phone = taken('SQUARE', '1');
    const media = [{ kind: 'photo' as const, type: 'image/jpeg', url: 'https://example.invalid/1' }];
    expect(phone.send({ media })).toBeUndefined();
    expect(phone.effects('attach')).toHaveLength(1);
    expect(phone.effects('keep')).toHaveLength(1);
  });

  it('STOP and the rights over one’s data always work', () => {
    const phone = taken('CHENE', 'oui', '1', '4');
    expect(phone.say('MES DONNEES')).toMatch(/Nous avons/);
    expect(phone.say('EFFACER')).toMatch(/Effacer/);
    expect(phone.say('non')).toMatch(/rien n'est effacé/);
    expect(phone.session.relieved).toBeDefined();
    expect(phone.say('STOP')).toMatch(/C'est fait/);
    expect(phone.session.consent).toBe('stopped');
  });

  it('someone in danger is answered at once', () => {
    expect(taken('SQUARE').say('je veux mourir')).toMatch(/3114/);
  });

  it.each([
    ['AIDE', /Commandes/],
    ['SQUARE', /4 questions/],
    ['LANGUE', /Quelle langue/],
  ])('%s calls the machine back, which says so', (text, expected) => {
    const phone = taken('ça va');
    const said = phone.say(text);
    expect(said).toMatch(HELLO);
    expect(said).toMatch(expected);
    expect(phone.session.relieved).toBeUndefined();
  });

  it('a button does too', () => {
    const phone = taken('SQUARE');
    expect(phone.tap('On commence')).toMatch(/^Je suis le service automatique de la ville\. 1\/4/);
  });

  it('it lasts twelve hours from their last message', () => {
    const phone = taken('ça va');
    phone.wait(11);
    phone.happen({ type: 'relieved', id: 'h2', channel: 'messenger' });
    phone.wait(11);
    expect(phone.say('encore une chose')).toBeUndefined();
    phone.wait(2);
    expect(phone.say('et voilà')).toMatch(HELLO);
  });

  it('no reminder comes into the conversation, but after it', () => {
    const phone = messenger();
    phone.say('SQUARE');
    phone.say('1');
    phone.wait(19);
    phone.happen({ type: 'relieved', id: 'h1', channel: 'messenger' });
    expect(phone.wait(11)).toEqual([]);
    expect(phone.wait(24)).toHaveLength(1);
  });

  it('another channel of theirs goes on', () => {
    const phone = taken('SQUARE');
    expect(phone.happen({ type: 'said', id: 's1', channel: 'sms', text: 'bonjour' })).toBeDefined();
  });
});

describe('the machine says that it is one', () => {
  it('before its first word, not before the next, and again after a month', () => {
    const phone = messenger();
    expect(phone.say('CHENE')).toMatch(HELLO);
    expect(phone.say('oui')).not.toMatch(HELLO);
    phone.wait(24 * 32);
    expect(phone.say('CHENE')).toMatch(HELLO);
  });

  it('never by SMS, where every word is paid for', () => {
    expect(play().say('CHENE')).not.toMatch(HELLO);
  });

  it('with its next word, where its first turn was a silent one', () => {
    const phone = messenger();
    phone.happen({ type: 'relieved', id: 'h1', channel: 'messenger' });
    phone.say('bonjour');
    expect(phone.session.met).toBeUndefined();
  });
});
