/**
 * Concatenated SMS sometimes arrive from Twilio in base64 (channels.md 1.1; courier's handler has met them). Owns
 * telling them from a long word that somebody typed.
 */

/** 45 bytes: what is shorter is no concatenated SMS. Courier asks for as much. */
const SHORTEST = 60;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Letters that no text has: controls but for line breaks and tabs, and what stands for bytes that were lost. */
const UNPRINTABLE = /[^\P{Cc}\n\r\t]|\ufffd/u;
/** A key held down is no base64, though "VVVV" would decode to "UUU". */
const FEWEST_LETTERS = 10;

/** The text that was meant: decoded where it is base64 beyond doubt, else as it came. */
export function readableText(body: string): string {
  const packed = body.replace(/[\r\n]/g, '').trim();
  if (packed.length < SHORTEST || packed.length % 4 !== 0 || !BASE64.test(packed)) return body;
  if (new Set(packed).size < FEWEST_LETTERS) return body;
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.toString('base64') !== packed) return body;
  const text = utf8Of(bytes);
  // Some 45 bytes that are all UTF-8 and all printable do not come about by chance.
  return text === undefined || text.trim() === '' || UNPRINTABLE.test(text) ? body : text;
}

/** Undefined where it is none. The last letter may be cut in the middle: Twilio cuts by bytes. */
function utf8Of(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
