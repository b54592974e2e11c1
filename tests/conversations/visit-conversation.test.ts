/** What residents may write to a visit besides what it asks: nobody is misread, promised too much, or left in silence. */
import { describe, expect, it } from 'vitest';
import { mayBeTold, wasTold } from '../../conversations/announce.ts';
import type { Granted } from '../../conversations/claim.ts';
import { createEngine, type Turn } from '../../conversations/engine.ts';
import type { Event } from '../../conversations/events.ts';
import { takeGranted } from '../../conversations/granted.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { decide, newSeats, type Seats } from '../../conversations/seats.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { takesPeople, type Visit, type VisitDraft } from '../../conversations/visit.ts';
import { invitationText, noticeText } from '../../conversations/visit-words.ts';
import { localWorld } from '../../infra/local/city.ts';
import { openVisit } from '../support/visits.ts';

const MONDAY = parisMoment('2026-11-30', '10:00');
const DAY = 86_400_000;

/** One resident, the visits as staff change them, the places as the store decides them. */
function play(more: Partial<VisitDraft> = {}, session: Partial<Session> = {}) {
  const { city, surveys } = localWorld();
  const state = {
    now: MONDAY,
    visits: [openVisit(more)] as Visit[],
    session: { ...newSession('r1'), consent: 'given', lists: ['chene'], ...session } as Session,
    seats: newSeats(more.capacity ?? 30) as Seats,
    effects: [] as Turn['effects'],
  };
  const numbers: Record<string, number> = {};
  let count = 0;
  const visit = (): Visit => state.visits[0] as Visit;
  const happens = async (event: Omit<Event, 'id'>): Promise<string> => {
    state.now = new Date(state.now.getTime() + 90_000);
    const world = { city, surveys, visits: state.visits };
    const id = `m${++count}`;
    const turn = await takeGranted(
      (asking) => createEngine(world)(state.session, asking, state.now),
      { ...event, id } as Event,
      (claim): Granted => {
        if (claim.for === 'number') {
          numbers[claim.series] = (numbers[claim.series] ?? 0) + 1;
          return { number: numbers[claim.series] };
        }
        const asking = { resident: 'r1', hash: 'h1', event: id, people: claim.people };
        const made = decide(state.seats, asking, takesPeople(visit(), state.now));
        state.seats = made.seats;
        return { seat: made.standing };
      },
    );
    state.session = turn.session;
    state.effects = turn.effects;
    return turn.effects.find((effect) => effect.type === 'say')?.text ?? '';
  };
  const announced = (about: 'invitation' | 'reminder' | 'moved' | 'cancelled', told = visit()) =>
    happens({
      type: 'announced',
      announcement: `A-2026-${String(++count).padStart(3, '0')}`,
      kind: 'visit',
      base: 'fr',
      texts: {
        fr:
          about === 'invitation'
            ? invitationText(told, 'fr', city)
            : noticeText(told, about, 'fr', city, state.now),
      },
      visit: told.id,
      about,
    } as Omit<Event, 'id'>);
  return {
    state,
    happens,
    announced,
    say: (text: string, choice?: string) =>
      happens({ type: 'said', channel: 'sms', text, ...(choice && { choice }) } as Omit<Event, 'id'>),
    others: (...people: number[]) => {
      for (const [at, party] of people.entries()) {
        const asking = { resident: `o${at}`, hash: `o${at}`, event: `o${at}`, people: party };
        state.seats = decide(state.seats, asking, true).seats;
      }
    },
    move: (day: string) => {
      const { moves, day: before, time, meeting } = visit();
      const move = { day: before, time, meeting, by: 'agent@exemple', at: state.now.toISOString() };
      state.visits = [{ ...visit(), day, moves: [...moves, move] }];
    },
    party: () => state.seats.parties.find(({ resident }) => resident === 'r1'),
    did: (type: string) => state.effects.filter((effect) => effect.type === type),
  };
}

