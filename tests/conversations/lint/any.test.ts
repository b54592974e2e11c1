/** The lint looks at any survey that can be read, and never throws; what it finds can be shown and saved. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lintSurvey } from '../../../conversations/lint.ts';
import { anySurvey } from '../xlsform/any-survey.ts';
import { around, world } from './planted.ts';

it('never throws, and says what, where and what to do', () => {
  fc.assert(
    fc.property(anySurvey, fc.boolean(), (survey, whole) => {
      const findings = lintSurvey(
        survey,
        whole ? { city: world.city, others: [], today: '2026-11-25' } : around,
      );
      for (const { rule, place, message, question, language } of findings) {
        expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(place).toMatch(/^[a-z]+(\[\d+\])?/i);
        expect(message.length).toBeGreaterThan(20);
        expect(message).not.toMatch(/undefined|NaN|\[object/);
        if (question !== undefined) expect(survey.questions.map(({ id }) => id)).toContain(question);
        if (language !== undefined)
          expect(place.endsWith(language) || place.startsWith('languages') || place.endsWith('typed')).toBe(
            true,
          );
      }
    }),
    { numRuns: 60 },
  );
});

it('says the same of the same survey, and leaves it as it is', () => {
  fc.assert(
    fc.property(anySurvey, (survey) => {
      const before = structuredClone(survey);
      expect(lintSurvey(survey, around)).toEqual(lintSurvey(structuredClone(survey), around));
      expect(survey).toEqual(before);
    }),
    { numRuns: 20 },
  );
});
