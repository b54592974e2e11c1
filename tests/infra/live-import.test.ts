/** Comments from under a live, from Graph into the questions of staff: each once, their text and not who wrote them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { type GraphComments, startGraphComments } from '../support/graph-comments.ts';

const TOKEN = 'page-token';
const L = 'L-2027-001';
const DE = ['--de', 'agent@exemple'];
let folder: string;
let graph: GraphComments;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-live-import-'));
  graph = await startGraphComments(TOKEN);
});
afterAll(async () => {
  await graph.close();
  await rm(folder, { recursive: true, force: true });
});

const live = async (args: string[], token: string | undefined = TOKEN) => {
  const { code, output } = await runCommand('infra/live.ts', args, {
    env: { DATA_DIR: folder, TABLE: '', META_API_URL: graph.url, META_PAGE_TOKEN: token },
  });
  return { code, output };
};
const comment = (id: number, message?: string) => ({
  id: `998_${id}`,
  created_time: '2027-01-07T18:05:00+0000',
  ...(message !== undefined && { message }),
});
const IMPORT = ['importer', L, ...DE, '--direct', '998877665544'];

it('are kept once, whatever fails on the way', { timeout: 120_000 }, async () => {
  const when = `${new Date().getUTCFullYear() + 1}-01-14`;
  const made = await live([
    ...['nouvelle', ...DE, '--sujet', 'les écoles', '--quand', `${when}T19:00`, '--jusqua', `${when}T12:00`],
    ...['--lien', 'fb.example/live', '--mot-cle', 'ECOLE'],
  ]);
  const id = /L-\d{4}-001/.exec(made.output)?.[0] ?? '';
  const take = (...more: string[]) => [...IMPORT.map((each) => (each === L ? id : each)), ...more];
  graph.comments = [comment(1, 'Bravo!'), comment(2, 'Et la cantine?'), comment(3, '❤'), comment(4)];

  expect(await live(take(), 'another')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/Facebook n'a pas donné les commentaires \(.+\): 0 nouvelle question/),
  });
  graph.fails = 1;
  expect((await live(take())).output).toContain("rien n'est gardé deux fois");
  graph.fails = undefined;
  expect((await live(take())).output).toContain('0 nouvelle question, 2 déjà là, 2 sans question');
  graph.comments.unshift(comment(5, 'Le bus 601 le soir ?'), comment(6, 'Super live'));
  expect((await live(take('--questions'))).output).toContain('1 nouvelle question, 1 déjà là, 4 sans');

  const few = graph.comments;
  graph.comments = Array.from({ length: 10_001 }, (_, index) => comment(1000 + index, '❤'));
  expect((await live(take())).output).toContain(
    'plus de 10000 commentaires: les 10000 premiers sont lus (0 nouvelle question',
  );
  graph.comments = few;

  const { output } = await live(['questions', id]);
  expect(output).toMatch(/Q-1 {2}nouvelle {2}1 vote {2}\(Facebook\) Bravo!/);
  expect(output).toContain('(Facebook) Le bus 601 le soir ?');
  expect(output.match(/Facebook/g)).toHaveLength(3);
  expect(output).not.toContain('Someone');
  // Who wrote it is not even asked for, and the token stands in no address.
  for (const asked of graph.asked) {
    expect(asked).toContain('/998877665544/comments?filter=stream&fields=id%2Cmessage%2Ccreated_time');
    expect(asked).not.toContain(TOKEN);
  }
  expect((await live(['accepter', id, 'Q-2', ...DE, '--titre', 'Cantine?'])).code).toBe(0);
  // The same film by mistake under another live: other numbers, for each is one question's.
  await live([
    ...['nouvelle', ...DE, '--sujet', 'le parc', '--quand', `${when}T20:00`, '--jusqua', `${when}T12:00`],
    ...['--lien', 'fb.example/live', '--mot-cle', 'PARC'],
  ]);
  const second = id.replace('001', '002');
  expect((await live(take().map((each) => (each === id ? second : each)))).output).toContain('4 nouvelles');
  expect((await live(['questions', second])).output).not.toMatch(/Q-[123] /);
  // Nobody waits for a word of ours.
  expect((await live(['sans-reponse', id])).output).toContain('chaque question a une réponse ou un motif');
});

it('need a token and a number', { timeout: 60_000 }, async () => {
  expect((await live(IMPORT, '')).output).toContain('META_PAGE_TOKEN');
  expect((await live([...IMPORT.slice(0, -1), 'fb.example/live'])).output).toContain('des chiffres');
});
