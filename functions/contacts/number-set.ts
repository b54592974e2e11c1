/** Which numbers a file has had: sixteen bytes a number at most, so that a million are 16 MB and no objects. */

const FIRST_SIZE = 1024;

export class NumberSet {
  private slots = new Float64Array(FIRST_SIZE);
  private count = 0;

  /** False where it was there. `e164`: fifteen digits at most, which a double holds exactly. */
  add(e164: string): boolean {
    if (!this.put(Number(e164.slice(1)))) return false;
    this.count += 1;
    if (this.count * 2 > this.slots.length) this.grow();
    return true;
  }

  private put(value: number): boolean {
    const { slots } = this;
    let at = value % (slots.length - 1);
    while (slots[at] !== 0) {
      if (slots[at] === value) return false;
      at = (at + 1) % slots.length;
    }
    slots[at] = value;
    return true;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 2);
    for (const value of before) if (value !== 0) this.put(value);
  }
}
