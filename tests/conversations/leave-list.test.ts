import { expect, it } from 'vitest';
import { createEngine } from '../../conversations/engine.ts';
import type { Event } from '../../conversations/events.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { localWorld } from '../../infra/local/city.ts';

const NOW = parisMoment('2026-11-30', '10:00');
const world = { ...localWorld(), lists: [{ id: 'delegues', name: 'Délégués de classe' }] };
const take = createEngine(world);
const on = (...lists: string[]): Session => ({ ...newSession('r1'), consent: 'given', lists });
function say(session: Session, text: string) {
  const turn = take(session, { type: 'said', id: 'm1', channel: 'sms', text } as Event, NOW);
  const text_ = turn.effects.find((effect) => effect.type === 'say')?.text ?? '';
  return { ...turn, said: text_ };
}

it('a list that staff made is called by its name', () => {
  expect(say(on('delegues'), 'MES DONNEES').said).toContain('Délégués de classe');
  const stopped: Session = { ...on('delegues', 'chene'), consent: 'stopped' };
  expect(say(stopped, 'REPRENDRE').said).toContain('Délégués de classe, Chêne Pointu');
});

it.each([
  ['STOP AINES', 'aines'],
  ['stop seniors svp', 'aines'],
  ['STOP délégués de classe', 'delegues'],
  ['Arrêt chêne pointu', 'chene'],
])('"%s" leaves that list, and the others go on', (text, list) => {
  const { session, effects, said } = say(on('chene', 'aines', 'delegues'), text);
  expect(session.lists).toEqual(['chene', 'aines', 'delegues'].filter((each) => each !== list));
  expect(session).toMatchObject({ consent: 'given', left: { [list]: '2026-11-30' } });
  expect(effects).toContainEqual({ type: 'unsubscribe', list });
  expect(said).toContain('Le reste continue');
});

it('of their only list it is STOP; of one they are not on it is no leaving', () => {
  expect(say(on('aines'), 'STOP AINES').session.consent).toBe('stopped');
  expect(say(on('chene', 'aines'), 'STOP HAUT').session.lists).toEqual(['chene', 'aines']);
});

it('a thematic list is joined by its keyword beside a quartier, and can be left again', () => {
  const offered = say(on('chene'), 'AINES');
  const joined = say(offered.session, 'oui');
  expect(joined.session.lists).toEqual(['chene', 'aines']);
  expect(joined.effects).toContainEqual({ type: 'subscribe', list: 'aines' });
  expect(say(joined.session, 'STOP AINES').session.lists).toEqual(['chene']);
});
