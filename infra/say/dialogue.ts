/**
 * A dialogue that a non-programmer can read, played through the hosted engine without store or network.
 * `npm run say` writes them; `tests/transcripts.test.ts` plays them again.
 *
 * `Résident: …` is what is typed, `Résident, aussitôt: …` ten seconds after the last, `… 20 h` lets time pass,
 * `# début: …` sets the first hour; `Ville: …` and `· …` (what was kept, decided) are written by the player.
 */
import type { Answer, Effect, Event } from '../../conversations/events.ts';
import { parisMoment } from '../../conversations/hours.ts';
import type { World } from '../../conversations/moment.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { sms } from '../../conversations/shape.ts';
import { hostEngine } from '../../functions/runtime/bot.ts';
import { cityCommands } from '../../functions/runtime/city-commands.ts';

const SAYS = 'Résident: ';
const SAYS_AT_ONCE = 'Résident, aussitôt: ';
const START = '# début: ';
/** Between two messages of a dialogue: longer than what counts as one thought in two messages. */
const PAUSE = 90_000;
const AT_ONCE = 10_000;
const UNITS: Record<string, number> = { min: 60_000, h: 3_600_000, jour: 86_400_000, jours: 86_400_000 };

export interface Dialogue {
  now: Date;
  session: Session;
  say(text: string): Promise<string[]>;
  /** A thought in two messages: so soon that it may still belong to the one before. */
  sayAtOnce(text: string): Promise<string[]>;
  wait(duration: string): Promise<string[]>;
}

export function createDialogue(world: World, start = parisMoment('2026-11-23', '10:00')): Dialogue {
  const take = hostEngine(world, [cityCommands]);
  let count = 0;
  const turn = async (event: Event): Promise<string[]> => {
    const { session, effects } = await take(dialogue.session, event, dialogue.now);
    // What the store does with someone who was erased: the next message comes from someone new.
    dialogue.session = session.id === '' ? newSession('resident') : session;
    return effects.map(shown);
  };
  const id = (): string => `m${String(++count).padStart(4, '0')}`;
  const said = async (text: string, pause: number): Promise<string[]> => {
    dialogue.now = new Date(dialogue.now.getTime() + pause);
    const lines = await turn({ type: 'said', id: id(), channel: 'sms', text });
    return lines.some((line) => line.startsWith('Ville')) ? lines : [...lines, '(pas de réponse)'];
  };
  const dialogue: Dialogue = {
    now: start,
    session: newSession('resident'),
    say: (text) => said(text, PAUSE),
    sayAtOnce: (text) => said(text, AT_ONCE),
    async wait(duration) {
      const [, amount, unit = ''] = /^(\d+) ?(\w+)$/.exec(duration.trim()) ?? [];
      const length = Number(amount) * (UNITS[unit] ?? Number.NaN);
      if (!(length > 0))
        throw new Error(`une durée est « 20 h », « 2 jours » ou « 30 min », reçu: « ${duration} »`);
      const target = new Date(dialogue.now.getTime() + length);
      const lines: string[] = [];
      while (dialogue.session.due && new Date(dialogue.session.due) <= target) {
        const due = new Date(dialogue.session.due);
        dialogue.now = due > dialogue.now ? due : dialogue.now;
        const woken = await turn({ type: 'waited', id: id() });
        if (woken.length > 0) lines.push(`(${clock(dialogue.now)})`, ...woken);
      }
      dialogue.now = target;
      return lines;
    },
  };
  return dialogue;
}