describe('an invitation', () => {
  it.each([
    ['oui on sera 4', 4],
    ['ok on est 2', 2],
    ['nous serons 3', 3],
    ['3 personnes', 3],
  ])('"%s" says how many at once', async (text, people) => {
    const { announced, say, party } = play();
    await announced('invitation');
    expect(await say(text)).toContain(`${people} personnes`);
    expect(party()).toMatchObject({ state: 'coming', people });
  });

  it.each(['il y a 3 rats dans la cave', 'on a 3 rats dans la cave', 'et pour la rue 8 alors'])(
    '"%s" says nothing of how many come: staff read it',
    async (text) => {
      const { announced, say, party, did } = play();
      await announced('invitation');
      expect(await say(text)).toContain('Q-1');
      expect(did('raise')).toMatchObject([{ kind: 'question', text }]);
      expect(party()).toBeUndefined();
    },
  );

  it.each(['ok je viens avec ma femme et 2 enfants', 'oui'])(
    '"%s" is asked how many they are',
    async (text) => {
      const { announced, say, party } = play();
      await announced('invitation');
      expect(await say(text)).toContain('Combien serez-vous');
      expect(party()).toBeUndefined();
    },
  );

  it.each(['finalement non', 'non merci', '0', 'VISITE NON'])('"%s" to how many is no', async (text) => {
    const { announced, say, party } = play();
    await announced('invitation');
    await say('1');
    expect(await say(text)).toMatch(/pas cette fois|vous ne venez pas|aucune visite/);
    expect(party()?.state).not.toBe('coming');
  });

  it('"bof" is neither: nothing is given away on it', async () => {
    const { announced, say, state } = play();
    await announced('invitation');
    expect(await say('bof')).toContain('Répondez 1 pour oui');
    await say('1');
    await say('2');
    await say('0');
    await announced('reminder');
    expect(await say('bof')).toContain('Répondez 1 pour oui');
    expect(state.session.visits?.['V-2026-003']?.answer).toBe('yes');
  });

  it('can be answered until the visit begins', async () => {
    const { announced, say, state } = play({ day: '2026-12-19' });
    await announced('invitation');
    state.now = new Date(state.now.getTime() + 12 * DAY);
    expect(await say('1')).toContain('Combien serez-vous');
    state.now = parisMoment('2026-12-19', '10:05');
    expect(await say('2')).not.toContain('2 personnes');
  });

  it('more people than there are places are not left to wait for ever', async () => {
    const { announced, say, party } = play({ capacity: 3 });
    await announced('invitation');
    await say('1');
    expect(await say('5')).toContain('de 1 à 3');
    expect(party()).toBeUndefined();
    expect(await say('3')).toContain('3 personnes');
    expect(await say('VISITE 25')).toContain('de 1 à 3');
    expect(party()).toMatchObject({ people: 3 });
    expect(await say('VISITE 0')).toContain('vous ne venez pas');
    expect(party()).toMatchObject({ state: 'left' });
  });
});

describe('what is to be seen there', () => {
  it.each([
    ['on sera 4 finalement', 4],
    ['en fait nous serons 5', 5],
    ['4 pers', 4],
    ['00', 2],
    ['3', 3],
  ])('"%s" is no subject', async (text, people) => {
    const { announced, say, party, did } = play();
    await announced('invitation');
    await say('1');
    await say('2');
    await say(text);
    expect(did('raise')).toEqual([]);
    expect(party()).toMatchObject({ state: 'coming', people });
  });

  it.each([
    'parking tour 4, 2 lampes cassées',
    'le parking tour 4',
    'la fuite au 3e étage',
    'il y a 3 rats dans la cave',
    'ascenseur bâtiment 12',
    'on veut 3 bancs ici',
    'le bat 7',
    'la rue 8',
    'mon bat 7 au fond',
  ])('"%s" is one', async (text) => {
    const { announced, say, party, did } = play();
    await announced('invitation');
    await say('1');
    await say('2');
    expect(await say(text)).toContain('ajouté au parcours');
    expect(did('raise')).toMatchObject([{ kind: 'subject', text }]);
    expect(party()).toMatchObject({ people: 2 });
  });

  it('a question that begins with "visite" is the question that was asked for', async () => {
    const { announced, say, did } = play();
    await announced('invitation');
    await say('3');
    expect(await say('Visite accessible en fauteuil?')).toContain('Q-1');
    expect(did('raise')).toMatchObject([{ kind: 'question', text: 'Visite accessible en fauteuil?' }]);
    expect(await say('VISITE lampadaire cassé')).toContain('D-0001');
  });
});

