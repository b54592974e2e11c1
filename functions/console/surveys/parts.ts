/** What each message of a survey takes as an SMS, as the engine says it at its longest. */

import { sentIn } from '../../../conversations/lint/cost.ts';
import type { Around } from '../../../conversations/lint/finding.ts';
import { sheetOf } from '../../../conversations/lint.ts';
import { type Sms, sms } from '../../../conversations/shape.ts';
import type { Survey } from '../../../conversations/survey.ts';

/** By place and language, `questions[0].text.tr`; of several pages the longest. */
export type Parts = Map<string, Sms>;

export function partsOf(survey: Survey, around: Around, languages: string[]): Parts {
  const sheet = sheetOf(survey, around);
  const parts: Parts = new Map();
  for (const language of languages)
    for (const { place, text } of sentIn(sheet, language)) {
      const at = `${place}.${language}`;
      const made = sms(text);
      if (made.units > (parts.get(at)?.units ?? -1)) parts.set(at, made);
    }
  return parts;
}
