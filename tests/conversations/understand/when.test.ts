/** Days and hours as residents write them: what is read, what is asked first, what is asked again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay, readMoment } from '../../../conversations/understand/when.ts';
import { languages } from '../../../locales/index.ts';
import { shownAs } from './shown.ts';

/** A Thursday. */
const TODAY = '2025-04-10';

describe('a day ("?" is asked first, "-" is asked again)', () => {
  it.each([
    ['fr', '24/05', '2025-05-24'],
    ['fr', '24.05.25', '2025-05-24'],
    ['fr', '24 mai', '2025-05-24'],
    ['fr', 'vendredi 23 mai', '2025-05-23'],
    ['fr', 'le 1er juin', '2025-06-01'],
    ['fr', 'demain', '2025-04-11'],
    ['fr', 'après-demain', '2025-04-12'],
    ['fr', 'samedi', '2025-04-12'],
    ['fr', 'dans 3 jours', '2025-04-13'],
    ['fr', '2025-05-24', '2025-05-24'],
    ['fr', '02/03', '2026-03-02?'],
    ['fr', 'samedi 23 mai', '2025-05-23?'],
    ['fr', 'samedi prochain', '2025-04-12?'],
    ['fr', 'le 24', '2025-04-24?'],
    ['fr', 'jeudi', '2025-04-17?'],
    ['fr', 'hier', '-'],
    ['fr', '31/02', '-'],
    ['fr', 'un de ces jours', '-'],
    ['fr', 'vendredi 23 mai au soir', '2025-05-23'],
    ['fr', 'premier mai', '2025-05-01'],
    ['fr', 'vingt-quatre mai', '2025-05-24'],
    ['fr', '24 mai 2026', '2026-05-24'],
    ['fr', '24 mai 25', '2025-05-24'],
    ['fr', '10/04/2024', '-'],
    ['fr', "aujourd'hui", '2025-04-10'],
    ['fr', 'ce soir', '2025-04-10'],
    ['fr', 'samedi ou dimanche', '-'],
    ['fr', 'samedi non dimanche', '2025-04-13?'],
    ['fr', 'pas samedi', '-'],
    ['fr', 'apré demin', '2025-04-12'],
    ['fr', 'demain non samedi', '2025-04-12?'],
    ['fr', 'après samedi', '-'],
    ['fr', 'à partir de samedi', '-'],
    ['fr', 'avant le 24 mai', '-'],
    ['fr', 'samedi après 14h', '2025-04-12'],
    ['fr', 'tous les lundis', '-'],
    ['fr', 'chaque lundi', '-'],
    ['en', 'every monday', '-'],
    ['es', 'los lunes', '-'],
    ['fr', 'mardi en quinze', '-'],
    ['fr', 'le 3 juin sinon le 5', '-'],
    ['fr', 'vers le 3 juin', '2025-06-03?'],
    ['fr', 'peut-être le 3 juin', '2025-06-03?'],
    ['fr', 'dans la semaine', '-'],
    ['fr', 'je suis né le 24 mai 1980', '-'],
    ['fr', '2 personnes le 24 mai', '2025-05-24'],
    ['fr', 'vendredi 18', '2025-04-18'],
    ['fr', 'dans une semaine', '2025-04-17'],
    ['fr', 'dans 2 semaines', '2025-04-24'],
    ['fr', 'la semaine prochaine', '-'],
    ['fr', 'samedi en huit', '2025-04-19'],
    ['fr', 'le mois prochain', '-'],
    ['fr', 'je viens samedi avec ma soeur', '2025-04-12'],
    ['fr', 'vendredy', '2025-04-11'],
    ['fr', 'mercredi 16 avril', '2025-04-16'],
    ['fr', '0', 'skip'],
    ['fr', 'je sais pas', 'dk'],
    ['fr', 'demain 18h', '2025-04-11'],
    ['fr', '2main', '2025-04-11'],
    ['en', 'may 24th', '2025-05-24'],
    ['en', '24th of May', '2025-05-24'],
    ['en', 'next saturday', '2025-04-12?'],
    ['en', 'sat', '2025-04-12'],
    ['en', 'in 3 days', '2025-04-13'],
    ['en', 'in a week', '2025-04-17'],
    ['en', 'tomorrow', '2025-04-11'],
    ['tr', 'yarın', '2025-04-11'],
    ['tr', 'cumartesi günü', '2025-04-12'],
    ['tr', '24 mayıs', '2025-05-24'],
    ['tr', '3 gün sonra', '2025-04-13'],
    ['ar', 'غدا', '2025-04-11'],
    ['ar', 'السبت', '2025-04-12'],
    ['ar', 'يوم السبت', '2025-04-12'],
    ['ar', '24 ماي', '2025-05-24'],
    ['pt', 'amanhã', '2025-04-11'],
    ['pt', 'sábado', '2025-04-12'],
    ['pt', '24 de maio', '2025-05-24'],
    ['es', 'el 24 de mayo', '2025-05-24'],
    ['es', 'pasado mañana', '2025-04-12'],
    ['es', 'mañana', '2025-04-11'],
    ['fr', 'ce week-end', '2025-04-12?'],
    ['fr', 'juin', '-'],
    ['fr', '24', '2025-04-24?'],
    ['fr', '5 et 6 mai', '-'],
    ['fr', 'le 24 ou le 25 mai', '-'],
    ['fr', 'lundi 14', '2025-04-14'],
    ['fr', 'samedi 12 au matin', '2025-04-12'],
  ])('%s: %s → %s', (language, text, wanted) => {
    expect(shownAs(readDay(text, TODAY, language))).toBe(wanted);
  });

  it('a leap day waits for its year, and is asked', () => {
    expect(shownAs(readDay('29/02', '2027-03-01', 'fr'))).toBe('2028-02-29?');
    expect(shownAs(readDay('29/02', '2025-03-01', 'fr'))).toBe('-');
  });

  it('the 31st is looked for in a month that has one', () => {
    expect(shownAs(readDay('le 31', '2025-04-10', 'fr'))).toBe('2025-05-31?');
  });
});

