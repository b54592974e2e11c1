/** Pseudonyms that were met: some forty bytes each, outside V8's heap, which an export is started with little of. */
import { hash } from 'node:crypto';

const FIRST_SIZE = 1024;
/** Of a hash's 32-bit words: 128 bits tell any two pseudonyms apart. */
const WORDS = 4;

export class PseudonymSet {
  private slots = new Uint32Array(FIRST_SIZE * WORDS);
  private count = 0;

  /** False where it was there. */
  add(pseudonym: string): boolean {
    if (!this.put(wordsOf(pseudonym))) return false;
    this.count += 1;
    if (this.count * 2 * WORDS > this.slots.length) this.grow();
    return true;
  }

  has(pseudonym: string): boolean {
    return this.count > 0 && this.find(wordsOf(pseudonym)).found;
  }

  private put(words: Uint32Array): boolean {
    const { at, found } = this.find(words);
    if (!found) this.slots.set(words, at);
    return !found;
  }

  /** Where it stands, or the free place that it would have. */
  private find(words: Uint32Array): { at: number; found: boolean } {
    const { slots } = this;
    for (let at = ((words[1] as number) * WORDS) % slots.length; ; at = (at + WORDS) % slots.length) {
      if (slots[at] === 0) return { at, found: false };
      if (words.every((word, index) => slots[at + index] === word)) return { at, found: true };
    }
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += WORDS)
      if (before[at] !== 0) this.put(before.subarray(at, at + WORDS));
  }
}

function wordsOf(pseudonym: string): Uint32Array {
  const words = new Uint32Array(WORDS);
  Buffer.from(words.buffer).set(hash('sha256', pseudonym, 'buffer').subarray(0, words.byteLength));
  // A free place has none in its first.
  words[0] = (words[0] as number) | 1;
  return words;
}