describe('who does not come after all', () => {
  it.each([
    "VISITE j'annule",
    'VISITE je ne peux pas venir',
    'visite désolé je viens plus merci',
    "j'annule ma visite",
    'on ne peut plus venir',
  ])('"%s" gives the places back and raises nothing', async (text) => {
    const { announced, say, party, did } = play();
    await announced('invitation');
    await say('oui on sera 2');
    await say('0');
    expect(await say(text)).toContain('vous ne venez pas');
    expect(party()?.state).toBe('left');
    expect(did('raise')).toEqual([]);
  });

  it.each(['annuler la visite', 'je ne viens plus', 'Annuler', 'VISITE annulée', 'je peux plus venir merci'])(
    '"%s" gives the places back, and says which',
    async (text) => {
      const { announced, say, party } = play();
      await announced('invitation');
      await say('oui on sera 2');
      await say('0');
      expect(await say(text)).toMatch(
        text === 'VISITE annulée' ? /D-0001/ : /^Samedi 12 décembre 10h: c'est noté, vous ne venez pas/,
      );
      expect(party()?.state).toBe(text === 'VISITE annulée' ? 'coming' : 'left');
    },
  );

  it('is not reminded, and hears of no change, whatever was looked up before', async () => {
    const { announced, say, did } = play();
    await announced('invitation');
    await say('oui on sera 2');
    await say('VISITE NON');
    for (const about of ['reminder', 'moved', 'cancelled'] as const) {
      expect(await announced(about)).toBe('');
      expect(did('say')).toEqual([]);
    }
  });

  it('"je ne viens plus" of who comes to nothing is for a person', async () => {
    const { say, did } = play();
    await say('je ne viens plus');
    expect(did('keep')).toHaveLength(1);
  });
});

describe('a visit that is moved', () => {
  it('who had not answered says yes to the new day, not to the old one', async () => {
    const { announced, say, move, party } = play();
    await announced('invitation');
    move('2026-12-19');
    const again = await say('1');
    expect(again).toContain('changement');
    expect(again).toContain('samedi 19 décembre');
    expect(party()).toBeUndefined();
    expect(await say('1')).toContain('Combien serez-vous');
    move('2026-12-21');
    expect(await say('2')).toContain('lundi 21 décembre');
    expect(party()).toBeUndefined();
  });

  it('who says no needs to hear no more', async () => {
    const { announced, say, move } = play();
    await announced('invitation');
    move('2026-12-19');
    expect(await say('2')).toContain('pas cette fois');
  });

  it('an invitation that was written before says the new day', async () => {
    const { announced, move, state } = play();
    const before = state.visits[0] as Visit;
    move('2026-12-19');
    const told = await announced('invitation', before);
    expect(told).toContain('samedi 19 décembre');
    expect(told).toMatch(/Fin: STOP$/);
  });

  it('a button of before the change asks again', async () => {
    const { announced, say, move, party } = play({}, { channel: 'whatsapp' });
    await announced('invitation');
    move('2026-12-19');
    expect(await say('Je viens', 'visit.V-2026-003.come:1')).toContain('samedi 19 décembre');
    expect(party()).toBeUndefined();
  });

  it('their answer is kept as long as the new day is not over', async () => {
    const { announced, say, move, state } = play();
    await announced('invitation');
    await say('oui on sera 2');
    await say('0');
    move('2027-01-30');
    state.now = parisMoment('2027-01-20', '10:00');
    expect(await say('merci')).not.toBe('');
    expect(await say('VISITE NON')).toContain('Samedi 30 janvier 10h');
  });
});

