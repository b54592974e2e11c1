/** A day, an hour, both: past and coming, in several languages, and read back wherever two are meant alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { date, datetime, time } from '../../../conversations/questions/when.ts';
import { french } from '../play.ts';

/** A Wednesday. */
const NOW = '2026-11-25T10:00';
const asked = { id: 'q', text: { fr: 'Quand?' } };
const readDay = (said: string, language = 'fr') =>
  date.parse({ ...asked, type: 'date' }, said, language, NOW);
const readHour = (said: string, language = 'fr') => time.parse({ ...asked, type: 'time' }, said, language);
const readBoth = (said: string, language = 'fr') =>
  datetime.parse({ ...asked, type: 'datetime' }, said, language, NOW);
const sure = (value: string) => ({ kind: 'value', value });
const unsure = (value: string) => ({ kind: 'value', value, certainty: 'ask' });

describe('a day', () => {
  it.each([
    ['fr', '24/05/2019', '2019-05-24'],
    ['fr', '2019-05-24', '2019-05-24'],
    ['fr', 'le 3 mars 1985', '1985-03-03'],
    ['fr', '24/05/85', '1985-05-24'],
    ['fr', '24 05 1985', '1985-05-24'],
    ['fr', '3 mars 85', '1985-03-03'],
    ['fr', 'le 1er janvier 2000', '2000-01-01'],
    ['fr', 'né le 24 mai 1980', '1980-05-24'],
    ['fr', '12/04/2031', '2031-04-12'],
    ['fr', 'vendredi 27 novembre', '2026-11-27'],
    ['fr', 'vendredi 23 mai', '2025-05-23'],
    ['fr', 'demain', '2026-11-26'],
    ['fr', "aujourd'hui", '2026-11-25'],
    ['fr', 'hier', '2026-11-24'],
    ['fr', 'avant-hier', '2026-11-23'],
    ['fr', 'il y a 3 jours', '2026-11-22'],
    ['fr', 'dans 3 jours', '2026-11-28'],
    ['fr', 'mercredi dernier', '2026-11-18'],
    ['en', 'yesterday', '2026-11-24'],
    ['en', 'the day before yesterday', '2026-11-23'],
    ['en', 'May 24th 2019', '2019-05-24'],
    ['en', '3 days ago', '2026-11-22'],
    ['tr', 'dün', '2026-11-24'],
    ['tr', '24 mayıs 2019', '2019-05-24'],
    ['tr', '3 gün önce', '2026-11-22'],
    ['ar', 'أمس', '2026-11-24'],
    ['ar', '٢٤/٠٥/٢٠١٩', '2019-05-24'],
    ['ar', '3 مارس 1985', '1985-03-03'],
    ['pt', '24 de maio de 2019', '2019-05-24'],
    ['pt', 'ontem', '2026-11-24'],
    ['ro', 'ieri', '2026-11-24'],
    ['es', '24 de mayo de 2019', '2019-05-24'],
    ['es', 'hace 3 días', '2026-11-22'],
    ['ta', 'நேற்று', '2026-11-24'],
    ['ur', '3 دن پہلے', '2026-11-22'],
    ['bn', '২৪ মে ২০১৯', '2019-05-24'],
    ['zh', '2019年5月24日', '2019-05-24'],
    ['zh', '前天', '2026-11-23'],
  ])('%s: %s is %s', (language, said, expected) => {
    expect(readDay(said, language)).toEqual(sure(expected));
  });

  it.each([
    ['fr', '24/05', '2027-05-24'],
    ['fr', '24 octobre', '2026-10-24'],
    ['fr', 'vendredi', '2026-11-27'],
    ['fr', 'vendredi prochain', '2026-11-27'],
    ['fr', 'lundi dernier', '2026-11-23'],
    ['fr', 'le 24', '2026-12-24'],
    ['fr', 'le 3 mars dernier', '2026-03-03'],
    ['fr', 'il y a 2 semaines', '2026-11-11'],
    ['es', 'el lunes pasado', '2026-11-23'],
    // Yesterday and tomorrow are one word.
    ['ur', 'کل', '2026-11-26'],
    ['bn', 'কাল', '2026-11-26'],
  ])('%s: %s is asked first, with %s', (language, said, expected) => {
    expect(readDay(said, language)).toEqual(unsure(expected));
  });

  it.each([
    'en 1985',
    'la semaine dernière',
    '31/02/2020',
    '05/24/2026',
    'hier et avant-hier',
    'un de ces jours',
    '3 ou 4 mai 2020',
    'le 3 mars 1799',
    '',
  ])('is asked again: %s', (said) => {
    expect(readDay(said)).toEqual({ kind: 'unclear' });
  });

  it('passes with 0, and may not be known', () => {
    expect(readDay('0')).toEqual({ kind: 'skip' });
    expect(readDay('je ne sais plus')).toEqual({ kind: 'dontKnow' });
  });

  it('of any year that is written out is read as it is', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (at) => {
        const iso = at.toISOString().slice(0, 10);
        for (const said of [iso, iso.split('-').reverse().join('/'), iso.split('-').reverse().join('.')])
          expect(readDay(said), said).toEqual(sure(iso));
      }),
    );
  });
});

