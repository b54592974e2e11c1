/**
 * A dialogue that a non-programmer can read, played through the hosted engine without store or network.
 * `npm run say` writes them; `tests/transcripts.test.ts` plays them again.
 *
 * `Résident: …` is what is typed, `Résident, aussitôt: …` ten seconds after the last, `… 20 h` lets time pass,
 * `# début: …` sets the first hour; `Ville: …` and `· …` (what was kept, decided) are written by the player.
 *
 * Not by SMS: `# canal: whatsapp` says where; `Ville: …` is then followed by what can be tapped, `[Oui] [Non]`, and
 * `> [Oui]` taps it, also long after. `Résident, vocal:` and `photo`, `lieu` send that, with a text or without;
 * `Résident reprend: …` takes that message back; `Agent: …` is a person who answers in our place; `Résident, sur
 * messenger: …` writes from another address, where a code that is good ties it (J15).
 *
 * `Annonce, invitation: V-2026-003` is said by the city first (`rappel` with so many subjects, `déplacée` with a day, `annulée` with a reason);
 * `Autres: 30 viennent` and `Autres: 1 annule` is what others do with the places of the visits there are.
 * `Annonce, direct L-2026-001, invitation` (`lien`, `déplacé`, `annulé`) is what it says first of a live, and
 * `Annonce, direct L-2026-001, réponse Q-1: …` (`refus`) what it answers.
 */
import type { Claim, Granted } from '../../conversations/claim.ts';
import {
  type Answer,
  Channel,
  type Effect,
  type Event,
  type Offer,
  type StoredEffect,
} from '../../conversations/events.ts';
import { takeGranted } from '../../conversations/granted.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { linkCodeIn } from '../../conversations/link.ts';
import type { World } from '../../conversations/moment.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { sms } from '../../conversations/shape.ts';
import { hostEngine } from '../../functions/runtime/bot.ts';
import { cityCommands } from '../../functions/runtime/city-commands.ts';
import { announcedLive, liveDone } from './live-play.ts';
import { createVisitPlay } from './visit-play.ts';

const SAYS = 'Résident: ';
const SAYS_AT_ONCE = 'Résident, aussitôt: ';
const START = '# début: ';
const CHANNEL = '# canal: ';
const TAPS = /^> \[(.+)\]$/;
const SENDS = /^Résident, (vocal|photo|lieu): ?(.*)$/;
const TAKES_BACK = 'Résident reprend: ';
const AGENT = 'Agent: ';
const ANNOUNCES = /^Annonce, (invitation|rappel|déplacée|annulée)(?: \((.+)\))?: (V-\d{4}-\d{3})$/;
const OTHERS = /^Autres: (\d+) (viennent|vient|annulent|annule)$/;
const ELSEWHERE = /^Résident, sur (\w+): (.*)$/;
/** Between two messages of a dialogue: longer than what counts as one thought in two messages. */
const PAUSE = 90_000;
const AT_ONCE = 10_000;
const UNITS: Record<string, number> = { min: 60_000, h: 3_600_000, jour: 86_400_000, jours: 86_400_000 };

type Said = Extract<Event, { type: 'said' }>;

export interface Dialogue {
  now: Date;
  session: Session;
  say(text: string): Promise<string[]>;
  /** A thought in two messages: so soon that it may still belong to the one before. */
  sayAtOnce(text: string): Promise<string[]>;
  /** A line that only channels with buttons have; undefined where it is none. */
  act(line: string): Promise<string[]> | undefined;
  wait(duration: string): Promise<string[]>;
}

