/** A text in each language of the city: French at once, the others behind a fold. */

import type { City } from '../../../conversations/city.ts';
import { languageName } from '../../../conversations/describe-audience.ts';
import { tagOf } from '../announcements/preview.tsx';
import { type Faults, TextArea } from '../forms.tsx';
import { sentence } from '../said.ts';

export interface Words {
  /** Of the fields: `motif-fr`. */
  name: string;
  label: string;
  hint?: string;
  rows?: number;
  required?: boolean;
}

export function TextsField({
  city,
  words,
  typed,
  faults = {},
}: {
  city: City;
  words: Words[];
  typed: URLSearchParams;
  faults?: Faults;
}) {
  const inLanguage = (language: string, { name, label, hint, rows = 2, required }: Words) => {
    const field = `${name}-${language}`;
    return (
      <TextArea
        name={field}
        label={language === 'fr' ? label : `${label}, en ${languageName(city, language)}`}
        {...(language === 'fr' && { hint })}
        language={tagOf(language)}
        rows={rows}
        required={required && language === 'fr'}
        value={typed.get(field) ?? ''}
        faults={faults}
      />
    );
  };
  const isUsed = (language: string): boolean =>
    words.some(({ name }) => Boolean(typed.get(`${name}-${language}`)) || faults[`${name}-${language}`]);
  return (
    <>
      {words.map((each) => inLanguage('fr', each))}
      {city.languages
        .filter((language) => language !== 'fr')
        .map((language) => (
          <details open={isUsed(language)}>
            <summary>{sentence(languageName(city, language))}</summary>
            {words.map((each) => inLanguage(language, each))}
          </details>
        ))}
    </>
  );
}

/** What was typed, by language; undefined where nothing was. */
export function textsIn(form: URLSearchParams, name: string): Record<string, string> | undefined {
  const texts: Record<string, string> = {};
  for (const [field, value] of form)
    if (field.startsWith(`${name}-`) && value.trim() !== '')
      texts[field.slice(name.length + 1)] = value.replace(/\r\n/g, '\n').trim();
  return Object.keys(texts).length > 0 ? texts : undefined;
}

export const fillTexts = (
  fields: URLSearchParams,
  name: string,
  texts: Record<string, string> = {},
): void => {
  for (const [language, text] of Object.entries(texts)) fields.set(`${name}-${language}`, text);
};
