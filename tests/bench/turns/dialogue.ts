/** The conversation that every engine holds: J03 of the transcripts, word for word, and what it comes to. */
import { readFileSync } from 'node:fs';
import type { AnswerSheet } from '../../../conversations/events.ts';

export interface Dialogue {
  said: string[];
  replies: string[];
}

/** What the four questions must end with, whoever asked them. */
export interface Values {
  frequence: number;
  priorites: number[];
  autre: string;
  securite: number;
  mot: string;
}

export const EXPECTED: Values = {
  frequence: 3,
  priorites: [1, 3, 6],
  autre: 'des toilettes publiques',
  securite: 2,
  mot: "Il faut que le gardien reste jusqu'à 20h",
};

export function readDialogue(): Dialogue {
  const text = readFileSync(new URL('../../transcripts/fr-j03-sondage.txt', import.meta.url), 'utf8');
  const lines = (who: string): string[] =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${who}: `))
      .map((line) => line.slice(who.length + 2));
  return { said: lines('Résident'), replies: lines('Ville') };
}

export function valuesOf({ answers }: AnswerSheet): Values {
  const value = (id: string) => answers[id]?.v;
  return {
    frequence: value('frequence') as number,
    priorites: value('priorites') as number[],
    autre: answers.priorites?.o as string,
    securite: value('securite') as number,
    mot: value('mot') as string,
  };
}
