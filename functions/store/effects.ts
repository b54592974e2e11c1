/** Carries out what a turn decided. Every effect may be carried out again: nothing changes the second time. */
import type { StoredEffect } from '../../conversations/events.ts';
import type { LedgerStore } from './ledger.ts';
import type { LinkStore } from './links.ts';
import type { LiveRowStore } from './live-rows.ts';
import type { Forget, ResidentStore } from './residents.ts';
import type { RsvpStore } from './rsvps.ts';
import type { SheetStore } from './sheets.ts';
import type { Pending } from './turn-item.ts';

export interface EffectStores {
  residents: ResidentStore;
  sheets: SheetStore;
  links: Pick<LinkStore, 'offer'>;
  rsvps: Pick<RsvpStore, 'note' | 'raise' | 'unseat' | 'reseat' | 'forget'>;
  liveRows: Pick<LiveRowStore, 'note'>;
  ledger: Pick<LedgerStore, 'mark'>;
  pseudonym(resident: string, survey: string): string;
  /** A code as it is kept: an HMAC, like everything that is looked up by what residents write. */
  linkHash(code: string): string;
  /** Has files deleted, sooner or later. */
  forget: Forget;
}

export async function carryOut(stores: EffectStores, hash: string, turn: Pending): Promise<void> {
  for (const effect of turn.effects) await carryOutOne(stores, hash, turn, effect);
}

async function carryOutOne(
  stores: EffectStores,
  hash: string,
  turn: Pending,
  effect: StoredEffect,
): Promise<void> {
  const { residents, sheets, pseudonym } = stores;
  const sheetId = (survey: string): string => pseudonym(turn.resident, survey);
  switch (effect.type) {
    case 'consent':
      return residents.consent(hash, effect, turn);
    case 'subscribe':
      return residents.subscribe(hash, effect.list, turn);
    case 'unsubscribe':
      return residents.unsubscribe(hash, effect.list, turn);
    case 'record':
      return sheets.record(sheetId(effect.sheet.survey), effect.sheet, turn.version);
    case 'amend':
      return sheets.amend(
        effect.survey,
        sheetId(effect.survey),
        effect.question,
        effect.answer,
        turn.version,
      );
    case 'append':
      return sheets.append(
        {
          survey: effect.survey,
          pseudonym: sheetId(effect.survey),
          question: effect.question,
          text: effect.text,
          event: turn.event,
          comment: effect.comment,
        },
        turn.version,
      );
    case 'attach':
      return residents.attach(hash, effect, turn);
    case 'unkeep':
      for (const survey of effect.surveys)
        await sheets.unsay(survey, sheetId(survey), effect.event, turn.version);
      return residents.unkeep(hash, effect.event, stores.forget);
    case 'mute':
    case 'unmute':
      return residents.mute(hash, effect, turn);
    case 'link':
      // A code that stands already is this one: the turn was carried out before.
      await stores.links.offer(stores.linkHash(effect.code), hash, new Date(turn.at));
      return;
    case 'adopt':
      for (const survey of effect.surveys)
        await sheets.adopt(
          survey,
          { from: pseudonym(effect.from, survey), to: sheetId(survey) },
          turn.version,
        );
      return;
    case 'rsvp':
      return stores.rsvps.note(hash, effect, turn);
    case 'raise':
      return stores.rsvps.raise(hash, effect, turn);
    case 'unseat':
      return stores.rsvps.unseat(effect, turn);
    case 'reseat':
      return stores.rsvps.reseat(hash, effect, turn);
    case 'live':
      return stores.liveRows.note(hash, effect.live, effect.does, effect.until, turn);
    case 'echo':
      // Told at an address that was not theirs alone yet, it stands under that.
      for (const each of [hash, ...(turn.also ?? []).map((other) => other.hash)])
        if (await stores.ledger.mark(effect.announcement, each, effect.what, turn.at)) return;
      return;
    case 'call':
      return residents.call(hash, effect, turn);
    case 'keep':
      return residents.keep(hash, effect, turn);
    case 'copy':
      return residents.copy(hash, effect.code, turn);
    case 'suppress':
      return residents.suppress(turn, true);
    case 'unsuppress':
      return residents.suppress(turn, false);
    case 'erase':
      await stores.rsvps.forget(hash, turn);
      for (const survey of effect.surveys) await sheets.strip(survey, sheetId(survey));
      return residents.erase(hash, effect.proof, turn, stores.forget);
  }
}
