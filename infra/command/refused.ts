/** What went wrong, in words for who typed the command: printed alone, and the exit code is 1. */
export class Refused extends Error {
  override name = 'Refused';
}
