/** A thought sent in two messages: the second joins the first, costs no try and makes no noise (design.md 3). */
import { describe, expect, it } from 'vitest';
import { type Play, play, secondsAfter } from './play.ts';

/** Sends a text `seconds` after the last one. */
function soon(talk: Play, text: string, seconds = 10): string | undefined {
  talk.now = secondsAfter(talk.now, seconds);
  return talk.happen({ type: 'said', id: `s${talk.turns.length}`, channel: 'sms', text });
}

function asked(...texts: string[]): Play {
  const talk = play();
  for (const text of texts) talk.say(text);
  return talk;
}

describe('in a survey', () => {
  it('joins the choice before as its comment, without a word', () => {
    const talk = asked('SQUARE', '1', '3');
    expect(soon(talk, 'surtout le dimanche avec les voisins')).toBeUndefined();
    expect(talk.session.survey).toMatchObject({
      at: 'priorites',
      answers: { frequence: { v: 3, c: 'surtout le dimanche avec les voisins' } },
    });
    expect(talk.session.survey?.tries).toBeUndefined();
    expect(talk.say('1 3')).toContain('3/4');
  });

  it('is over after a minute, and once the question was asked again', () => {
    const late = asked('SQUARE', '1', '3');
    expect(soon(late, 'bof bof', 60)).toContain("Je n'ai pas compris");
    expect(soon(late, 'bof bof', 5)).toContain("Je n'ai pas compris");
  });

  it('a number that is not on offer was meant for the question', () => {
    expect(soon(asked('SQUARE', '1', '3'), '9')).toContain("9 n'est pas dans la liste");
  });

  it('what answers the new question answers it', () => {
    expect(soon(asked('SQUARE', '1', '3'), 'bancs')).toContain('3/4');
  });

  it('a word of command is never swallowed', () => {
    expect(soon(asked('SQUARE', '1', '3'), 'STOP')).toContain("C'est fait");
  });
});

describe('after the last question', () => {
  it('is added to the stored answer', () => {
    const talk = asked('SQUARE', '1', '3', '1', '4', 'plus de lumière');
    expect(soon(talk, 'et un robinet')).toBeUndefined();
    expect(talk.effects('append')).toEqual([
      { type: 'append', survey: 'square', question: 'mot', text: 'et un robinet' },
    ]);
    expect(soon(talk, 'merci')).toBeUndefined();
    expect(talk.effects('append')).toHaveLength(1);
  });

  it('later it is a message of its own', () => {
    const talk = asked('SQUARE', '1', '3', '1', '4', 'plus de lumière');
    expect(talk.say('et un robinet')).toContain('Bien recu');
    expect(talk.effects('append')).toEqual([]);
  });
});
