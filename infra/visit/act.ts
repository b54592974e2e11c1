/** `npm run visit -- approuver|deplacer|annuler|bilan ID --de QUI …`: what is done with a visit. */
import { approveVisit, cancelVisit, moveVisit, reportVisit } from '../../conversations/visit-acts.ts';
import { whenTold } from '../../functions/runtime/visit-told.ts';
import { isDay, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { actsOf } from '../command/things.ts';
import { meetingIn } from './said.ts';
import { findVisit, withVisits, writeActed } from './saved.ts';

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

const command = actsOf({
  tool: 'visit',
  options: OPTIONS,
  within: withVisits,
  find: findVisit,
  write: writeActed,
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
