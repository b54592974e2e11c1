/** The choices of a question, one a line, its languages side by side; lines at the end are for more. */
import type { DraftOption } from '../../../conversations/drafts/draft.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import { tagOf } from './text-in.tsx';

/** Empty lines: enough to go on with, and saving brings more. */
const SPARE = 3;
const FIRST = 4;

export function OptionFields({
  name,
  options,
  languages,
}: {
  name: string;
  options: DraftOption[];
  languages: string[];
}) {
  const spare = Math.max(SPARE, FIRST - options.length);
  const lines: DraftOption[] = [
    ...options,
    ...Array.from({ length: spare }, () => ({ id: '', label: undefined, other: undefined })),
  ];
  return (
    <fieldset class="texts">
      <legend>Choix</legend>
      <p class="hint">
        Un par ligne. Une ligne vidée dans toutes les langues est retirée ; enregistrez pour avoir d’autres
        lignes.
      </p>
      <ol class="options">
        {lines.map((option, index) => {
          const at = `${name}.o${index}`;
          return (
            <li>
              <input type="hidden" name={`${at}.was`} value={option.id} />
              <div class="side">
                {languages.map((language) => (
                  <input
                    type="text"
                    name={`${at}.label.${language}`}
                    value={option.label?.[language] ?? ''}
                    aria-label={`Choix ${index + 1}, ${languageName(language)}`}
                    placeholder={languageName(language)}
                    lang={tagOf(language)}
                    dir="auto"
                  />
                ))}
              </div>
              {option.id !== '' && (
                <details>
                  <summary>
                    <span class="hidden">Choix {index + 1} : </span>
                    {option.id}
                  </summary>
                  <label for={`${at}.id`}>Nom dans les exports et les formules</label>
                  <input type="text" id={`${at}.id`} name={`${at}.id`} value={option.id} spellcheck={false} />
                  <label class="choice" for={`${at}.other`}>
                    <input
                      type="checkbox"
                      id={`${at}.other`}
                      name={`${at}.other`}
                      value="1"
                      checked={option.other === true}
                    />
                    <span>Demander ensuite « Autre : quoi ? »</span>
                  </label>
                </details>
              )}
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}
