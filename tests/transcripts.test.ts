/**
 * Dialogues as a non-programmer reads them (tests/transcripts/*.txt), played again through the hosted engine.
 * `npm test -- -u` rewrites them; the change is then read in the diff.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { measure } from '../conversations/shape.ts';
import { normalise } from '../conversations/understand/normalise.ts';
import { localWorld } from '../infra/local/city.ts';
import { replay } from '../infra/say/dialogue.ts';
import { languages, words } from '../locales/index.ts';
import { liveWorld } from './support/lives.ts';
import { twelveWorld } from './support/twelve.ts';
import { openVisit } from './support/visits.ts';

const folder = path.join(import.meta.dirname, 'transcripts');
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

/** J14: a meal and no walk; those who come say whether they are to be fetched. */
const meal = openVisit(
  {
    quartier: 'aines',
    title: { fr: 'Repas des aînés', tr: 'Yaşlılar yemeği', ar: 'غداء كبار السن', ta: 'முதியோர் விருந்து' },
    time: '12:00',
    meeting: { name: 'maison des seniors', latitude: 48.909, longitude: 2.546 },
    stops: [],
    transport: true,
  },
  4,
);

/** The dialogues of the survey with branches are in a city that has it; AIDE names every survey of a city. So are
 * those of a visit and of a live. */
const worldOf = (name: string) => {
  if (name.includes('halle')) return twelveWorld;
  if (/visite-(aines|silence)/.test(name)) return { ...localWorld(), visits: [meal] };
  if (name.includes('visite')) return { ...localWorld(), visits: [openVisit({ capacity: 30 })] };
  return name.includes('direct') ? liveWorld() : localWorld();
};

describe('transcripts', () => {
  it.each(files)('%s', async (name) => {
    const file = path.join(folder, name);
    await expect(await replay(readFileSync(file, 'utf8'), worldOf(name))).toMatchFileSnapshot(file);
  });

  it('are at least 25, in four languages', () => {
    const all = files.map((name) => readFileSync(path.join(folder, name), 'utf8'));
    expect(files.length).toBeGreaterThanOrEqual(25);
    for (const sign of [
      /répondez/,
      /Answer|Hello/,
      /Merhaba|Teşekkürler|Tesekkürler/,
      /\p{Script=Arabic}{3}/u,
    ])
      expect(all.some((text) => sign.test(text))).toBe(true);
  });

  it.each(languages)(
    '%s: STOP in its own word in the middle of a survey, then silence, then the way back',
    (language) => {
      const text = readFileSync(path.join(folder, `${language}-stop-sondage.txt`), 'utf8');
      const own = [words[language].commands, ...(language === 'fr-facile' ? [words.fr.commands] : [])];
      const said = [...text.matchAll(/^Résident: (.*)$/gm)].map(([, each]) => normalise(each as string));
      for (const command of ['stop', 'resume'] as const) {
        const known = new Set(own.flatMap((each) => each[command].map(normalise)));
        expect(said.filter((each) => known.has(each))).toHaveLength(1);
      }
      expect(text).toMatch(
        /· réponses gardées \(arrêté\): frequence = 3\n[\s\S]*\(pas de réponse\)[\s\S]*· preuve gardée: retour/,
      );
    },
  );

  it('no French message of ours is longer than one part', () => {
    for (const name of files.filter((each) => each.startsWith('fr-')))
      for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n'))
        if (line.startsWith('Ville'))
          expect(measure(line.replace(/^Ville[^:]*: /, '')).parts, `${name}: ${line}`).toBe(1);
  });
});