export function createDialogue(
  world: World,
  start = parisMoment('2026-11-23', '10:00'),
  from: Channel = 'sms',
): Dialogue {
  let count = 0;
  let channel = from;
  let code: string | undefined;
  /** Everything that could ever be tapped, the last first. */
  let taps: Offer['choices'] = [];
  const messages: { id: string; text: string }[] = [];
  const numbers: Record<string, number> = {};
  const visits = createVisitPlay(world);
  const take = hostEngine(visits.world, [cityCommands]);
  const granted = (claim: Claim, event: Event): Granted => {
    if (claim.for === 'seat') return { seat: visits.decide(claim, event.id, dialogue.now) };
    numbers[claim.series] = (numbers[claim.series] ?? 0) + 1;
    return { number: numbers[claim.series] };
  };
  const turn = async (event: Event): Promise<string[]> => {
    const { session, effects } = await takeGranted(
      (asking) => take(dialogue.session, asking, dialogue.now),
      event,
      (claim) => granted(claim, event),
    );
    // What the store does with someone who was erased: the next message comes from someone new.
    dialogue.session = session.id === '' ? newSession('resident') : session;
    for (const effect of effects) {
      if (effect.type === 'say') taps = [...(effect.offer?.choices ?? []), ...taps];
      if (effect.type === 'link') code = effect.code;
    }
    return effects.flatMap((effect) => shown(effect, channel));
  };
  const id = (): string => `m${String(++count).padStart(4, '0')}`;
  const answered = (lines: string[]): string[] =>
    lines.some((line) => line.startsWith('Ville')) ? lines : [...lines, '(pas de réponse)'];
  const said = async (text: string, pause: number, more: Partial<Said> = {}): Promise<string[]> => {
    dialogue.now = new Date(dialogue.now.getTime() + pause);
    const event: Said = { type: 'said', id: id(), channel, text, ...more };
    messages.unshift({ id: event.id, text });
    return answered(await turn(event));
  };
  const happens = (event: Event): Promise<string[]> => {
    dialogue.now = new Date(dialogue.now.getTime() + PAUSE);
    return turn(event);
  };
  const tap = (label: string): Promise<string[]> => {
    const choice = taps.find((each) => each.label === label);
    if (!choice) throw new Error(`aucun bouton « ${label} » n'a été proposé`);
    return said(label, PAUSE, { choice: choice.id });
  };
  const goTo = (to: string, text: string): Promise<string[]> => {
    channel = Channel.parse(to);
    // What `functions/runtime/linking.ts` does: the code of this resident, from another address.
    const linked = code !== undefined && linkCodeIn(text) === code;
    code = linked ? undefined : code;
    return linked ? happens({ type: 'linked', id: id(), channel }) : said(text, PAUSE);
  };
  /** A day's permitted hours are the store's to keep; here it is said at once. */
  const others = async (people: number, come: boolean): Promise<string[]> => {
    visits.others(people, come, dialogue.now);
    const moved = visits.movedUp();
    return moved ? happens({ type: 'movedUp', id: id(), ...moved }) : [];
  };
  const dialogue: Dialogue = {
    now: start,
    session: newSession('resident'),
    say: (text) => said(text, PAUSE),
    sayAtOnce: (text) => said(text, AT_ONCE),
    act(line) {
      const [, label] = TAPS.exec(line) ?? [];
      if (label !== undefined) return tap(label);
      const [, what, text = ''] = SENDS.exec(line) ?? [];
      if (what) return said(what === 'lieu' ? '' : text, PAUSE, SENT[what as keyof typeof SENT]);
      const [, about, detail, visit] = ANNOUNCES.exec(line) ?? [];
      if (about && visit) return happens(visits.announced({ about, detail, visit, id: id() }, dialogue.now));
      const [, people, does = ''] = OTHERS.exec(line) ?? [];
      if (people) return others(Number(people), does.startsWith('vien'));
      const [, to, words = ''] = ELSEWHERE.exec(line) ?? [];
      if (to) return goTo(to, words);
      const live = announcedLive(line, world, { id, now: dialogue.now });
      if (live) return happens(live).then(answered);
      if (line.startsWith(AGENT)) return happens({ type: 'relieved', id: id(), channel });
      if (!line.startsWith(TAKES_BACK)) return undefined;
      const back = messages.find((each) => each.text === line.slice(TAKES_BACK.length));
      if (!back) throw new Error(`aucun message « ${line.slice(TAKES_BACK.length)} » n'a été envoyé`);
      return happens({ type: 'unsaid', id: id(), of: back.id }).then(answered);
    },
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

const media = (kind: 'voice' | 'photo', type: string) => ({
  media: [{ kind, type, url: 'https://example.invalid/1' }],
});
const SENT = {
  vocal: media('voice', 'audio/ogg'),
  photo: media('photo', 'image/jpeg'),
  lieu: { place: { latitude: 48.9101, longitude: 2.5533, address: '3 allée Maurice Audin' } },
};

const CALLS = { asked: 'demandé', language: 'langue', silence: 'sans réponse', voice: 'vocal' };
const FILES = {
  photo: 'photo',
  voice: 'vocal',
  video: 'vidéo',
  document: 'document',
  sticker: 'autocollant',
};
const KINDS = { visit: 'visites', survey: 'sondages', live: 'directs', info: 'infos' };
const ANSWERS = { yes: 'vient', waiting: "liste d'attente", no: 'ne vient pas' };
const RAISED = { subject: 'sujet à voir gardé', question: 'question gardée', request: 'signalement gardé' };
const DANGERS = { self: 'se met en danger', violence: 'violence' };

/** By SMS as it goes out; elsewhere as it reads above its buttons. */
function said(
  { text, offer, media = [], place }: Extract<Effect, { type: 'say' }>,
  channel: Channel,
): string[] {
  if (channel === 'sms') {
    const { text: sent, parts } = sms(text);
    return [`Ville${parts > 1 ? ` (${parts} SMS)` : ''}: ${sent}`];
  }
  const buttons = offer?.choices.map(({ label }) => `[${label}]`).join(' ');
  return [
    `Ville: ${offer?.text ?? text}`,
    ...(buttons ? [`  ${offer?.menu ? `${offer.menu}: ` : ''}${buttons}`] : []),
    ...media.map((url) => `  (${url})`),
    ...(place ? [`  (lieu: ${place.name ?? ''} ${place.latitude}, ${place.longitude})`] : []),
  ];
}

const shown = (effect: Effect, channel: Channel): string[] =>
  effect.type === 'say'
    ? said(effect, channel)
    : effect.type === 'ask' || effect.type === 'echo'
      ? []
      : [decided(effect)];

function decided(effect: Exclude<StoredEffect, { type: 'echo' }>): string {
  switch (effect.type) {
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
    case 'rsvp': {
      const people = effect.people === undefined ? '' : `, ${effect.people} pers.`;
      const { transport } = effect;
      const fetched = transport === undefined ? '' : transport ? ', à aller chercher' : ', sans transport';
      return `· pour la visite ${effect.visit}: ${ANSWERS[effect.answer]}${people}${fetched}`;
    }
    case 'raise':
      return `· ${RAISED[effect.kind]} pour la mairie, no ${effect.number}${effect.visit ? `, visite ${effect.visit}` : ''}`;
    case 'unseat':
      return `· plus sur la liste de la visite ${effect.visit}`;
    case 'reseat':
      return `· place reprise de l'autre adresse: visite ${effect.visit}`;
    case 'copy':
      return '· une page montre ses données pendant 24 h';
    case 'suppress':
      return '· empreinte gardée: ne plus écrire';
    case 'unsuppress':
      return '· empreinte retirée: peut recevoir';
    case 'live':
      return liveDone(effect.live, effect.does);
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
  const header = (start: string): string | undefined =>
    text
      .split('\n')
      .find((line) => line.startsWith(start))
      ?.slice(start.length)
      .trim();
  const begin = header(START)?.split(' ');
  const channel = header(CHANNEL);
  const dialogue = createDialogue(
    world,
    begin && parisMoment(begin[0] as string, begin[1] ?? '10:00'),
    channel === undefined ? 'sms' : Channel.parse(channel),
  );
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const acted = dialogue.act(line);
    if (acted) lines.push('', line, ...(await acted));
    else if (line.startsWith('#')) lines.push(line);
    else if (line.startsWith(SAYS)) lines.push('', line, ...(await dialogue.say(line.slice(SAYS.length))));
    else if (line.startsWith(SAYS_AT_ONCE))
      lines.push('', line, ...(await dialogue.sayAtOnce(line.slice(SAYS_AT_ONCE.length))));
    else if (line.startsWith('… ')) lines.push('', line, ...(await dialogue.wait(line.slice(2))));
  }
  return `${lines.join('\n')}\n`;
}
