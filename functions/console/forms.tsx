/**
 * The fields of a form: each with its label, a hint, and what is wrong with it, tied to it so that a screen reader says
 * them together (RGAA 11.10, WCAG 3.3.1). What was typed stays.
 */
import { type Child, createContext, useContext } from 'hono/jsx';

/** What is wrong, by field; a fault of no one field stands under ''. */
export type Faults = Record<string, string>;

interface Common {
  name: string;
  label: string;
  hint?: string | undefined;
  faults?: Faults | undefined;
  required?: boolean | undefined;
}

const ids = ({ name, hint, faults }: Common) => {
  const fault = faults?.[name];
  const described = [hint && `${name}-aide`, fault && `${name}-erreur`].filter(Boolean).join(' ');
  return {
    fault,
    attributes: {
      id: name,
      name,
      ...(described && { 'aria-describedby': described }),
      ...(fault && { 'aria-invalid': 'true' as const }),
    },
  };
};

function Framed({ of, children }: { of: Common; children?: Child }) {
  const { fault } = ids(of);
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={of.name}>
        {of.label}
        {of.required ? '' : ' (facultatif)'}
      </label>
      <Said of={of} />
      {children}
    </div>
  );
}

function Said({ of: { name, hint, faults } }: { of: Common }) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${name}-aide`}>
          {hint}
        </p>
      )}
      {faults?.[name] && (
        <p class="fault" id={`${name}-erreur`}>
          <span aria-hidden="true">▲ </span>
          {faults[name]}
        </p>
      )}
    </>
  );
}

export function Field({
  value,
  type = 'text',
  attributes: more,
  ...of
}: Common & {
  value?: string | undefined;
  type?: 'text' | 'search' | 'email' | 'tel' | 'number' | 'date' | 'time' | 'datetime-local' | 'url';
  attributes?: Record<string, string | number>;
}) {
  const { attributes } = ids(of);
  return (
    <Framed of={of}>
      <input type={type} value={value ?? ''} required={of.required} {...attributes} {...more} />
    </Framed>
  );
}

/** `language`: of what is typed, so that it is shown in its own script and direction. */
export function TextArea({
  value,
  rows = 4,
  language,
  ...of
}: Common & { value?: string | undefined; rows?: number; language?: string }) {
  const { attributes } = ids(of);
  return (
    <Framed of={of}>
      <textarea
        rows={rows}
        required={of.required}
        dir="auto"
        {...(language && { lang: language })}
        {...attributes}
      >
        {value ?? ''}
      </textarea>
    </Framed>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function Select({
  value,
  choices,
  ...of
}: Common & { value?: string | undefined; choices: Choice[] }) {
  const { attributes } = ids(of);
  return (
    <Framed of={of}>
      {/* An empty choice that means "all" would never be let through. */}
      <select required={of.required && !choices.some((each) => each.value === '')} {...attributes}>
        {choices.map((each) => (
          <option value={each.value} selected={each.value === (value ?? '')}>
            {each.label}
          </option>
        ))}
      </select>
    </Framed>
  );
}

/** Several of some, or one of some where `one`. */
export function Choices({
  values,
  choices,
  one,
  ...of
}: Common & { values: string[]; choices: Choice[]; one?: boolean }) {
  const { attributes } = ids(of);
  const fault = of.faults?.[of.name];
  return (
    <fieldset
      class={fault ? 'field wrong' : 'field'}
      id={of.name}
      aria-describedby={attributes['aria-describedby']}
    >
      <legend>
        {of.label}
        {of.required ? '' : ' (facultatif)'}
      </legend>
      <Said of={of} />
      <div class="choices">
        {choices.map((each, index) => (
          <label class="choice" for={`${of.name}-${index}`}>
            <input
              type={one ? 'radio' : 'checkbox'}
              id={`${of.name}-${index}`}
              name={of.name}
              value={each.value}
              checked={values.includes(each.value)}
            />
            <span>{each.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function File({ accept, ...of }: Common & { accept: string }) {
  const { attributes } = ids(of);
  return (
    <Framed of={of}>
      <input type="file" accept={accept} required={of.required} {...attributes} />
    </Framed>
  );
}

/** All that is wrong, at the top, with a link to each field. It takes the focus when the page comes. */
export function FaultSummary({ faults }: { faults: Faults }) {
  const all = Object.entries(faults);
  if (all.length === 0) return null;
  return (
    <div class="faults" role="alert" tabindex={-1} autofocus>
      <h2>{all.length > 1 ? `${all.length} points à corriger` : 'Un point à corriger'}</h2>
      <ul>
        {all.map(([name, fault]) => (
          <li>{name === '' ? fault : <a href={`#${name}`}>{fault}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

/** The token of the session, for every form on the page: the frame provides it. */
export const Token = createContext('');
export const TOKEN_FIELD = 'jeton';

/** A form that posts. `inline`: a lone button in a row. `unfinished`: it is taken with gaps, which the page names. */
export function Form({
  action,
  files,
  inline,
  unfinished,
  label,
  children,
}: {
  action: string;
  files?: boolean;
  inline?: boolean;
  unfinished?: boolean;
  label?: string;
  children?: Child;
}) {
  return (
    <form
      method="post"
      action={action}
      class={inline ? 'inline' : 'form'}
      {...(unfinished && { novalidate: true })}
      {...(files && { enctype: 'multipart/form-data' })}
      {...(label && { 'aria-label': label })}
    >
      <input type="hidden" name={TOKEN_FIELD} value={useContext(Token)} />
      {children}
    </form>
  );
}

export const Button = ({
  children,
  quiet,
  danger,
  name,
  value,
}: {
  children?: Child;
  quiet?: boolean;
  danger?: boolean;
  name?: string;
  value?: string;
}) => (
  <button
    type="submit"
    class={danger ? 'danger' : quiet ? 'quiet' : 'main'}
    {...(name && { name })}
    {...(value !== undefined && { value })}
  >
    {children}
  </button>
);
