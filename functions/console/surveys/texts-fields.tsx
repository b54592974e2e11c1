/** One text in several languages, side by side, each with what it takes as an SMS. */
import { languageName, weightInWords } from '../../../conversations/preview/transcript.ts';
import { sms } from '../../../conversations/shape.ts';
import type { Parts } from './parts.ts';
import { tagOf } from './text-in.tsx';

interface Fields {
  /** Of the form, without the language: `q0.text`. */
  name: string;
  label: string;
  hint?: string | undefined;
  texts: Record<string, string> | undefined;
  languages: string[];
  rows?: number;
}

export function TextsFields({
  parts,
  place,
  ...fields
}: Fields & {
  /** `place`: where the text stands in the survey, for what the message takes that it is part of. */
  place: string;
  parts: Parts | undefined;
}) {
  const { name, label, hint, texts, languages, rows = 2 } = fields;
  return (
    <fieldset class="texts">
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="side">
        {languages.map((language) => {
          const text = texts?.[language] ?? '';
          const whole = parts?.get(`${place}.${language}`);
          const id = `${name}.${language}`;
          return (
            <div>
              <label for={id}>{languageName(language)}</label>
              <textarea
                id={id}
                name={id}
                rows={rows}
                lang={tagOf(language)}
                dir="auto"
                aria-describedby={`${id}-poids`}
              >
                {text}
              </textarea>
              <p class="weight" id={`${id}-poids`}>
                {text === ''
                  ? 'Rien d’écrit'
                  : whole
                    ? `Tel qu’il part : ${weightInWords(whole)}`
                    : `Seul : ${weightInWords(sms(text))}`}
              </p>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
