/** What the engines that are not ours read replies with: figures and a few words, nothing that a slip would find. */
const WORDS: Record<string, number> = { un: 1, deux: 2, trois: 3, quatre: 4, cinq: 5 };

export const numbers = (text: string): number[] =>
  [...text.toLowerCase().matchAll(/\d+|\p{L}+/gu)].flatMap(([word]) => {
    const number = /^\d/.test(word) ? Number(word) : WORDS[word];
    return number === undefined ? [] : [number];
  });

/** The one number of a reply, if it is on offer. */
export function one(text: string, most: number): number | undefined {
  const [number, ...more] = numbers(text);
  return number !== undefined && number >= 1 && number <= most && more.length === 0 ? number : undefined;
}

/** The numbers of a reply, if all are on offer. */
export function several(text: string, most: number): number[] | undefined {
  const found = numbers(text);
  return found.length > 0 && found.every((number) => number >= 1 && number <= most) ? found : undefined;
}
