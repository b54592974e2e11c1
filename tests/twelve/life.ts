/**
 * One resident's side of the survey, from the keyword to wherever their plan ends. Each message is yielded, each reply
 * is held against what the reckoning by hand (way.ts) says must come now.
 */
import { expect } from 'vitest';
import { local, phrase } from '../../conversations/phrase.ts';
import { sms } from '../../conversations/shape.ts';
import type { PhraseKey } from '../../locales/index.ts';
import { twelve } from '../support/twelve.ts';
import type { Message, Received, Spot } from './phone.ts';
import { type Manner, meant, type Plan } from './plans.ts';
import { type Asked, type Given, nextIn, type Outcome, STOPS, type Value, wayOf } from './way.ts';
import { AREAS, NONSENSE, OTHERS, PASS, STOP, TOMORROW, UNSURE, written } from './words.ts';

export type Talk<Result> = Generator<Message, Result, Received>;

/** What came of it: `given` is all that was ever answered. */
export interface Life {
  plan: Plan;
  given: Given;
  began: boolean;
  end?: 'done' | 'open' | 'stopped' | 'declined' | 'looking';
  /** After STOP nothing may come. */
  silent?: true;
  spot?: Spot;
  introduced?: boolean;
  seen: Record<'asked' | 'checked' | 'refused' | 'again' | 'tapped' | 'corrected' | 'amended', number>;
  /** The last n/total. */
  total?: number;
}

/** Letters as an SMS may have made them, and the same for everyone. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ı/g, 'i').toLowerCase().replace(/\s+/g, ' ');

const opening = (language: string, key: PhraseKey): string =>
  plain(phrase(language, key, { value: '§', got: '§' }).split('§')[0] as string).trim();

const saidTo = (given: Given, id: Asked): Value | undefined => {
  const outcome = given[id];
  return outcome && 'v' in outcome ? outcome.v : undefined;
};

/** The question as it must read in the resident's language. */
function textOf(plan: Plan, id: Asked | 'suite', given: Given): string {
  const question = twelve.questions.find((each) => each.id === id);
  if (!question || !('text' in question)) throw new Error(`there is no question "${id}"`);
  const area = AREAS[plan.tongue][Number(saidTo(given, 'secteur')) - 1] ?? '';
  return plain(local(question.text, plan.tongue).replace('${secteur}', area));
}

const about = ({ plan }: Life, id: string): string =>
  `resident ${plan.index} (${plan.channel}, ${plan.tongue}) at ${id}`;

export function* live(life: Life): Talk<void> {
  const { plan, given } = life;
  const language = plan.tongue === 'fr' ? '' : ` ${plan.tongue.toUpperCase()}`;
  let reply = yield { kind: 'text', text: `HALLE${plan.index % 4 === 0 ? ' A12' : ''}${language}` };
  expect(plain(reply.text), about(life, 'the beginning')).toContain(plain(local(twelve.intro, plan.tongue)));
  if (plan.ending.how === 'look') {
    life.end = 'looking';
    return;
  }
  if (plan.ending.how === 'decline') {
    yield pressed(life, reply, '3');
    life.end = 'declined';
    return;
  }
  reply = yield pressed(life, reply, '1');
  life.began = true;
  for (let id = nextIn(given); id; id = nextIn(given)) {
    holdsQuestion(life, id, reply);
    if (plan.ending.how !== 'finish' && life.seen.asked >= plan.ending.at) {
      yield* leave(life);
      return;
    }
    reply = yield* answered(life, id, reply, plan.manners[id], 0);
    reply = yield* perhapsCorrected(life, reply);
  }
  life.end = 'done';
  expect(plain(reply.text), about(life, 'the end')).toContain(plain(local(twelve.thanks, plan.tongue)));
  if (plan.amends) yield* amended(life, plan.amends);
}

function* leave(life: Life): Talk<void> {
  const { plan } = life;
  life.end = 'open';
  if (plan.ending.how !== 'stop') return;
  const reply = yield { kind: 'text', text: STOP[plan.tongue] };
  expect(plain(reply.text), about(life, 'STOP')).toBe(plain(phrase(plan.tongue, 'stop.done')));
  life.end = 'stopped';
  life.silent = true;
}