describe('what was asked for', () => {
  it('is said whatever the week holds, and takes nothing of it from other news', async () => {
    const { announced, say, state } = play();
    const { city } = localWorld();
    await announced('invitation');
    await say('oui on sera 2');
    await say('0');
    const news = { announcement: 'A-2026-900', kind: 'info' as const };
    for (let round = 0; round < city.limits.pushesPerWeek + 1; round += 1) {
      expect(await announced('moved')).toContain('changement');
      expect(mayBeTold(state.session, news, state.now, city)).toBeUndefined();
    }
    expect(wasTold(state.session, 'A-2026-001')).toBe(true);
  });
});

describe('who is on no list', () => {
  const stranger = { consent: 'none' as const, lists: [] };
  it('comes like anyone, says what is to be seen, and is reminded', async () => {
    const { say, announced, did } = play({}, stranger);
    await say('VISITE');
    await say('1');
    expect(await say('2')).toContain('Un sujet à voir');
    expect(await say('un banc cassé')).toContain('Rappel la veille');
    expect(did('raise')).toHaveLength(1);
    expect(await announced('reminder')).toContain('Vous venez toujours?');
    expect(await announced('cancelled')).toContain('annulé');
  });

  it('who waits is told that a place is free, as was promised', async () => {
    const { say, happens, others } = play({ capacity: 2 }, stranger);
    others(2);
    await say('VISITE 1');
    const free = await happens({
      type: 'movedUp',
      visit: 'V-2026-003',
      code: 'V-026',
      people: 1,
    } as Omit<Event, 'id'>);
    expect(free).toContain("une place s'est libérée");
  });

  it('is invited to nothing, and hears nothing after STOP', async () => {
    const { say, announced } = play({}, stranger);
    expect(await announced('invitation')).toBe('');
    await say('VISITE 1');
    await say('STOP');
    expect(await announced('reminder')).toBe('');
  });
});

describe('who waits', () => {
  it('and asks before we have told them, knows that they have a place, and is not told again', async () => {
    const { say, announced, happens, others, state } = play({ capacity: 2 });
    others(2);
    await announced('invitation');
    await say('1');
    expect(await say('2')).toContain("liste d'attente");
    state.seats = decide(state.seats, { resident: 'o0', hash: 'o0', event: 'gone', people: 0 }, true).seats;
    expect(await say('VISITE')).toContain('code V-026');
    const event = { type: 'movedUp', visit: 'V-2026-003', code: 'V-026', people: 2 } as Omit<Event, 'id'>;
    expect(await happens(event)).toBe('');
  });

  it('is not asked twice within the hour by a reminder that was held up overnight', async () => {
    const { say, happens, announced, others, state } = play({ capacity: 2 });
    others(2);
    await announced('invitation');
    await say('oui on sera 2');
    const event = { type: 'movedUp', visit: 'V-2026-003', code: 'V-026', people: 2 } as Omit<Event, 'id'>;
    expect(await happens(event)).toContain('toujours');
    expect(await announced('reminder')).toBe('');
    expect(await announced('moved')).toContain('changement');
    state.now = new Date(state.now.getTime() + DAY);
    expect(await announced('reminder')).toContain('toujours');
  });

  it('is not reminded of a place that they do not have', async () => {
    const { say, announced, others } = play({ capacity: 2 });
    others(2);
    await announced('invitation');
    await say('oui on sera 2');
    expect(await announced('reminder')).toBe('');
    expect(await announced('moved')).toContain('changement');
  });
});
