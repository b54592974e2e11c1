/** VISITE where several lie ahead: which of them is asked, by figure, by day or by a tap; what follows is about that one. */
import { describe, expect, it } from 'vitest';
import { createEngine, type Turn } from '../../conversations/engine.ts';
import type { Event } from '../../conversations/events.ts';
import { takeGranted } from '../../conversations/granted.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { decide, newSeats, type Seats } from '../../conversations/seats.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { measure, sms } from '../../conversations/shape.ts';
import { localWorld } from '../../infra/local/city.ts';
import { openVisit } from '../support/visits.ts';

const SECOND = { day: '2026-12-19', meeting: { name: 'parvis de la gare', latitude: 48.9, longitude: 2.5 } };
const BOTH = [openVisit(SECOND, 4), openVisit()];
const WHICH =
  'Visites: 1 samedi 12 décembre 10h, square du Chêne Pointu 2 samedi 19 décembre 10h, parvis de la gare. Laquelle? (ex: 1)';

function play(more: Partial<Session> = {}, visits = BOTH) {
  const { city, surveys } = localWorld();
  const seats = new Map<string, Seats>();
  let session: Session = { ...newSession('r1'), consent: 'given', lists: ['chene'], ...more };
  let now = parisMoment('2026-11-30', '10:00');
  let count = 0;
  let effects: Turn['effects'] = [];
  const say = async (text: string, choice?: string): Promise<string> => {
    now = new Date(now.getTime() + 90_000);
    const id = `m${++count}`;
    const channel = session.channel ?? 'sms';
    const event: Event = { type: 'said', id, channel, text, ...(choice && { choice }) };
    const turn = await takeGranted(
      (asking) => createEngine({ city, surveys, visits })(session, asking, now),
      event,
      (claim) => {
        if (claim.for === 'number') return { number: 1 };
        const before = seats.get(claim.visit) ?? newSeats(30);
        const made = decide(before, { resident: 'r1', hash: 'h1', event: id, people: claim.people }, true);
        seats.set(claim.visit, made.seats);
        return { seat: made.standing };
      },
    );
    ({ session, effects } = turn);
    return turn.effects.find((effect) => effect.type === 'say')?.text ?? '';
  };
  return {
    say,
    wait: (at: Date) => {
      now = at;
    },
    people: (visit: string) => seats.get(visit)?.parties.find(({ state }) => state === 'coming')?.people ?? 0,
    offered: () => effects.find((effect) => effect.type === 'say')?.offer?.choices,
  };
}

describe('VISITE with two ahead', () => {
  it.each(['2', '2.', 'le 19', 'samedi 19 décembre'])(
    '"%s" is the second, and they come to that',
    async (text) => {
      const { say, people } = play();
      expect(await say('VISITE')).toBe(WHICH);
      expect(await say(text)).toContain('samedi 19 décembre 10h, RDV parvis de la gare. Vous venez?');
      await say('1');
      await say('3');
      expect([people('V-2026-003'), people('V-2026-004')]).toEqual([0, 3]);
    },
  );

  it('who is registered for one sees which, and VISITE 4 and VISITE NON are about the one that was chosen', async () => {
    const { say, people } = play();
    await say('VISITE 2');
    await say('0');
    const again = await say('VISITE');
    expect(again).toContain('1 samedi 12 décembre 10h, square du Chêne Pointu (oui) 2 samedi 19');
    await say('2');
    expect(await say('VISITE 4')).toContain('4 personnes');
    expect([people('V-2026-003'), people('V-2026-004')]).toEqual([2, 4]);
    await say('0');
    await say('VISITE');
    expect(await say('2')).toContain(
      'samedi 19 décembre 10h, RDV parvis de la gare. Inscription: 4 personnes',
    );
    expect(await say('VISITE NON')).toContain('Samedi 19 décembre 10h');
    expect([people('V-2026-003'), people('V-2026-004')]).toEqual([2, 0]);
  });

  it('another figure is asked again once; no is no; a sentence goes to a person', async () => {
    const { say } = play();
    await say('VISITE');
    expect(await say('7')).toBe(WHICH);
    expect(await say('7')).not.toContain('Laquelle');
    await say('VISITE');
    expect(await say('non merci')).toContain('pas cette fois');
    await say('VISITE');
    expect(await say('le lampadaire clignote encore')).toContain('un agent de la mairie');
    expect(await say('2')).not.toContain('samedi 19');
  });

  it('is one part, without the places where they do not fit; a third is the last that is shown', async () => {
    const long = { name: 'angle rue Utrillo et allée Maurice Audin', latitude: 48.9, longitude: 2.5 };
    const days = ['2026-12-12', '2026-12-16', '2026-12-19', '2026-12-26'];
    const { say } = play(
      {},
      days.map((day, at) => openVisit({ day, time: '10:30', meeting: long }, at + 3)),
    );
    const shown = await say('VISITE');
    expect(shown).toBe(
      'Visites: 1 samedi 12 décembre 10h30 2 mercredi 16 décembre 10h30 3 samedi 19 décembre 10h30. Laquelle? (ex: 1)',
    );
    expect(measure(sms(shown).text).parts).toBe(1);
  });

  it('on WhatsApp it is tapped, also long after; what is over by then is said to be over', async () => {
    const { say, offered, wait } = play({ channel: 'whatsapp' });
    await say('VISITE');
    expect(offered()).toEqual([
      { id: 'visit.which:V-2026-003', label: '1 samedi 12 décembre' },
      { id: 'visit.which:V-2026-004', label: '2 samedi 19 décembre' },
    ]);
    expect(await say('2 samedi 19 décembre', 'visit.which:V-2026-004')).toContain('samedi 19');
    wait(parisMoment('2026-12-14', '10:00'));
    expect(await say('1 samedi 12 décembre', 'visit.which:V-2026-003')).toContain('passée ou annulée');
  });

  it('in plain mode there is no menu: the next', async () => {
    const { say } = play({ plain: 'on' });
    expect(await say('VISITE')).toContain('samedi 12 décembre à 10h, square du Chêne Pointu. Vous venez?');
  });
});
