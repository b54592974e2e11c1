/** Of whom a question is asked: chosen from what was answered before, several conditions if need be. */
import { type ConditionGroup, chosenIn, conditionsBefore } from '../../../conversations/drafts/conditions.ts';
import type { DraftQuestion } from '../../../conversations/drafts/draft.ts';
import { conditionInWords } from '../../../conversations/preview/condition-in-words.ts';
import { CONDITIONS } from './draft-form.ts';
import type { Editing } from './question-fields.tsx';

export function Condition({ at, editing: { survey, read } }: { at: number; editing: Editing }) {
  const { relevant = '' } = survey.questions[at] as DraftQuestion;
  const groups = conditionsBefore(survey, at);
  if (groups.length === 0 && relevant === '') return null;
  const [first, ...more] = CONDITIONS.map((field) => `q${at}.${field}`) as [string, ...string[]];
  const { join, formulas } = chosenIn(relevant, groups) ?? { join: 'and', formulas: [] };
  const written = relevant !== '' && formulas.length === 0;
  const others = formulas.length === 0 ? [] : [...formulas.slice(1), ''].slice(0, more.length);
  return (
    <>
      <One name={first} label="Posée" none="toujours" groups={groups} chosen={formulas[0]}>
        {written && (
          <option value={relevant} selected>
            {onlyIf(read ? conditionInWords(read, relevant) : relevant)}
          </option>
        )}
      </One>
      {others.length > 0 && (
        <div class="field">
          <label for={`q${at}.lien`}>S’il y a plusieurs conditions</label>
          <select id={`q${at}.lien`} name={`q${at}.lien`}>
            <option value="and" selected={join === 'and'}>
              il les faut toutes
            </option>
            <option value="or" selected={join === 'or'}>
              une seule suffit
            </option>
          </select>
        </div>
      )}
      {others.map((formula, index) => (
        <One
          name={more[index] as string}
          label={`Condition ${index + 2}`}
          none="aucune"
          groups={groups}
          chosen={formula}
        />
      ))}
    </>
  );
}

const onlyIf = (words: string): string =>
  words.startsWith('il ') ? `seulement s’${words}` : `seulement si ${words}`;

interface OneCondition {
  name: string;
  label: string;
  /** What the empty choice says. */
  none: string;
  groups: ConditionGroup[];
  chosen: string | undefined;
  children?: unknown;
}

const One = ({ name, label, none, groups, chosen, children }: OneCondition) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      <option value="">{none}</option>
      {children}
      {groups.map((group) => (
        <optgroup label={group.name}>
          {group.choices.map(({ formula, words }) => (
            <option value={formula} selected={formula === chosen}>
              {onlyIf(words)} ({group.name.split('.')[0]})
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  </div>
);
