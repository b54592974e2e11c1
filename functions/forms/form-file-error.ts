/** A file that cannot be read or written as a form. The message is a French sentence for who chose the file. */
export class FormFileError extends Error {
  override name = 'FormFileError';
}