/** That this reply asks this question, with the count so far and a total that has not grown. */
function holdsQuestion(life: Life, id: Asked, reply: Received): void {
  expect(plain(reply.text), about(life, id)).toContain(textOf(life.plan, id, life.given));
  // What introduces the second part stands before its first question, whatever was corrected on the way.
  const introduced = introduces(life, reply);
  if (id !== 'moyens' || !life.introduced) expect(introduced, about(life, id)).toBe(id === 'moyens');
  life.introduced ||= introduced;
  const [, number, total] = /(?:^|[^\d])(\d{1,2})\/(\d{1,2}) /.exec(reply.text) ?? [];
  const way = wayOf(life.given);
  expect(Number(number), about(life, `the number of ${id}`)).toBe(way.asked.indexOf(id) + 1);
  expect(Number(total), about(life, `the total at ${id}`)).toBeGreaterThanOrEqual(way.asked.length);
  if (life.total !== undefined)
    expect(Number(total), about(life, `the total at ${id}`)).toBeLessThanOrEqual(life.total);
  life.total = Number(total);
  life.seen.asked += 1;
}

const introduces = ({ plan, given }: Life, reply: Received): boolean =>
  plain(reply.text).includes(textOf(plan, 'suite', given));

/** A button where the resident taps and there is one for it, else what would be typed. */
function pressed(life: Life, { choices }: Received, token: string, typed = token): Message {
  const choice = life.plan.taps ? choices.find(({ id }) => id.endsWith(`:${token}`)) : undefined;
  if (!choice) return { kind: 'text', text: typed };
  life.seen.tapped += 1;
  return { kind: 'tap', choice };
}

/** Until the question is done with; the reply that follows. */
function* answered(life: Life, id: Asked, asked: Received, manner: Manner, turn: 0 | 1): Talk<Received> {
  const { plan, given } = life;
  const { tongue } = plan;
  let reply = asked;
  const way = plan.draws[id][1 - turn] as number;
  const fail = function* (message: Message, key: 'refused' | 'again'): Talk<void> {
    const before = life.seen.asked;
    reply = yield message;
    life.seen[key] += 1;
    expect(life.seen.asked).toBe(before);
  };
  const nonsense = (time: number): Message => ({ kind: 'text', text: NONSENSE[time % 3] as string });
  const breach = (): Message => ({
    kind: 'text',
    text: id === 'enfants' ? String(saidTo(given, 'foyer')) : way % 2 ? TOMORROW[tongue] : '30/11',
  });
  if (manner === 'lost' || manner === 'stubborn') {
    for (let time = 0; time < 3; time += 1)
      yield* fail(manner === 'lost' ? nonsense(time) : breach(), manner === 'lost' ? 'again' : 'refused');
    if (turn === 0) given[id] = { m: 'unknown' };
    return reply;
  }
  if (manner === 'pass' || manner === 'unsure') {
    const message = passing(life, id, reply, manner);
    if (id !== 'foyer') {
      reply = yield message;
      given[id] = manner === 'pass' && id === 'visite' ? { v: '2026-12-05', d: true } : { m: 'skip' };
      return reply;
    }
    yield* fail(message, 'refused');
    expect(plain(reply.text), about(life, 'foyer, passed')).toContain(
      plain(phrase(tongue, 'question.required')),
    );
  }
  if (manner === 'stumble') yield* fail(nonsense(way), 'again');
  if (manner === 'breach') {
    yield* fail(breach(), 'refused');
    const why = twelve.questions.find((each) => each.id === id) as {
      constraintMessage: Record<string, string>;
    };
    expect(plain(reply.text), about(life, `${id}, refused`)).toContain(
      plain(local(why.constraintMessage, tongue).replace('${foyer}', String(saidTo(given, 'foyer')))),
    );
  }
  return yield* said(life, id, reply, { value: meant(plan, id, given, turn), way });
}

function passing(life: Life, id: Asked, reply: Received, manner: 'pass' | 'unsure'): Message {
  const { tongue } = life.plan;
  if (manner === 'unsure') return { kind: 'text', text: UNSURE[tongue] };
  // Where 0 is a number it does not pass.
  return id === 'depense' || id === 'enfants'
    ? { kind: 'text', text: PASS[tongue] }
    : pressed(life, reply, '0');
}

