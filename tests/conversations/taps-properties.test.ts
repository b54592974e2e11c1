/** What must hold for any tap, file and message taken back, in any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, Effect, Event } from '../../conversations/events.ts';
import { typeOf } from '../../conversations/questions.ts';
import { Session } from '../../conversations/session.ts';
import { always } from './courses.ts';
import { MONDAY, play, widerWorld } from './play.ts';
import { alwaysRich, richWorld } from './rich-courses.ts';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const LABEL = { whatsapp: 24, messenger: 20, sms: 0 };

describe('where there are buttons', () => {
  it('nothing throws, and sessions and effects are what their schemas say', () => {
    alwaysRich(({ event, effects, after }) => {
      expect(Event.parse(event)).toEqual(event);
      for (const effect of effects) expect(Effect.parse(throughJson(effect))).toStrictEqual(effect);
      if (after.id !== '') expect(Session.parse(throughJson(after))).toStrictEqual(after);
    }, 800);
  });

  it('what is offered fits, is told apart, and says which question it answers', () => {
    alwaysRich(({ effects, before, event }) => {
      const channel = 'channel' in event ? event.channel : (before.channel ?? 'sms');
      for (const effect of effects) {
        if (effect.type !== 'say' || !effect.offer) continue;
        const { choices, menu, text } = effect.offer;
        expect(choices.length).toBeLessThanOrEqual(10);
        expect(menu !== undefined).toBe(choices.length > 3);
        expect(text.length).toBeLessThanOrEqual(1024);
        expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
        for (const { id, label } of choices) {
          expect(id).toMatch(/^(join|aside|[a-z0-9-]+\.\d+)\..+:[^:]+$/);
          expect(label.length).toBeLessThanOrEqual(choices.length > 3 ? LABEL[channel] : 20);
        }
      }
    });
  });

  it('nothing meets silence but what follows STOP, is left to a person, or takes a word back', () => {
    alwaysRich(({ before, event, said }) => {
      if (event.type === 'said' && before.consent !== 'stopped' && !before.relieved)
        expect(said, JSON.stringify(event)).toMatch(/\S/);
      if (event.type === 'unsaid' || event.type === 'relieved') expect(said).toBeUndefined();
    }, 800);
  });

  it('a yes is to the quartier that the button was about', () => {
    alwaysRich(({ event, effects }) => {
      if (event.type !== 'said' || !event.choice?.includes(':')) return;
      for (const effect of effects)
        if (effect.type === 'consent' && effect.kind === 'given')
          expect(event.choice).toBe(`join.consent.${effect.list}:1`);
    }, 800);
  });

  it('a tap answers the question it was offered with, or none', () => {
    alwaysRich(({ before, event, after, effects, offers }) => {
      if (event.type !== 'said' || !event.choice?.includes(':')) return;
      const answers = (session: Session): Record<string, Answer> => session.survey?.answers ?? {};
      const ended = effects.find((effect) => effect.type === 'record')?.sheet;
      const now = ended?.answers ?? answers(after);
      for (const [id, answer] of Object.entries(now)) {
        if (JSON.stringify(answers(before)[id]) === JSON.stringify(answer)) continue;
        expect(event.choice).toMatch(new RegExp(`\\.${id}(\\.|:)`));
        expect(offers.some(({ choices }) => choices.some((each) => each.id === event.choice))).toBe(true);
        // Only a value that was read back comes with the words it was read from.
        if (!before.survey?.check) expect(answer.r).toBeUndefined();
      }
    }, 1500);
  });

  it('no word of a message that was taken back stays in the session', () => {
    alwaysRich(({ event, after, effects }, all) => {
      if (event.type !== 'unsaid') return;
      expect(effects).toEqual([{ type: 'unkeep', event: event.of, surveys: Object.keys(after.ended) }]);
      const taken = all.find((each) => each.event.id === event.of)?.event;
      const text = taken?.type === 'said' && !taken.choice ? taken.text : '';
      // Said twice, it stays once.
      const again =
        all.filter((each) => each.event.type === 'said' && each.event.text.includes(text)).length > 1;
      if (text.length > 8 && !again) expect(JSON.stringify(after)).not.toContain(text);
    }, 800);
  });

  it('a person who has taken over is not interrupted', () => {
    alwaysRich(({ event, before, now, said }) => {
      if (event.type !== 'waited' || !before.relieved || before.relieved.until <= now.toISOString()) return;
      expect(said).toBeUndefined();
    });
  });
});

describe('by SMS', () => {
  it('nothing is offered and no message can be taken back', () => {
    always(({ effects, after }) => {
      for (const effect of effects)
        if (effect.type === 'say') expect(Object.keys(effect)).toEqual(['type', 'text']);
      expect(after).not.toHaveProperty('channel');
      expect(after).not.toHaveProperty('met');
      expect(JSON.stringify(after)).not.toContain('"e":');
    }, 200);
  });
});

describe('tapping and typing', () => {
  const questions = richWorld.surveys
    .all()
    .flatMap((survey) => survey.questions.map(({ id }) => ({ survey, id })));

  it.each(questions)('store the same: $id', ({ survey, id }) => {
    const at = survey.questions.findIndex((question) => question.id === id);
    const question = survey.questions[at];
    if (!question) throw new Error(`no question ${id}`);
    const voice = { language: 'fr', plain: false, phrase: (key: string) => key };
    const { choices, several } = typeOf(question).choices(question, voice as never);
    const tokens = choices.map(({ token }) => token).filter((token) => token !== 'done');
    const drawn = several
      ? fc.subarray(tokens, { minLength: 1 })
      : fc.constantFrom(...tokens).map((token) => [token]);
    const answered = (taps: string[], typed: boolean): Answer | undefined => {
      const phone = play(widerWorld(), MONDAY, 'whatsapp');
      phone.say(survey.keywords[0] as string);
      phone.say('1');
      for (let before = 0; before < at; before += 1) phone.say('1');
      const place = `${survey.key}.${survey.revision}.${id}`;
      if (typed) phone.say(taps.join(' '));
      else
        for (const token of [...taps, ...(several ? ['done'] : [])])
          phone.send({ choice: `${place}:${token}` });
      const { answers } = phone.session.survey ?? phone.effects('record').at(-1)?.sheet ?? {};
      return answers?.[id];
    };
    fc.assert(
      fc.property(drawn, (taps) => {
        const [tapped, typed] = [answered(taps, false), answered(taps, true)];
        expect(tapped).toBeDefined();
        expect({ v: tapped?.v, m: tapped?.m, o: tapped?.o }).toEqual({
          v: typed?.v,
          m: typed?.m,
          o: typed?.o,
        });
      }),
      { numRuns: 20 },
    );
  });
});
