/**
 * One turn while it is being taken: the session as it changes, the effects as they gather.
 * Owns the rule of one message a turn; the conversations decide what to say.
 */
import { type PhraseKey, phrases } from '../locales/index.ts';
import type { City } from './city.ts';
import type { Effect, Event } from './events.ts';
import { type Params, phrase } from './phrase.ts';
import type { Session } from './session.ts';
import { shortest } from './shape.ts';
import type { SurveyShelf } from './survey.ts';

/** What does not change from turn to turn. */
export interface World {
  city: City;
  surveys: SurveyShelf;
}

/** Who is spoken to and how: what a question needs to know to be asked. */
export interface Voice {
  readonly language: string;
  /** One plain question a message: full sentences, no menu, no link, no abbreviation (J14). */
  readonly plain: boolean;
  phrase(key: PhraseKey, params?: Params): string;
}

const inPlain = (key: string): PhraseKey | undefined =>
  `plain.${key}` in phrases.fr ? (`plain.${key}` as PhraseKey) : undefined;

export class Moment implements Voice {
  readonly effects: Effect[] = [];
  private said = false;

  constructor(
    readonly world: World,
    public session: Session,
    readonly event: Event,
    readonly now: Date,
  ) {}

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
    this.iso ??= this.now.toISOString();
    return this.iso;
  }

  set(changes: Partial<Session>): void {
    this.session = { ...this.session, ...changes };
  }

  /** Says the first of the candidates that needs the fewest parts. A second message in one turn is a bug of ours. */
  say(...candidates: string[]): void {
    if (this.said) throw new Error('a turn says at most one message');
    this.said = true;
    this.effects.push({ type: 'say', text: shortest(candidates) });
  }

  do(...effects: Effect[]): void {
    this.effects.push(...effects);
  }

  /** In plain mode a phrase that has a plain form is said in it; its places are the same, and the city's own. */
  phrase(key: PhraseKey, params?: Params): string {
    const plain = this.plain ? inPlain(key) : undefined;
    if (!plain) return phrase(this.language, key, params);
    const { phone, name } = this.city;
    return phrase(this.language, plain, { phone, city: name, ...params });
  }
}

/** "D'abord ceci. Puis cela", and the bare second where both do not fit as well. */
export const withPrefix = (prefixes: string[], text: string): string[] => [
  ...prefixes.map((prefix) => `${prefix}${/[.!?؟۔।。！？]$/.test(prefix) ? '' : '.'} ${text}`),
  text,
];