/** The value itself, however it is said on this channel. */
function* said(
  life: Life,
  id: Asked,
  asked: Received,
  { value, way }: { value: Value; way: number },
): Talk<Received> {
  const { plan, given } = life;
  const { tongue } = plan;
  const shown = shownNumbers(id, value, given);
  let reply = asked;
  const outcome: Outcome = { v: value };
  if (id === 'lieu' && plan.channel !== 'sms' && way % 2 === 0) {
    const spot = {
      latitude: 48.9 + (way % 100) / 1000,
      longitude: 2.55,
      ...(way % 4 === 0 && plan.channel === 'whatsapp' && { name: String(value) }),
    };
    life.spot = spot;
    outcome.v = spot.name ?? `${spot.latitude.toFixed(5)}, 2.55000`;
    reply = yield { kind: 'place', spot };
  } else if (id === 'moyens' && plan.taps && reply.choices.length > 0) {
    for (const number of value as number[]) {
      reply = yield pressed(life, reply, String(number));
      expect(plain(reply.text), about(life, id)).toContain(textOf(plan, id, given));
    }
    reply = yield pressed(life, reply, 'done');
  } else {
    const typed = written(id, value, { tongue, way, shown });
    const token = id === 'livraison' ? (value ? '1' : '2') : String(shown[0] ?? value);
    const tappable = id === 'secteur' || id === 'arret' || id === 'livraison' || id === 'avis';
    if (id === 'lieu') delete life.spot;
    reply = yield tappable ? pressed(life, reply, token, typed) : { kind: 'text', text: typed };
  }
  const checks = plain(reply.text).includes(opening(tongue, 'question.check'));
  if (checks) {
    life.seen.checked += 1;
    reply = yield pressed(life, reply, '1');
  }
  if (id === 'moyens' && (value as number[]).includes(5)) {
    expect(plain(reply.text), about(life, 'other: what?')).toContain(
      plain(phrase(tongue, reply.choices.length > 0 ? 'tap.other' : 'question.other')),
    );
    if (way % 3 === 0) reply = yield pressed(life, reply, '0');
    else {
      outcome.o = OTHERS[tongue];
      reply = yield { kind: 'text', text: OTHERS[tongue] };
    }
  }
  given[id] = outcome;
  return reply;
}

/** The numbers on the screen, where the list was filtered. */
function shownNumbers(id: Asked, value: Value, given: Given): number[] {
  if (id === 'arret') {
    const stops = STOPS[Number(saidTo(given, 'secteur'))] as number[];
    return [stops.indexOf(value as number) + 1];
  }
  if (id !== 'ordre') return [];
  const means = saidTo(given, 'moyens') as number[];
  return (value as number[]).map((each) => means.indexOf(each) + 1);
}

/** MODIF and the number of something answered; from it the survey goes on where it then must. */
function* perhapsCorrected(life: Life, asked: Received): Talk<Received> {
  const { plan, given } = life;
  const { corrects } = plan;
  if (!corrects || life.seen.corrected > 0 || life.seen.asked < corrects.at || !nextIn(given)) return asked;
  const { asked: way, counts } = wayOf(given);
  const possible = way.filter((id) => counts[id] && id !== 'pourquoi');
  const id = possible[corrects.which % possible.length] as Asked;
  life.seen.corrected += 1;
  life.introduced ||= introduces(life, asked);
  const number = way.indexOf(id) + 1;
  let reply = yield { kind: 'text', text: `MODIF ${number}` };
  expect(plain(reply.text), about(life, `MODIF ${number}`)).toContain(textOf(plan, id, given));
  expect(reply.text, about(life, `MODIF ${number}`)).toContain(`${number}/`);
  reply = yield* answered(life, id, reply, 'value', 1);
  const corrected = phrase(plan.tongue, 'survey.corrected');
  // Said where it costs no part more.
  const dear = sms(`${corrected} ${reply.text}`).parts > sms(reply.text).parts;
  if (plan.channel !== 'sms' || !dear)
    expect(plain(reply.text), about(life, `after MODIF ${number}`)).toContain(
      plain(corrected).replace(/\.$/, ''),
    );
  // A branch that opens may well make the total grow.
  delete life.total;
  return reply;
}

function* amended(life: Life, id: Asked): Talk<void> {
  const { plan, given } = life;
  const number = wayOf(given).asked.indexOf(id) + 1;
  let reply = yield { kind: 'text', text: `MODIF ${number}` };
  expect(plain(reply.text), about(life, `MODIF ${number} at the end`)).toContain(textOf(plan, id, given));
  life.seen.amended += 1;
  reply = yield* answered(life, id, reply, 'value', 1);
  expect(plain(reply.text), about(life, `after MODIF ${number} at the end`)).toBe(
    plain(phrase(plan.tongue, 'survey.correctedEnd')),
  );
}
