/** What is wrong or unwise in an announcement: one planted fault a row, and texts that are fine. */
import { describe, expect, it } from 'vitest';
import { announcedText, type Draft, numberIn, readDraft } from '../../conversations/announcement.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { sms } from '../../conversations/shape.ts';
import { languages } from '../../locales/index.ts';
import { aroundAt, made } from '../support/announcements.ts';

const around = aroundAt(new Date('2026-11-23T09:00:00.000Z'));
const found = (more: Partial<Draft>, where = around): string[] =>
  lintAnnouncement(made(more), where).map(({ rule, severity, place }) => `${severity} ${rule} ${place}`);
/** Without what is said of languages that have no text. */
const others = (more: Partial<Draft>, where = around): string[] =>
  found(more, where).filter((each) => !each.includes(' fallback '));
const fr = (text: string): Partial<Draft> => ({ texts: { fr: text } });

describe('planted faults', () => {
  it.each<[string, Partial<Draft>, string]>([
    ['nobody is named', fr('Visite du quartier samedi à 10h'), 'error no-sender texts.fr'],
    ['only an address names the city', fr('Visite samedi: clichy.example/v'), 'error no-sender texts.fr'],
    ['only a longer word has its name', fr('Les clichyois visitent samedi'), 'error no-sender texts.fr'],
    ['151 letters and the way to stop', fr(`Clichy ${'a'.repeat(144)}`), 'error parts texts.fr'],
    [
      'two parts in English',
      { texts: { fr: 'Clichy', en: `Clichy ${'a'.repeat(150)}` } },
      'warning parts texts.en',
    ],
    [
      'two parts, urgent',
      { kind: 'urgent', reason: 'crue', ...fr(`Clichy ${'a'.repeat(150)}`) },
      'warning parts texts.fr',
    ],
    ['longer than can be sent', fr(`Clichy ${'a'.repeat(1600)}`), 'error too-long-to-send texts.fr'],
    ['a blank text', fr('  '), 'error empty texts.fr'],
    ['no French', { base: 'en', texts: { en: 'Clichy: visit on Saturday' } }, 'error no-french texts.fr'],
    [
      'a language we do not have',
      { texts: { fr: 'Clichy', xx: 'Clichy' } },
      'error unknown-language texts.xx',
    ],
    ['a name to fill in', fr('Clichy: bonjour ${prenom}'), 'error placeholder texts.fr'],
    ['the same in braces', fr('Clichy: bonjour {{nom}}'), 'error placeholder texts.fr'],
    ['the same in brackets', fr('Clichy: bonjour [prénom]'), 'error placeholder texts.fr'],
    ['a word that erases', fr('Clichy: répondez EFFACER'), 'error reserved-word texts.fr'],
    ['a word that asks for a call', fr('Clichy: répondez RAPPEL'), 'warning reserved-word texts.fr'],
    [
      'figures nobody reads',
      { kind: 'info', ...fr('Clichy: vous venez? 1 oui 2 non') },
      'warning asks-for-figures texts.fr',
    ],
    [
      'a list that is none',
      { audience: { lists: ['chene', 'lune'] } },
      'error unknown-audience audience.lists',
    ],
    [
      'a survey that is none',
      { audience: { answered: { survey: 'lune', did: false } } },
      'error unknown-audience audience.answered',
    ],
    [
      'a quartier that is none',
      { audience: { quartiers: ['lune'] } },
      'error unknown-audience audience.quartiers',
    ],
    [
      'a language of the audience that is none',
      { audience: { languages: ['xx'] } },
      'error unknown-audience audience.languages',
    ],
    ['urgent without a reason', { kind: 'urgent' }, 'error no-reason reason'],
    ['an invitation to nothing', { kind: 'survey' }, 'error no-survey survey'],
    ['an invitation to what is not', { kind: 'survey', survey: 'lune' }, 'error unknown-survey survey'],
    [
      'an invitation after the end',
      { kind: 'survey', survey: 'square', at: '2029-01-05T10:00' },
      'error survey-not-open survey',
    ],
    ['a survey that is not invited to', { survey: 'square' }, 'error survey-not-begun survey'],
  ])('%s', (_, more, fault) => {
    expect(others(more)).toEqual([fault]);
  });

  it('languages without a text are told once, with what stands in', () => {
    const [finding, ...rest] = lintAnnouncement(made(), around);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ rule: 'fallback', severity: 'warning' });
    expect(finding?.message).toMatch(/turc.*recevra le texte en français/);
    expect(found({}, aroundAt(new Date(0), { languages: ['fr'] }))).toEqual([]);
  });

  it('a list that staff made is one, where it is known', () => {
    const lists = [{ id: 'delegues', name: 'Délégués' }];
    expect(others({ audience: { lists: ['delegues'] } }, { ...around, lists })).toEqual([]);
    expect(others({ audience: { lists: ['delegues'] } })).toEqual(['error unknown-audience audience.lists']);
  });

  it.each([
    ['the commune', 'Clichy: visite samedi'],
    ['the town hall', 'La mairie de Clichy vous invite samedi'],
    ['in capitals', 'VILLE DE CLICHY-SOUS-BOIS. Visite samedi'],
    ['150 letters, and ten for the way to stop', `Clichy ${'a'.repeat(143)}`],
    ['160 letters that say how to stop', `Clichy ${'a'.repeat(148)} STOP`],
  ])('is fine: %s', (_, text) => {
    expect(others(fr(text))).toEqual([]);
  });

  it.each([
    ['ar', 'بلدية كليشي: زيارة الحي يوم السبت'],
    ['zh', '克利希市政府：周六社区走访'],
    ['tr', "Clichy'de mahalle ziyareti cumartesi"],
  ])('the city in its own script: %s', (language, text) => {
    expect(others({ texts: { fr: 'Clichy: visite samedi', [language]: text } })).toEqual([]);
  });
});

