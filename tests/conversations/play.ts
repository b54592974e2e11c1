/** What the tests of conversations share: the bare engine with a clock moved by hand, and a city with every question type. */

import type { Claim, Granted } from '../../conversations/claim.ts';
import { createEngine, type Turn } from '../../conversations/engine.ts';
import type { Channel, Effect, Event, Offer } from '../../conversations/events.ts';
import { claimOf, withGranted } from '../../conversations/granted.ts';
import { parisMoment } from '../../conversations/hours.ts';
import type { Voice, World } from '../../conversations/moment.ts';
import { phrase } from '../../conversations/phrase.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { sms } from '../../conversations/shape.ts';
import { readSurvey, type Survey, surveyShelf } from '../../conversations/survey.ts';
import square from '../../conversations/surveys/square.r1.json';
import { localWorld } from '../../infra/local/city.ts';

/** A Monday morning in permitted hours. */
export const MONDAY = parisMoment('2026-11-23', '10:00');

export const secondsAfter = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/** What the city said in a turn, before it is shaped for SMS. */
export const saidIn = (turn: { effects: Effect[] }): string | undefined =>
  turn.effects.find((effect) => effect.type === 'say')?.text;

/** French, as everyone is spoken to who has not chosen. */
export const french: Voice = {
  language: 'fr',
  plain: false,
  phrase: (key, params) => phrase('fr', key, params),
};

export interface Play {
  session: Session;
  now: Date;
  /** Every turn so far, the last one last. */
  turns: Turn[];
  /** Sends a text a minute and a half later; gives what the city answers as it goes out by SMS, or undefined for silence. */
  say(text: string): string | undefined;
  /** Taps what was offered under this label, the last time it was; gives the city's text above its buttons. */
  tap(label: string): string | undefined;
  /** Something else that comes with a message: files, a place, the id of a button. */
  send(more: Partial<Extract<Event, { type: 'said' }>>): string | undefined;
  /** What the last message offers to tap. */
  readonly buttons: string[];
  /** Lets time pass, waking the conversation whenever it wants to be woken; gives what the city says meanwhile. */
  wait(hours: number): string[];
  happen(event: Event): string | undefined;
  effects<Type extends Effect['type']>(type: Type): Extract<Effect, { type: Type }>[];
}

/** As the store would: one number after another. */
function createGrants(): (claim: Claim) => Granted {
  const numbers: Record<string, number> = {};
  return (claim) => {
    if (claim.for === 'seat') throw new Error('there are no visits yet');
    numbers[claim.series] = (numbers[claim.series] ?? 0) + 1;
    return { number: numbers[claim.series] };
  };
}

export function play(world: World = localWorld(), start = MONDAY, channel: Channel = 'sms'): Play {
  const turn = createEngine(world);
  const grant = createGrants();
  let count = 0;
  /** Everything that could ever be tapped, the last first. */
  let taps: Offer['choices'] = [];
  const id = (): string => `m${String(++count).padStart(4, '0')}`;
  const happen = (event: Event): string | undefined => {
    let taken = turn(self.session, event, self.now);
    for (let claim = claimOf(taken), asking = event; claim; claim = claimOf(taken)) {
      asking = withGranted(asking, grant(claim));
      taken = turn(self.session, asking, self.now);
    }
    self.turns.push(taken);
    self.session = taken.session.id === '' ? newSession(`resident${count}`) : taken.session;
    const [said] = taken.effects.filter((effect) => effect.type === 'say');
    if (!said) return undefined;
    taps = [...(said.offer?.choices ?? []), ...taps];
    return channel === 'sms' ? sms(said.text).text : (said.offer?.text ?? said.text);
  };
  const self: Play = {
    session: newSession('resident'),
    now: start,
    turns: [],
    happen,
    say: (text) => self.send({ text }),
    tap(label) {
      const choice = taps.find((each) => each.label === label);
      if (!choice)
        throw new Error(`no button "${label}" was offered, only ${taps.map((each) => each.label)}`);
      return self.send({ text: label, choice: choice.id });
    },
    send(more) {
      self.now = secondsAfter(self.now, 90);
      return happen({ type: 'said', id: id(), channel, text: '', ...more });
    },
    get buttons() {
      const [said] = self.turns.at(-1)?.effects.filter((effect) => effect.type === 'say') ?? [];
      return said?.offer?.choices.map(({ label }) => label) ?? [];
    },
    wait(hours) {
      const until = secondsAfter(self.now, hours * 3600);
      const said: string[] = [];
      while (self.session.due && new Date(self.session.due) <= until) {
        const due = new Date(self.session.due);
        self.now = due > self.now ? due : self.now;
        const text = happen({ type: 'waited', id: id() });
        if (text !== undefined) said.push(text);
      }
      self.now = until;
      return said;
    },
    effects: (type) =>
      self.turns.flatMap((taken) => taken.effects).filter((effect) => effect.type === type) as never,
  };
  return self;
}

const inFour = (fr: string, en: string, ar: string, tr: string) => ({ fr, en, ar, tr });

/** One question of every type that the square survey lacks, short enough to stay one SMS part in French. */
export const panel: Survey = readSurvey(
  {
    key: 'panel',
    revision: 1,
    keywords: ['PANEL'],
    opens: '2026-01-01',
    closes: '2026-12-20',
    languages: ['fr', 'en', 'ar', 'tr'],
    topic: inFour('la rue', 'the street', 'الشارع', 'sokak'),
    intro: inFour('4 questions sur la rue.', '4 questions.', 'أربعة أسئلة.', '4 soru.'),
    thanks: inFour('À bientôt.', 'See you.', 'إلى اللقاء.', 'Görüşürüz.'),
    over: inFour('Ce panel est fini.', 'This panel is over.', 'انتهى.', 'Bitti.'),
    questions: [
      { id: 'velo', type: 'yesno', text: inFour('Un vélo?', 'A bike?', 'دراجة؟', 'Bisiklet?') },
      {
        id: 'foyer',
        type: 'number',
        min: 1,
        max: 20,
        text: inFour('Combien chez vous?', 'How many?', 'كم عددكم؟', 'Kaç kişi?'),
      },
      {
        id: 'trajet',
        type: 'single',
        text: inFour('Comment venez-vous?', 'How do you come?', 'كيف تأتون؟', 'Nasıl?'),
        options: [
          { id: 'pied', label: inFour('à pied', 'on foot', 'مشيا', 'yürüyerek') },
          { id: 'bus', label: inFour('en bus', 'by bus', 'بالحافلة', 'otobüsle') },
          { id: 'autre', other: true, label: inFour('autre', 'other', 'غير ذلك', 'başka') },
        ],
      },
      {
        id: 'distance',
        type: 'number',
        min: 0,
        max: 30,
        decimals: true,
        text: inFour('Combien de km?', 'How many km?', 'كم كيلومترا؟', 'Kaç km?'),
      },
    ],
  },
  'panel',
);

export const squareSurvey: Survey = readSurvey(square, 'square.r1.json');

/** The example city with the survey it ships and one more. */
export const widerWorld = (): World => ({ ...localWorld(), surveys: surveyShelf([squareSurvey, panel]) });