describe('an hour', () => {
  it.each([
    ['fr', '18h', '18:00'],
    ['fr', '18h30', '18:30'],
    ['fr', '18:30', '18:30'],
    ['fr', '18.30', '18:30'],
    ['fr', '18 10', '18:10'],
    ['fr', '1830', '18:30'],
    ['fr', '18', '18:00'],
    ['fr', '08', '08:00'],
    ['fr', '8h', '08:00'],
    ['fr', '0h', '00:00'],
    ['fr', 'midi', '12:00'],
    ['fr', 'minuit', '00:00'],
    ['fr', '6 du soir', '18:00'],
    ['fr', 'vers 18h', '18:00'],
    ['fr', 'demain 18h', '18:00'],
    ['en', '6 pm', '18:00'],
    ['en', '12 am', '00:00'],
    ['tr', 'akşam 6', '18:00'],
    ['ar', '٦ مساء', '18:00'],
    ['ar', 'الثامنة صباحا', '08:00'],
    ['es', 'las seis de la tarde', '18:00'],
    ['zh', '晚上8点半', '20:30'],
    ['ta', 'மாலை 6 மணி', '18:00'],
    ['ur', 'شام 6 بجے', '18:00'],
    ['bn', 'সন্ধ্যা ৬টা', '18:00'],
  ])('%s: %s is %s', (language, said, expected) => {
    expect(readHour(said, language)).toEqual(sure(expected));
  });

  it.each([
    ['8', '08:00'],
    ['3h', '03:00'],
    ['le matin', '09:00'],
    ['après 18h', '18:00'],
    ['entre 18h et 20h', '18:00'],
  ])('%s is asked first, with %s', (said, expected) => {
    expect(readHour(said)).toEqual(unsure(expected));
  });

  it.each(['25h', '18h ou 19h', '18h75', 'tôt', ''])('is asked again: %s', (said) => {
    expect(readHour(said)).toEqual({ kind: 'unclear' });
  });

  it('keeps what else was said', () => {
    const said = '18h15 devant la mairie';
    expect(readHour(said)).toEqual({ ...sure('18:15'), comment: said });
  });

  it('passes with 0', () => {
    expect(readHour('0')).toEqual({ kind: 'skip' });
  });
});

describe('a day and an hour', () => {
  it.each([
    ['24/05/2019 à 14h30', '2019-05-24T14:30'],
    ['demain 18h', '2026-11-26T18:00'],
    ['hier 9h', '2026-11-24T09:00'],
    ["aujourd'hui 9h", '2026-11-25T09:00'],
    ['vendredi 27 novembre 18h', '2026-11-27T18:00'],
  ])('%s', (said, expected) => {
    expect(readBoth(said)).toEqual(sure(expected));
  });

  it('asks first where one of them is not said', () => {
    expect(readBoth('demain soir')).toEqual(unsure('2026-11-26T19:00'));
    expect(readBoth('18h')).toEqual(unsure('2026-11-25T18:00'));
  });

  it.each(['24/05/2019', 'demain', 'bientôt'])('is asked again: %s', (said) => {
    expect(readBoth(said)).toEqual({ kind: 'unclear' });
  });
});

describe('said and stored', () => {
  it('says how, and what 0 does', () => {
    const question = { ...asked, type: 'date' as const };
    expect(date.prompt(question, french)).toBe('Quand? (une date, ex: 24/05/2026)');
    expect(date.again(question, french)).toBe(
      "Je n'ai pas compris. Répondez avec une date: jour/mois/année (ex: 24/05/2026). (0 = passer)",
    );
    const known = { ...question, default: '2026-05-24' };
    expect(date.prompt(known, french)).toMatch(/ \(0 = dimanche 24 mai 2026\)$/);
    expect(date.again({ ...question, required: true }, french)).not.toContain('0 =');
  });

  it('reads back in words, in the resident’s language', () => {
    expect(date.shown({ v: '2019-05-24', t: 1 }, 'fr')).toBe('vendredi 24 mai 2019');
    expect(datetime.shown({ v: '2019-05-24T18:30', t: 1 }, 'en')).toBe('Friday, 24 May 2019 18:30');
    expect(date.shown({ v: '2019-05-24', t: 1 }, 'ar')).toMatch(/24.*2019/);
    expect(time.shown({ v: '18:30', t: 1 }, 'fr')).toBe('18:30');
  });

  it('takes the defaults of an XLSForm, and no other text', () => {
    const of = (type: 'date' | 'time' | 'datetime', worth: string) =>
      ({ date, time, datetime })[type].fromWorth({ ...asked, type } as never, worth);
    expect(of('date', '2026-05-24')).toBe('2026-05-24');
    expect(of('date', '2026-02-30')).toBeUndefined();
    expect(of('time', '18:30:00.000+01:00')).toBe('18:30');
    expect(of('time', '25:00')).toBeUndefined();
    expect(of('datetime', '2026-05-24T18:30:00')).toBe('2026-05-24T18:30');
    expect(of('datetime', '2026-05-24')).toBeUndefined();
  });
});
