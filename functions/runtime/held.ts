/** Everything held about one resident, gathered for the resident (J12, MES DONNEES) and for staff who answer them. */
import { isCut } from '../../conversations/anonymous.ts';
import type { AnswerSheet } from '../../conversations/events.ts';
import type { Session } from '../../conversations/session.ts';
import type { Item } from '../store/db.ts';
import type { TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';

export interface Held {
  address: string;
  session: Session;
  /** Proofs, memberships, calls and kept messages, as they are kept. */
  kept: Item[];
  sheets: AnswerSheet[];
  /** Anonymous surveys that have closed, in which the resident took part: their answers are nobody's any more. */
  cut: string[];
}

/** What a code opens, while it is valid and the resident is still known. */
export async function heldBy(deps: Deps, code: string): Promise<Held | undefined> {
  const hash = await deps.residents.copyOf(code, deps.now());
  const item = hash && (await deps.turns.find(hash));
  return item ? heldOf(deps, item) : undefined;
}

/** Undefined for who has been erased. */
export async function heldOf(deps: Deps, item: TurnItem): Promise<Held | undefined> {
  if (item.session.id === '') return undefined;
  const kept: Item[] = [];
  for await (const each of deps.residents.held(item.hash)) kept.push(each);
  const sheets: AnswerSheet[] = [];
  const cut: string[] = [];
  for (const [survey, { end }] of Object.entries(item.session.ended)) {
    const sheet = await deps.sheets.find(survey, deps.hashes.pseudonym(item.session.id, survey));
    if (sheet) sheets.push(sheet);
    else if (end !== 'declined' && isCut(deps.world.surveys.latest(survey), deps.now())) cut.push(survey);
  }
  return { address: item.address, session: item.session, kept, sheets, cut };
}
