/** A question in the editor: what it asks, of whom, and what can be answered. */
import type { DraftQuestion, WrittenSurvey } from '../../../conversations/drafts/draft.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { Button, Field, Select } from '../forms.tsx';
import { Condition } from './condition-fields.tsx';
import { Findings } from './findings.tsx';
import { OptionFields } from './option-fields.tsx';
import type { Parts } from './parts.ts';
import { TextsFields } from './texts-fields.tsx';
import { TYPE_NAMES } from './type-names.ts';

export interface Editing {
  survey: WrittenSurvey;
  /** The survey that the draft makes, where it makes one. */
  read: Survey | undefined;
  languages: string[];
  parts: Parts | undefined;
  findings: Finding[];
}

const CHOOSING = ['single', 'multiple', 'rank'];
const SILENT = ['note', 'calculate'];

export const typeChoices = Object.entries(TYPE_NAMES).map(([value, label]) => ({ value, label }));

export function QuestionFields({ at, editing }: { at: number; editing: Editing }) {
  const { survey, languages, parts, findings } = editing;
  const question = survey.questions[at] as DraftQuestion;
  const { type } = question;
  const name = `q${at}`;
  const place = `questions[${at}]`;
  const texts = (
    field: 'text' | 'hint' | 'low' | 'high' | 'constraintMessage',
    label: string,
    hint?: string,
  ) => (
    <TextsFields
      name={`${name}.${field}`}
      place={`${place}.${field}`}
      label={label}
      hint={hint}
      texts={question[field] as Record<string, string> | undefined}
      languages={languages}
      parts={parts}
    />
  );
  return (
    <section class="card question" id={name} aria-labelledby={`${name}-titre`}>
      <h3 id={`${name}-titre`}>
        Question {at + 1} <span class="soft">{TYPE_NAMES[type as keyof typeof TYPE_NAMES] ?? type}</span>
      </h3>
      <input type="hidden" name={`${name}.was`} value={question.id} />
      <Findings findings={findings.filter((each) => each.place.startsWith(place))} />
      {type !== 'calculate' && texts('text', type === 'note' ? 'Information' : 'Question')}
      {CHOOSING.includes(type) && (
        <OptionFields name={name} options={question.options ?? []} languages={languages} />
      )}
      {type === 'scale' && (
        <>
          <Limits question={question} name={name} which={['min', 'max']} />
          {texts('low', 'Ce que veut dire la plus petite note')}
          {texts('high', 'Ce que veut dire la plus grande note')}
        </>
      )}
      {type === 'number' && <Limits question={question} name={name} which={['min', 'max']} />}
      {type === 'headcount' && <Limits question={question} name={name} which={['max']} />}
      {type === 'rank' && <Limits question={question} name={name} which={['most']} />}
      {type === 'media' && (
        <Select
          name={`${name}.accepts`}
          label="Ce qui est attendu"
          required
          value={String(question.accepts ?? '')}
          choices={[
            { value: 'photo', label: 'Une photo' },
            { value: 'voice', label: 'Un message vocal' },
            { value: 'file', label: 'Un fichier' },
          ]}
        />
      )}
      {type === 'calculate' && (
        <Field
          name={`${name}.calculation`}
          label="Formule"
          required
          value={String(question.calculation ?? '')}
          attributes={{ spellcheck: 'false' }}
        />
      )}
      <Condition at={at} editing={editing} />
      {!SILENT.includes(type) && <Marks question={question} name={name} />}
      <details>
        <summary>Plus de réglages de la question {at + 1}</summary>
        <Select name={`${name}.type`} label="Type" required value={type} choices={typeChoices} />
        <Field
          name={`${name}.id`}
          label="Nom dans les exports et les formules"
          hint="Pour toujours : les réponses sont rangées sous ce nom."
          value={question.id}
          attributes={{ spellcheck: 'false' }}
        />
        <Field
          name={`${name}.relevant`}
          label="Condition, écrite en formule"
          hint="Comme dans XLSForm. Elle l’emporte sur le choix ci-dessus quand vous la changez."
          value={question.relevant ?? ''}
          attributes={{ spellcheck: 'false' }}
        />
        {!SILENT.includes(type) && (
          <>
            {texts('hint', 'Aide', 'Dite quand la réponse n’est pas comprise.')}
            <Field
              name={`${name}.constraint`}
              label="Réponses permises, en formule"
              hint="Par exemple . >= 18 ; le point est la réponse."
              value={String(question.constraint ?? '')}
              attributes={{ spellcheck: 'false' }}
            />
            {texts('constraintMessage', 'Ce qui est dit quand la réponse n’est pas permise')}
          </>
        )}
      </details>
      <div class="actions">
        {at > 0 && (
          <Button quiet name="act" value={`up-${at}`}>
            Monter<span class="hidden"> la question {at + 1}</span>
          </Button>
        )}
        {at < survey.questions.length - 1 && (
          <Button quiet name="act" value={`down-${at}`}>
            Descendre<span class="hidden"> la question {at + 1}</span>
          </Button>
        )}
        <details class="aside">
          <summary>
            Supprimer<span class="hidden"> la question {at + 1}</span>
          </summary>
          <Button danger name="act" value={`delete-${at}`}>
            Oui, supprimer la question {at + 1}
          </Button>
        </details>
      </div>
    </section>
  );
}

const LIMITS = { min: 'Au moins', max: 'Au plus', most: 'Combien sont à classer' } as const;

const Limits = ({
  question,
  name,
  which,
}: {
  question: DraftQuestion;
  name: string;
  which: (keyof typeof LIMITS)[];
}) => (
  <div class="row">
    {which.map((limit) => (
      <Field
        name={`${name}.${limit}`}
        label={LIMITS[limit]}
        value={String(question[limit] ?? '')}
        attributes={{ inputmode: 'decimal' }}
      />
    ))}
  </div>
);

function Marks({ question, name }: { question: DraftQuestion; name: string }) {
  const { type } = question;
  const marks: [field: string, label: string][] = [
    ['required', 'Réponse obligatoire : on ne passe pas avec 0'],
    ...(type === 'number' ? ([['decimals', 'Nombres à virgule']] as [string, string][]) : []),
    ...(type === 'multiple' ? ([['ranges', '« 1-3 » veut dire de 1 à 3']] as [string, string][]) : []),
  ];
  return (
    <div class="choices">
      <input type="hidden" name={`${name}.marques`} value="1" />
      {marks.map(([field, label]) => (
        <label class="choice" for={`${name}.${field}`}>
          <input
            type="checkbox"
            id={`${name}.${field}`}
            name={`${name}.${field}`}
            value="1"
            checked={question[field] === true}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
