/**
 * `npm run live -- nouvelle …` and `modifier ID …`: when, about what, where it is seen. From options, or a JSON file
 * (`conversations/live.ts`, `LiveDraft`).
 */
import { parisTime } from '../../conversations/hours.ts';
import { type Live, type LiveDraft, liveId, readLive } from '../../conversations/live.ts';
import { changeLive, liveOf } from '../../conversations/live-acts.ts';
import { lintLive } from '../../conversations/live-lint.ts';
import { findingLines } from '../command/findings.ts';
import { personOf } from '../command/person.ts';
import { readArgs, readJson, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import type { Command } from '../command/run-command.ts';
import { liveLine } from './said.ts';
import { findLive, withLives, writeActed } from './saved.ts';

const OPTIONS = {
  de: { type: 'string' },
  sujet: { type: 'string', multiple: true },
  quand: { type: 'string' },
  jusqua: { type: 'string' },
  lien: { type: 'string' },
  'mot-cle': { type: 'string' },
  nombre: { type: 'string' },
  avance: { type: 'string' },
  reponses: { type: 'string' },
  invitation: { type: 'string', multiple: true },
} as const;
const USAGE = `usage: npm run live -- nouvelle [FICHIER.json] --de QUI --sujet "travaux du bas Clichy" --quand AAAA-MM-JJTHH:MM --jusqua AAAA-MM-JJTHH:MM --lien fb.example/live --mot-cle TRAVAUX
  [--nombre 3: questions posées] [--avance 15: minutes entre le lien et le début] [--reponses AAAA-MM-JJ: réponses promises] [--invitation "…"]
  Un texte dans une autre langue: --sujet tr="…"
  modifier ID … : les mêmes; ce qui n'est pas dit ne change pas`;

type Values = ReturnType<typeof read>['values'];
const read = (args: string[]) => readArgs(args, OPTIONS, USAGE);

export const created: Command = {
  async run(args) {
    const { values, positionals } = read(args);
    const by = personOf(values.de);
    const [file, ...more] = positionals;
    if (more.length > 0) throw new Refused(USAGE);
    const draft = draftOf(file === undefined ? {} : await readJson(file, 'un direct'), values);
    await withLives(async (saved) => {
      const { thing } = await saved.lives.create(
        (number) => liveOf(draft, liveId(number, parisTime(saved.now)), number, by),
        { by, what: 'nouvelle', at: saved.now },
      );
      console.log([liveLine(thing), ...findingLines(lintLive(thing, saved.around))].join('\n'));
    });
  },
};

export const changed: Command = {
  async run(args) {
    const { values, positionals } = read(args);
    const by = personOf(values.de);
    const [id, file, ...more] = positionals;
    if (id === undefined || more.length > 0) throw new Refused(USAGE);
    const fromFile = file === undefined ? {} : await readJson(file, 'un direct');
    await withLives(async (saved) => {
      const before = await findLive(saved, id);
      const draft = draftOf({ ...writtenOf(before.thing), ...fromFile }, values);
      const acted = changeLive(before.thing, draft, { by, now: saved.now }, saved.around);
      await writeActed(saved, before, acted, { by, what: 'modifier' });
    });
  },
};

const writtenOf = ({ subject, at, link, keyword, until, asks, lead, answers, opening }: Live): LiveDraft => ({
  subject,
  at,
  link,
  keyword,
  until,
  asks,
  lead,
  ...(answers !== undefined && { answers }),
  ...(opening && { opening }),
});

/** Throws `Refused` with every fault. */
function draftOf(from: object, values: Values): LiveDraft {
  const { sujet, quand, jusqua, lien, nombre, avance, reponses, invitation } = values;
  const keyword = values['mot-cle'];
  const data = {
    ...from,
    ...(sujet && { subject: textsIn(sujet) }),
    ...(quand !== undefined && { at: quand }),
    ...(jusqua !== undefined && { until: jusqua }),
    ...(lien !== undefined && { link: lien }),
    ...(keyword !== undefined && { keyword }),
    ...(nombre !== undefined && { asks: Number(nombre) }),
    ...(avance !== undefined && { lead: Number(avance) }),
    ...(reponses !== undefined && { answers: reponses }),
    ...(invitation && { opening: textsIn(invitation) }),
  };
  try {
    return readLive(data, 'that was given');
  } catch (cause) {
    throw new Refused(`le direct n'est pas utilisable:\n${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