const clock = (at: Date): string =>
  new Intl.DateTimeFormat('fr', {
    timeZone: 'Europe/Paris',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);

const CALLS = { asked: 'demandé', language: 'langue', silence: 'sans réponse', voice: 'vocal' };
const FILES = {
  photo: 'photo',
  voice: 'vocal',
  video: 'vidéo',
  document: 'document',
  sticker: 'autocollant',
};
const KINDS = { visit: 'visites', survey: 'sondages', live: 'directs', info: 'infos' };
const DANGERS = { self: 'se met en danger', violence: 'violence' };

function shown(effect: Effect): string {
  switch (effect.type) {
    case 'say': {
      const { text, parts } = sms(effect.text);
      return `Ville${parts > 1 ? ` (${parts} SMS)` : ''}: ${text}`;
    }
    case 'consent': {
      const kinds = { given: 'oui', stopped: 'arrêt', resumed: 'retour' };
      const about = [
        effect.list && `liste ${effect.list}`,
        effect.source && `affiche ${effect.source}`,
      ].filter(Boolean);
      return `· preuve gardée: ${kinds[effect.kind]}, version ${effect.version}${about.map((each) => `, ${each}`).join('')}`;
    }
    case 'subscribe':
      return `· inscrit sur la liste ${effect.list}`;
    case 'unsubscribe':
      return `· retiré de la liste ${effect.list}`;
    case 'record': {
      const answers = Object.entries(effect.sheet.answers).map(([id, answer]) => `${id} = ${value(answer)}`);
      const ends = { done: 'fini', expired: 'expiré', stopped: 'arrêté', erased: 'effacé', open: 'ouvert' };
      return `· réponses gardées (${ends[effect.sheet.end]}): ${answers.join(' ; ') || 'aucune'}`;
    }
    case 'amend':
      return `· réponse corrigée: ${effect.question} = ${value(effect.answer)}`;
    case 'call':
      return `· sur la liste d'appels (${CALLS[effect.why]}: ${effect.language})`;
    case 'attach':
      return `· fichiers gardés: ${effect.media.map(({ kind }) => FILES[kind]).join(', ')}`;
    case 'unkeep':
      return '· ce que ce message disait est effacé';
    case 'mute':
      return `· preuve gardée: arrêt (${KINDS[effect.kind]})`;
    case 'unmute':
      return `· preuve gardée: retour (${KINDS[effect.kind]})`;
    case 'link':
      return `· code de liaison donné: ${effect.code}`;
    case 'adopt':
      return `· réponses reprises de l'autre adresse: ${effect.surveys.join(', ')}`;
    case 'append':
      return `· ajouté à la réponse: ${effect.question} + « ${effect.text} »`;
    case 'keep':
      return effect.alarm
        ? `· ALERTE à une personne de la mairie (${DANGERS[effect.alarm]}), message gardé`
        : '· message gardé pour la mairie';
    case 'copy':
      return '· une page montre ses données pendant 24 h';
    case 'suppress':
      return '· empreinte gardée: ne plus écrire';
    case 'unsuppress':
      return '· empreinte retirée: peut recevoir';
    case 'erase':
      return `· tout est effacé, preuve ${effect.proof}`;
  }
}

function value(answer: Answer): string {
  const missing = { skip: 'passé', unknown: 'incompris', erased: 'effacé' };
  const main = answer.m ? missing[answer.m] : Array.isArray(answer.v) ? answer.v.join(',') : String(answer.v);
  return [
    main,
    answer.o && `autre « ${answer.o} »`,
    answer.c && `« ${answer.c} »`,
    answer.x && `essais: ${answer.x.map((text) => `« ${text} »`).join(', ')}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Plays a dialogue's inputs again; the result is the whole file as it should be. */
export async function replay(text: string, world: World): Promise<string> {
  const begin = text
    .split('\n')
    .find((line) => line.startsWith(START))
    ?.slice(START.length)
    .trim()
    .split(' ');
  const dialogue = createDialogue(world, begin && parisMoment(begin[0] as string, begin[1] ?? '10:00'));
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) lines.push(line);
    else if (line.startsWith(SAYS)) lines.push('', line, ...(await dialogue.say(line.slice(SAYS.length))));
    else if (line.startsWith(SAYS_AT_ONCE))
      lines.push('', line, ...(await dialogue.sayAtOnce(line.slice(SAYS_AT_ONCE.length))));
    else if (line.startsWith('… ')) lines.push('', line, ...(await dialogue.wait(line.slice(2))));
  }
  return `${lines.join('\n')}\n`;
}
