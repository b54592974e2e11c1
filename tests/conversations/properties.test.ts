/** What must hold for any text, in any order, at any time (fast-check prints the seed and the shortest failing course). */
import Holidays from 'date-holidays';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine, type TakeTurn } from '../../conversations/engine.ts';
import { type Answer, Effect, Event } from '../../conversations/events.ts';
import type { World } from '../../conversations/moment.ts';
import type { Question } from '../../conversations/questions.ts';
import { BURST_SECONDS, MAX_TEXT, Session } from '../../conversations/session.ts';
import { sms } from '../../conversations/shape.ts';
import { normalise } from '../../conversations/understand/normalise.ts';
import { type CommandWord, languages, phrases, words } from '../../locales/index.ts';
import { course } from './anything.ts';
import { always, run, type Taken, worlds } from './courses.ts';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('any texts in any order', () => {
  it('never throw, and leave the session they are given as it was', () => {
    always(() => {}, 600);
  });

  it('make effects and events that their schemas accept', () => {
    always(({ event, effects }) => {
      expect(Event.parse(event)).toEqual(event);
      for (const effect of effects) expect(Effect.parse(throughJson(effect))).toStrictEqual(effect);
    });
  });

  it('make a session that goes on the same after it was kept', () => {
    for (const world of worlds) {
      const turn = createEngine(world);
      const kept: TakeTurn = (session, event, now) => {
        const loaded = Session.parse(throughJson(session));
        expect(loaded).toStrictEqual(session);
        const direct = turn(session, event, now);
        expect(turn(loaded, Event.parse(throughJson(event)), now)).toStrictEqual(direct);
        expect(Session.parse(throughJson(direct.session))).toStrictEqual(direct.session);
        return direct;
      };
      fc.assert(
        fc.property(course, (drawn) => void run(kept, drawn)),
        { numRuns: 400 },
      );
    }
  });

  it('say one message a turn at most', () => {
    always(({ effects }) => {
      expect(effects.filter((effect) => effect.type === 'say').length).toBeLessThanOrEqual(1);
    });
  });

  it('say it in one SMS part in French', () => {
    const french = (session: Session): boolean => (session.language ?? 'fr') === 'fr';
    always(({ before, after, said }) => {
      if (said === undefined || !french(before) || !french(after)) return;
      expect(said).not.toMatch(/\{\{|undefined|NaN|\[object/);
      expect(sms(said).parts, said).toBe(1);
    }, 800);
  });

  it('never meet silence, unless the resident has said STOP, or goes on with what was just said', () => {
    always(({ before, event, said, now }) => {
      if (event.type !== 'said' || before.consent === 'stopped') return;
      const atOnce = (since: string): boolean => now.getTime() - Date.parse(since) < BURST_SECONDS * 1000;
      const goesOn =
        (before.survey?.prev !== undefined && atOnce(before.survey.last)) ||
        Object.values(before.ended).some(({ tail, at }) => tail !== undefined && atOnce(at));
      if (!goesOn) expect(said).toMatch(/\S/);
    });
  });

  it('are kept no longer than they may be, and never cut inside a letter', () => {
    always(({ after, effects, event }) => {
      const whole = event.type !== 'said' || isWellFormed(event.text);
      for (const effect of effects)
        if (effect.type === 'keep' && whole) {
          expect(effect.text.length).toBeLessThanOrEqual(MAX_TEXT);
          expect(isWellFormed(effect.text)).toBe(true);
        }
      if (after.aside?.kind === 'stop') expect(after.aside.text.length).toBeLessThanOrEqual(MAX_TEXT);
    });
  });
});

const isWellFormed = (text: string): boolean =>
  !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

describe('STOP', () => {
  const wordsFor = (commands: CommandWord[]): Set<string> =>
    new Set(
      languages.flatMap((language) =>
        commands.flatMap((command) => words[language].commands[command].map(normalise)),
      ),
    );
  const answered = wordsFor(['resume', 'erase', 'contact', 'myData']);
  const stopWords = wordsFor(['stop']);
  // A near miss of EFFACER asks too.
  for (const near of ['efacer', 'effacez', 'efface', 'effaser']) answered.add(near);

  it('silences everything but coming back, erasing and being informed', () => {
    always(({ before, event, said }) => {
      if (before.consent !== 'stopped' || said === undefined) return;
      if (event.type !== 'said') throw new Error(`${event.type} wrote to someone who had said STOP: ${said}`);
      const confirms = before.aside?.kind === 'erase' || before.aside?.kind === 'data';
      expect(confirms || answered.has(normalise(event.text)), event.text).toBe(true);
    }, 800);
  });

  it('is undone only by its owner: no list, no call, no reminder until then', () => {
    always(({ before, after, event, effects }) => {
      if (before.consent !== 'stopped') return;
      const back = effects.some((effect) => effect.type === 'unsuppress');
      const erased = effects.some((effect) => effect.type === 'erase');
      if (!back && !erased) {
        expect(after.consent).toBe('stopped');
        expect(after.due).toBeUndefined();
        expect(effects.map((effect) => effect.type)).not.toContain('subscribe');
        expect(effects.map((effect) => effect.type)).not.toContain('call');
      }
      if (back && event.type === 'said') expect(answered.has(normalise(event.text))).toBe(true);
    });
  });

  it('what is not answered is kept for staff', () => {
    always(({ before, event, effects, said }) => {
      if (before.consent !== 'stopped' || event.type !== 'said' || said !== undefined) return;
      const meant = normalise(event.text);
      const again = stopWords.has(meant) || stopWords.has(meant.split(' ')[0] ?? '');
      const kept = effects.some((effect) => effect.type === 'keep');
      expect(again || kept || meant === '', event.text).toBe(true);
    });
  });
});

describe('a yes', () => {
  /** What the resident was last asked, of the questions whose answer must never be taken for another's. */
  type Asked = 'offer' | 'age' | 'erase' | 'survey';
  const phrasesOf = (keys: string[]): string[] =>
    languages.flatMap((language) => keys.map((key) => phrases[language][key] as string));
  const ages = phrasesOf(['join.age', 'join.ageAgain', 'join.ageOtherLanguage']);
  const erasing = phrasesOf(['erase.ask']);
  const begins = phrasesOf(['survey.start', 'survey.startAgain']).map(
    (text) => text.split('}}').at(-1) as string,
  );

  function askedIn(said: string): Asked | undefined {
    if (erasing.some((text) => said.includes(text))) return 'erase';
    if (ages.some((text) => said.includes(text))) return 'age';
    if (begins.some((text) => said.endsWith(text)) || /(^|[.؟!?] )[1-4]\/4 /.test(said)) return 'survey';
    return /\bOUI\b/.test(said) ? 'offer' : undefined;
  }
  const lastAsked = (all: Taken[], taken: Taken): Asked | undefined =>
    all
      .slice(0, all.indexOf(taken))
      .map(({ said }) => said && askedIn(said))
      .findLast((asked): asked is Asked => asked !== undefined && asked !== '');

  it('is a consent only where the offer was the last thing asked, or by a paper, and its exact words are kept', () => {
    always((taken, all) => {
      for (const effect of taken.effects)
        if (effect.type === 'consent' && effect.kind === 'given') {
          if (taken.event.type === 'enrolled') {
            const { proof, list } = taken.event;
            expect(effect).toMatchObject({ text: proof.what, on: proof.on, list });
            expect(taken.before.consent).not.toBe('stopped');
            continue;
          }
          expect(taken.event.type).toBe('said');
          expect(lastAsked(all, taken)).toBe('offer');
          expect(all.map(({ said }) => said)).toContain(effect.text);
          expect(effect.list).toBe(taken.before.join?.quartier);
        }
    }, 1500);
  });

  it('erases only where EFFACER was the last thing asked', () => {
    always((taken, all) => {
      if (!taken.effects.some((effect) => effect.type === 'erase')) return;
      // A child is forgotten by the answer to the age, which nothing else may be taken for.
      if (taken.event.type === 'said') expect(['erase', 'age']).toContain(lastAsked(all, taken));
      else expect(['retired', 'requested']).toContain(taken.event.type);
      if (taken.event.type !== 'requested' && taken.effects.some((effect) => effect.type === 'suppress'))
        expect(lastAsked(all, taken)).toBe('erase');
    }, 1500);
  });

  it('is needed before anybody is on a list', () => {
    always(({ effects, after }) => {
      if (effects.some((effect) => effect.type === 'subscribe')) expect(after.consent).toBe('given');
    });
  });
});

describe('time', () => {
  const holidays = new Holidays('FR');
  const paris = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const permitted = (at: Date): boolean => {
    const parts = Object.fromEntries(paris.formatToParts(at).map(({ type, value }) => [type, value]));
    const time = `${parts.hour}:${parts.minute}`;
    const today = holidays.isHoliday(at);
    const holiday = today ? today.some(({ type }) => type === 'public') : false;
    return parts.weekday !== 'Sun' && !holiday && time >= '08:30' && time < '20:00';
  };

  it('a reminder comes in permitted hours only', () => {
    always(({ event, now, said }) => {
      if (event.type === 'waited' && said !== undefined) expect(permitted(now), now.toISOString()).toBe(true);
    }, 800);
  });

  it('a survey reminds once at most, and 20 hours after the last word at the earliest', () => {
    always((taken, all) => {
      const { event, said, before, now } = taken;
      if (event.type !== 'waited' || said === undefined) return;
      const begun = before.survey?.started;
      const reminded = all.filter(
        (each) =>
          each.event.type === 'waited' && each.said !== undefined && each.before.survey?.started === begun,
      );
      expect(reminded).toEqual([taken]);
      expect(now.getTime() - Date.parse(before.survey?.last ?? '')).toBeGreaterThanOrEqual(20 * 3_600_000);
    }, 800);
  });

  it('what is open always has a time at which it ends', () => {
    always(({ before, event, after, now }) => {
      const open = (after.survey || after.join) && after.consent !== 'stopped';
      expect(after.due !== undefined).toBe(Boolean(open));
      // Woken when it asked to be, it never asks for the same moment again.
      if (event.type === 'waited' && before.due && now >= new Date(before.due) && after.due)
        expect(Date.parse(after.due)).toBeGreaterThan(now.getTime());
    });
  });
});

describe('answers', () => {
  it('are always answers to their question', () => {
    always(({ after, effects }, _all, world) => {
      if (after.survey) checkAnswers(world, after.survey.key, after.survey.revision, after.survey.answers);
      for (const effect of effects) {
        if (effect.type === 'record')
          checkAnswers(world, effect.sheet.survey, effect.sheet.revision, effect.sheet.answers);
        if (effect.type === 'amend')
          checkAnswers(world, effect.survey, 1, { [effect.question]: effect.answer });
      }
    }, 800);
  });

  function checkAnswers(world: World, key: string, revision: number, answers: Record<string, Answer>): void {
    for (const [id, answer] of Object.entries(answers)) {
      const question = world.surveys.get(key, revision)?.questions.find((each) => each.id === id);
      expect(question, `${key} ${id}`).toBeDefined();
      const { v, m, t } = answer;
      expect(Number.isInteger(t) && t >= 0, `t of ${id}: ${t}`).toBe(true);
      expect((v === undefined) !== (m === undefined), JSON.stringify(answer)).toBe(true);
      if (v !== undefined)
        expect(isValid(question as Question, v), `${id}: ${JSON.stringify(answer)}`).toBe(true);
      for (const said of [answer.c, answer.o, answer.r]) if (said !== undefined) expect(said).toMatch(/\S/);
    }
  }

  const within = (value: unknown, min: number, max: number): boolean =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max;

  function isValid(question: Question, value: NonNullable<Answer['v']>): boolean {
    switch (question.type) {
      case 'single':
        return within(value, 1, question.options.length);
      case 'multiple':
        // "rien" is an answer of its own: nothing of what was offered.
        return (
          Array.isArray(value) &&
          value.every((each, index) => within(each, (value[index - 1] ?? 0) + 1, question.options.length))
        );
      case 'yesno':
        return typeof value === 'boolean';
      case 'scale':
        return within(value, question.min, question.max);
      case 'number':
        return (
          typeof value === 'number' &&
          value >= (question.min ?? 0) &&
          value <= (question.max ?? Number.MAX_SAFE_INTEGER) &&
          (question.decimals || Number.isInteger(value))
        );
      case 'text':
        return typeof value === 'string' && value.trim() === value && value !== '';
      default:
        throw new Error(`no survey of this test asks a ${question.type}`);
    }
  }
});
