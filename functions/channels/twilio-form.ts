/** A form of Twilio's, once it is read: open, since parameters appear without notice (channels.md 1.1). */

/** A form's parameters; a name that comes twice has all its values, as the signature wants them. */
export type Form = Record<string, string | string[]>;

/** A parameter's value, the first where it comes more than once; undefined where it is missing or empty. */
export function valueIn(form: Form, name: string): string | undefined {
  const value = form[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}

/** Says who or what a form is about: with two different values it says nothing. */
export const isContradicted = (form: Form, name: string): boolean =>
  Array.isArray(form[name]) && new Set(form[name]).size > 1;
