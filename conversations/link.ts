/** The code that ties a second address to a resident (J15), as it stands in a message. */
import { latinDigits } from './understand/normalise.ts';

const LINK = /^\s*lien\s*:?\s*((?:\d\s*){8})[.!\s]*$/i;

export const linkCodeIn = (text: string): string | undefined =>
  LINK.exec(latinDigits(text))?.[1]?.replace(/\s/g, '');
