/** Every reply of `tests/vectors/replies.json`. */
import { describe, expect, it } from 'vitest';
import { multiple } from '../../../conversations/questions/multiple.ts';
import { scale } from '../../../conversations/questions/scale.ts';
import { single } from '../../../conversations/questions/single.ts';
import { yesno } from '../../../conversations/questions/yesno.ts';
import { readCommand } from '../../../conversations/understand/commands.ts';
import { readHeadcount } from '../../../conversations/understand/headcount.ts';
import type { Reading } from '../../../conversations/understand/reading.ts';
import { readDay } from '../../../conversations/understand/when.ts';
import vectors from '../../vectors/replies.json';
import { panel, squareSurvey } from '../play.ts';

type Case = (typeof vectors.cases)[number];

const [frequence, priorites, securite] = squareSurvey.questions as [never, never, never];
const velo = panel.questions[0] as never;
const readers: Record<string, (said: string, language: string) => Reading<unknown>> = {
  single4: (said, language) => single.parse(frequence, said, language),
  multi6: (said, language) => multiple.parse(priorites, said, language),
  scale1to5: (said, language) => scale.parse(securite, said, language),
  yesno: (said, language) => yesno.parse(velo, said, language),
  headcount: (said, language) => readHeadcount(said, language),
  date: (said, language) => readDay(said, '2025-04-10', language),
};

const COMMANDS: Record<string, string | undefined> = {
  stop_all: 'stop',
  help: 'help',
  erase: 'erase',
  erase_confirm: 'erase?',
  callback: 'callback',
  none: undefined,
};

const nameOf = ({ type, lang, input }: Case): string => `${type} ${lang} ${input}`;

function check({ type, lang, input, expect: wanted }: Case): void {
  if (type === 'command') {
    const [name = '', argument] = String(wanted.command).split(':');
    const command = readCommand(input, lang);
    if (name === 'track') expect(command).toEqual({ command: 'track', reference: argument });
    else if (name === 'vote') expect(command).toEqual({ command: 'vote', code: argument });
    else {
      expect(Object.keys(COMMANDS)).toContain(name);
      expect(command?.command).toBe(COMMANDS[name]);
    }
    return;
  }
  const reading = readers[type]?.(input, lang);
  if (wanted.invalid) expect(reading?.kind).toBe('unclear');
  else if (wanted.skip) expect(reading).toEqual({ kind: 'skip' });
  else expect(reading).toMatchObject({ kind: 'value', value: wanted.values ?? wanted.value });
}

describe('replies.json', () => {
  it.each(vectors.cases.map((each): [string, Case] => [nameOf(each), each]))('%s', (_name, each) =>
    check(each),
  );

  it('a single choice means the labels of the vectors', () => {
    const labels = (question: { options: { label: Record<string, string> }[] }) =>
      question.options.map((option) => option.label.fr);
    expect(labels(frequence)).toEqual(vectors.options.single4);
    expect(labels(priorites)).toEqual(vectors.options.multi6);
  });
});
