/**
 * One turn while it is being taken: the session as it changes, the effects as they gather.
 * Owns the rule of one message a turn; the conversations decide what to say.
 */
import { type PhraseKey, phrases } from '../locales/index.ts';
import type { City } from './city.ts';
import type { Claim, Granted } from './claim.ts';
import type { Channel, Effect, Event } from './events.ts';
import { isoOf } from './instant.ts';
import type { OnStage } from './live.ts';
import { type Asked, asAsked, led, offerOf, type Tap } from './offer.ts';
import { type Params, phrase } from './phrase.ts';
import type { Session } from './session.ts';
import { shortest } from './shape.ts';
import type { SurveyShelf } from './survey.ts';
import type { Visit } from './visit.ts';

/** What does not change while a turn is taken. */
export interface World {
  city: City;
  /** From turn to turn there may be more. */
  surveys: SurveyShelf;
  /** Those that residents may hear of. */
  visits?: readonly Visit[];
  /** Lists that staff made, besides those of the city's file. */
  lists?: readonly { id: string; name: string }[];
  lives?: readonly OnStage[];
}

/** What can be tapped: `place` is which question it answers, `text` the question without its numbers. */
export interface Tapping {
  place: string;
  text: string;
  choices: Tap[];
  dynamic?: boolean;
}

/** Who is spoken to and how: what a question needs to know to be asked. */
export interface Voice {
  readonly language: string;
  /** One plain question a message: full sentences, no menu, no link, no abbreviation (J14). */
  readonly plain: boolean;
  /** Whether there is something to tap, and files can come. */
  readonly rich?: boolean;
  /** Whether who writes by SMS can go on with WhatsApp. */
  readonly whatsapp?: boolean;
  /** Which page of many options is shown, from 0. */
  readonly page?: number;
  phrase(key: PhraseKey, params?: Params): string;
}

const inPlain = (key: string): PhraseKey | undefined =>
  `plain.${key}` in phrases.fr ? (`plain.${key}` as PhraseKey) : undefined;

export class Moment implements Voice {
  readonly effects: Effect[] = [];
  private said = false;
  /** A button says it: sure, and no words of the resident's. */
  tapped = false;
  page = 0;
  /** What is said next begins with who is speaking: a machine. */
  introduces = false;
  /** The messages that what is heard came with. */
  sources: string[];

  constructor(
    readonly world: World,
    public session: Session,
    readonly event: Event,
    readonly now: Date,
  ) {
    this.sources = [event.id];
  }

  /** Where what is said goes. */
  get channel(): Channel {
    return 'channel' in this.event ? this.event.channel : (this.session.channel ?? 'sms');
  }

  /** Whether there is something to tap, and messages can be taken back. */
  get rich(): boolean {
    return this.channel !== 'sms';
  }

  get whatsapp(): boolean {
    return this.city.whatsappNumber !== undefined;
  }

  get language(): string {
    return this.session.language ?? 'fr';
  }

  /** Chosen by the resident, else by staff for one of their lists. */
  get plain(): boolean {
    const { plain, lists, join } = this.session;
    if (plain) return plain === 'on';
    const listed = (id: string | undefined): boolean =>
      this.city.quartiers.some((quartier) => quartier.id === id && quartier.plain);
    return listed(join?.quartier) || lists.some(listed);
  }

  get city(): City {
    return this.world.city;
  }

  private iso: string | undefined;

  get at(): string {
    this.iso ??= isoOf(this.now.getTime());
    return this.iso;
  }

  /** What is so already is not written again: most turns clear fields that are empty. */
  set(changes: Partial<Session>): void {
    for (const key in changes)
      if (changes[key as keyof Session] !== this.session[key as keyof Session]) {
        this.session = { ...this.session, ...changes };
        return;
      }
  }

  get hasSaid(): boolean {
    return this.said;
  }

  /**
   * Says the first of the candidates that needs the fewest parts; where nobody pays by the part the first, which is
   * the fullest, with what can be tapped. A second message in one turn is a bug of ours.
   */
  say(...candidates: (string | Asked)[]): Asked {
    if (this.said) throw new Error('a turn says at most one message');
    this.said = true;
    const all = candidates.map(asAsked);
    const fullest = all[0] as Asked;
    const said = !this.rich
      ? { text: shortest(all.map(({ text }) => text)) }
      : this.introduces
        ? led(this.phrase('bot.hello'), fullest)
        : fullest;
    this.effects.push({ type: 'say', ...said });
    return said;
  }

  /** The question with what can be tapped in answer, where the channel has that. */
  asked(text: string, tapping: () => Tapping | undefined): Asked {
    const draft = this.rich ? tapping() : undefined;
    const { channel, language } = this;
    const offer = draft && offerOf({ channel, language, menu: this.phrase('tap.menu'), ...draft });
    return offer ? { text, offer } : { text };
  }

  do(...effects: Effect[]): void {
    this.effects.push(...effects);
  }

  /** What is asked of the store before this turn can be taken. */
  claim: Claim | undefined;

  /** Decided by the store; undefined where it has yet to be: then the turn is left at once, and taken again. */
  ask<For extends Claim['for']>(claim: Extract<Claim, { for: For }>): Granted[For] {
    const granted = this.event.type === 'said' ? this.event.granted?.[claim.for] : undefined;
    if (granted === undefined) this.claim = claim;
    return granted as Granted[For];
  }

  /** In plain mode a phrase that has a plain form is said in it; its places are the same, and the city's own. */
  phrase(key: PhraseKey, params?: Params): string {
    const plain = this.plain ? inPlain(key) : undefined;
    if (!plain) return phrase(this.language, key, params);
    const { phone, name } = this.city;
    return phrase(this.language, plain, { phone, city: name, ...params });
  }
}
