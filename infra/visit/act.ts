/** `npm run visit -- approuver|deplacer|annuler|bilan ID --de QUI …`: what is done with a visit. */
import { spoken } from '../../conversations/announcement-acts.ts';
import { MINUTE, nextPermitted } from '../../conversations/hours.ts';
import { beginsAt, type Visit } from '../../conversations/visit.ts';
import {
  approveVisit,
  cancelVisit,
  moveVisit,
  reportVisit,
  type VisitActed,
} from '../../conversations/visit-acts.ts';
import { personOf } from '../announce/saved.ts';
import { readArgs, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import type { Command } from '../command/run-command.ts';
import { meetingIn } from './said.ts';
import { findVisit, type SavedVisits, withVisits, writeActed } from './saved.ts';

const TEXT = { type: 'string', multiple: true } as const;
const OPTIONS = {
  de: { type: 'string' },
  note: { type: 'string' },
  jour: { type: 'string' },
  heure: { type: 'string' },
  lieu: { type: 'string' },
  motif: TEXT,
  texte: TEXT,
} as const;

type Values = ReturnType<typeof readArgs<typeof OPTIONS>>['values'];
type Act = (visit: Visit, values: Values, by: string, saved: SavedVisits) => VisitActed;

const command = (name: string, takes: string, allowed: (keyof Values)[], act: Act): Command => ({
  async run(args) {
    const usage = `usage: npm run visit -- ${name} ID --de QUI${takes} [--note "…"]`;
    const { values, positionals } = readArgs(args, OPTIONS, usage);
    const [id, ...more] = positionals;
    const known = new Set<string>(['de', 'note', ...allowed]);
    if (id === undefined || more.length > 0 || Object.keys(values).some((each) => !known.has(each)))
      throw new Refused(usage);
    const by = personOf(values.de);
    await withVisits(async (saved) => {
      const before = await findVisit(saved, id);
      const acted = act(before.thing, values, by, saved);
      await writeActed(saved, before, acted, { by, what: name, note: values.note });
    });
  },
});

export const approving = command('approuver', '', [], (visit, _values, by, { now, around }) =>
  approveVisit(visit, { by, now }, around),
);

export const moving = command(
  'deplacer',
  ' [--jour AAAA-MM-JJ] [--heure HH:MM] [--lieu "nom;latitude;longitude"]',
  ['jour', 'heure', 'lieu'],
  (visit, { jour, heure, lieu }, by, { now, around }) => {
    if (jour !== undefined && !isDay(jour)) throw new Refused(`--jour est AAAA-MM-JJ, reçu « ${jour} »`);
    if (heure !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(heure))
      throw new Refused(`--heure est HH:MM, reçu « ${heure} »`);
    const meeting = lieu === undefined ? undefined : meetingIn(lieu);
    const acted = moveVisit(visit, { day: jour, time: heure, meeting }, { by, now }, around);
    if (!('visit' in acted)) return acted;
    const when = whenTold(acted.visit, visit, around.city, now);
    return { ...acted, told: acted.told ? `${when}\n${acted.told}` : when };
  },
);

export const cancelling = command(
  'annuler',
  ' [--motif "pluie"]',
  ['motif'],
  (visit, { motif }, by, { now, around }) => {
    const acted = cancelVisit(visit, { by, now }, around, textsIn(motif));
    return 'visit' in acted && visit.state === 'open'
      ? { ...acted, told: whenTold(acted.visit, visit, around.city, now) }
      : acted;
  },
);

export const reporting = command(
  'bilan',
  ' --texte "Ville de Clichy: …" [--texte tr="…"]',
  ['texte'],
  (visit, { texte }, by, { now, around }) => {
    const texts = textsIn(texte);
    if (!texts?.fr) throw new Refused('le bilan a un texte en français: --texte "Ville de Clichy: …"');
    const acted = reportVisit(visit, texts, { by, now }, around);
    return 'visit' in acted
      ? {
          ...acted,
          told: `une autre personne le valide (approuver ${visit.id}); il part alors à ceux qui étaient là, deux jours après la visite au plus tôt`,
        }
      : acted;
  },
);

/** 31 February is none. */
const isDay = (day: string): boolean => {
  const at = new Date(`${day}T12:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

/** When those who come hear of it; and that they do not where it would come too late. */
function whenTold(after: Visit, before: Visit, city: SavedVisits['around']['city'], now: Date): string {
  const at = nextPermitted(new Date(now.getTime() + 2 * MINUTE), city.sending);
  const until = beginsAt(after) < beginsAt(before) ? beginsAt(after) : beginsAt(before);
  return at < until
    ? `les inscrits, et eux seuls, l'apprennent ${spoken(at)}`
    : `la ville ne peut plus écrire avant ${spoken(until)}: les inscrits ne recevront pas de message à temps, prévenez-les autrement`;
}