describe('a day and an hour', () => {
  it.each([
    ['fr', 'demain 18h', '2025-04-11T18:00'],
    ['fr', '24/05 à 14h30', '2025-05-24T14:30'],
    ['fr', '18:30', '2025-04-10T18:30?'],
    ['fr', 'demain 6 heures du soir', '2025-04-11T18:00'],
    ['fr', 'samedi midi', '2025-04-12T12:00'],
    ['fr', 'samedi matin', '2025-04-12T09:00?'],
    ['fr', 'demain soir', '2025-04-11T19:00?'],
    ['fr', 'samedi', '2025-04-12?'],
    ['fr', 'samedi 25h', '-'],
    ['fr', 'demain 8h et quart', '2025-04-11T08:15'],
    ['fr', 'demain 9h moins le quart', '2025-04-11T08:45'],
    ['fr', 'demain à 18', '2025-04-11T18:00'],
    ['fr', 'samedi 14h ou 15h', '-'],
    ['fr', 'samedi 14h-16h', '2025-04-12T14:00?'],
    ['fr', 'samedi 12 avril 18 heures 30', '2025-04-12T18:30'],
    ['fr', 'ce soir 20h', '2025-04-10T20:00'],
    ['fr', 'ce soir', '2025-04-10T19:00?'],
    ['en', 'tomorrow at 6pm', '2025-04-11T18:00'],
    ['en', 'saturday half past six', '2025-04-12T06:30'],
    ['en', 'saturday 6:30 pm', '2025-04-12T18:30'],
    ['en', 'friday evening at 7', '2025-04-11T19:00'],
    ['tr', 'yarın saat 18:00', '2025-04-11T18:00'],
    ['tr', 'yarın akşam 7', '2025-04-11T19:00'],
    ['ar', 'غدا الساعة 6 مساء', '2025-04-11T18:00'],
    ['fr', '18h', '2025-04-10T18:00?'],
    ['fr', '24 mai 18.30', '2025-05-24T18:30'],
    ['fr', 'midi', '2025-04-10T12:00?'],
    ['fr', 'hier 18h', '-'],
    ['fr', 'samedi minuit', '2025-04-12T00:00?'],
    ['fr', '2025-05-24T18:00', '2025-05-24T18:00'],
    ['fr', 'samedi 18 h', '2025-04-12T18:00'],
    ['fr', 'vendredi 18', '2025-04-18?'],
    ['es', 'mañana a las 6 de la tarde', '2025-04-11T18:00'],
    ['pt', 'amanhã às 18h', '2025-04-11T18:00'],
    ['fr', 'demain vers 18h', '2025-04-11T18:00'],
    ['fr', 'demain après 18h', '2025-04-11T18:00?'],
    ['fr', 'demain entre midi et 2', '2025-04-11T12:00?'],
    ['fr', 'demain 10h non 11h', '2025-04-11T11:00?'],
    ['fr', 'demain 3h', '2025-04-11T03:00?'],
    ['fr', 'demain 3h du matin', '2025-04-11T03:00'],
    ['fr', 'dimanche à 10h du mat', '2025-04-13T10:00'],
    ['fr', 'demain à dix-huit heures', '2025-04-11T18:00'],
    ['fr', 'demain à midi et demi', '2025-04-11T12:30'],
  ])('%s: %s → %s', (language, text, wanted) => {
    expect(shownAs(readMoment(text, TODAY, language))).toBe(wanted);
  });

  it("an hour that has passed today is tomorrow's", () => {
    expect(shownAs(readMoment('18h', '2025-04-10T19:00', 'fr'))).toBe('2025-04-11T18:00?');
    expect(shownAs(readMoment('20h', '2025-04-10T19:00', 'fr'))).toBe('2025-04-10T20:00?');
  });

  it('an hour that has passed on the day that was said is asked again', () => {
    expect(shownAs(readMoment("aujourd'hui 9h", '2025-04-10T10:00', 'fr'))).toBe('-');
    expect(shownAs(readMoment("aujourd'hui 11h", '2025-04-10T10:00', 'fr'))).toBe('2025-04-10T11:00');
  });

  it('"in two hours" is counted from now', () => {
    expect(shownAs(readMoment('dans 2 heures', '2025-04-10T23:00', 'fr'))).toBe('2025-04-11T01:00?');
    expect(shownAs(readMoment('in 2 hours', '2025-04-10T10:00', 'en'))).toBe('2025-04-10T12:00?');
  });
});

describe('whatever is written', () => {
  const words = [
    '24',
    'mai',
    '/',
    '05',
    'samedi',
    'demain',
    '18h',
    ':',
    '30',
    'à',
    'soir',
    'dans',
    '3',
    'jours',
    'semaine',
    'le',
    '99',
    '2025',
    '-',
    'ou',
    'midi',
    'prochain',
    '31',
    'février',
  ];
  const said = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((each) => each.join(' ')),
    fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((each) => each.join('')),
  );
  it('a day is a real one that has not passed, an hour one that a clock has', () => {
    fc.assert(
      fc.property(
        said,
        fc.constantFrom(...languages),
        fc.date({ min: new Date('2025-01-01'), max: new Date('2032-12-31'), noInvalidDate: true }),
        (text, language, at) => {
          const today = at.toISOString().slice(0, 10);
          const day = readDay(text, today, language);
          if (day.kind === 'value') {
            expect(new Date(`${day.value}T12:00:00Z`).toISOString().slice(0, 10)).toBe(day.value);
            expect(day.value >= today).toBe(true);
          }
          const moment = readMoment(text, today, language);
          if (moment.kind === 'value') {
            expect(moment.value).toMatch(/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/);
            expect(moment.value.slice(0, 10) >= today).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