describe('the text that goes out', () => {
  const texts = { fr: 'Clichy: visite samedi', tr: 'Clichy: cumartesi ziyaret' };
  it.each([
    ['fr', 'sms', 'Clichy: visite samedi Fin: STOP'],
    ['tr', 'sms', 'Clichy: cumartesi ziyaret Son: STOP'],
    ['ta', 'sms', 'Clichy: visite samedi Fin: STOP'],
    ['fr', 'whatsapp', 'Clichy: visite samedi'],
  ] as const)('%s by %s', (language, channel, text) => {
    expect(announcedText({ texts, base: 'fr' }, language, channel)).toBe(text);
  });

  it('keeps what the writer says of stopping, and a stop on the road is none', () => {
    const said = (text: string): string => announcedText({ texts: { fr: text }, base: 'fr' }, 'fr', 'sms');
    expect(said('Clichy: visite. STOP pour arrêter')).toBe('Clichy: visite. STOP pour arrêter');
    expect(said('Clichy: rdv au stop')).toBe('Clichy: rdv au stop Fin: STOP');
    expect(said('Clichy: rdv NONSTOP')).toBe('Clichy: rdv NONSTOP Fin: STOP');
  });

  it('says how to stop in the ten septets that are kept free, in one language', () => {
    const bare = { texts: { fr: 'x' }, base: 'fr' };
    expect(sms(announcedText(bare, 'fr', 'sms')).units - 1).toBe(10);
    for (const language of languages)
      expect(announcedText({ texts: { [language]: 'x' }, base: 'fr' }, language, 'sms')).toMatch(
        /^x .+: STOP$/,
      );
  });
});

describe('what a person writes', () => {
  it('is refused with every fault and its place', () => {
    expect(() =>
      readDraft({ kind: 'pub', purpose: 'consent', texts: {}, at: '2026-13-01T10:00' }, 'x'),
    ).toThrow(/kind: .*"pub"[\s\S]*texts: has no text[\s\S]*at: a moment is/);
  });
  it.each([
    ['A-2026-001', 1],
    ['A-2026-1234', 1234],
    ['A-2026-01', undefined],
    ['a-2026-001', undefined],
    ['V-318', undefined],
  ])('the number in %s: %s', (id, number) => {
    expect(numberIn(id)).toBe(number);
  });
});
