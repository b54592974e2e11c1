/** The longest that each place of a phrase really holds in a city: what a message costs at most. */
import type { PhraseKey } from '../../locales/index.ts';
import type { City } from '../city.ts';
import { MAX_SUBJECT } from '../live.ts';
import { MAX_REASON } from '../live-board.ts';
import { sms } from '../shape.ts';
import type { Survey } from '../survey.ts';

export type Filling = Record<string, string | number>;

export interface Filled {
  /** By the name of the place. */
  places: Filling;
  /** Where a phrase is never said with the longest of all. */
  byKey: Record<string, Filling>;
}

/** Longer phrases that are said only where they fit, each with the shorter one that is said otherwise. */
export const SHORTER: Partial<Record<string, PhraseKey>> = {
  'survey.thanks': 'survey.thanksShort',
  'data.summary': 'data.summaryShort',
  'plain.survey.thanks': 'plain.survey.thanksShort',
  // Said where a first message shows another language than French.
  'join.quartierGuessed': 'join.quartier',
};

const LANGUAGE_MENU = '1 Français 2 English 3 Türkçe 4 Arabi';

/** Six titles as they are, not each as long as may be. */
const VOTES =
  '1 Réouverture du Leclerc? 2 Bus 601 le soir? 3 Relogement tour B? 4 Place de parking? 5 Écoles? 6 Travaux?';

const longest = (texts: string[]): string =>
  texts.reduce((a, b) => (sms(b).units > sms(a).units ? b : a), '');

/** `survey` is the one whose words are the longest, `plain` the longest that is for plain mode. */
export function filledBy(city: City, survey: Survey, plain: Survey): Filled {
  const quartierMenu = city.quartiers
    .filter(({ inMenu }) => inMenu !== false)
    .map(({ name, menu }, index) => `${index + 1} ${typeof menu === 'object' ? menu.fr : (menu ?? name)}`)
    .join(' ');
  const options = survey.questions.map((question) =>
    ('options' in question ? question.options : [])
      .map(({ label }, index) => `${index + 1} ${label.fr}`)
      .join(' '),
  );
  const plainIntro = { intro: plain.intro.fr ?? '' };
  const menu = { menu: LANGUAGE_MENU };
  return {
    places: {
      city: city.name,
      quartier: longest(city.quartiers.map(({ name }) => name)),
      max: 10,
      menu: quartierMenu,
      site: city.site,
      phone: city.phone,
      keyword: survey.keywords[0] ?? '',
      topic: survey.topic.fr ?? '',
      intro: survey.intro.fr ?? '',
      thanks: survey.thanks.fr ?? '',
      options: longest(options),
      example: '5 2 1',
      choices: '1, 2, 3, 4, 5, 6, 7, 8 ou 9',
      got: '999999999',
      low: 'pas du tout',
      high: 'tout à fait',
      min: 1,
      count: 20,
      total: 20,
      day: 'mercredi 30 septembre',
      from: city.callHours.from,
      to: city.callHours.to,
      proof: 'E-1929579',
      code: 'x8Kq2aB0_z',
      age: '25-59',
      words: 'SQUARE, HORAIRES, LANGUE, CONTACT, MES DONNEES, EFFACER, RAPPEL',
      name: 'Bambara',
      value: 'jeux enfants, bancs, éclairage, fleurs, terrain de sport',
      option: 'terrain de sport',
      reference: 'CL-99999',
      townHall: city.townHall.fr ?? '',
      channel: 'Messenger',
      at: 20,
      number: '+33639980200',
      page: 'VilledeClichysousBois',
      kind: 'visites de quartier',
      word: 'SONDAGE',
      list: '1 mercredi 23 septembre 10h30 2 mercredi 30 septembre 10h30',
      title: 'visite de quartier',
      host: 'Mme la Maire',
      time: '10h30',
      place: 'square du Chêne Pointu',
      how: '1 oui 2 non',
      link: `${city.site}/v/V-2026-999.ics`,
      ahead: 999,
      why: ' (intempéries)',
      when: 'mercredi 30 18h45',
      until: 'mercredi 30 18h45',
      linkAt: 'mercredi 30 18h45',
      subject: 'x'.repeat(MAX_SUBJECT),
      asks: 20,
      minute: '1:02:40',
      reason: 'x'.repeat(MAX_REASON),
      what: 'votre numéro, Bois du Temple, Français, 25-59 ans, 2 sondages',
    },
    byKey: {
      'link.whatsapp': { code: '48213097' },
      'link.messenger': { code: '48213097' },
      'link.sms': { code: '48213097' },
      'join.language': menu,
      'join.languageAgain': menu,
      'language.ask': menu,
      'language.again': menu,
      'survey.start': { city: city.shortName },
      ...visitFilling(city),
      ...liveFilling(city),
      // A scale's highest, not a quantity.
      'question.scaleHint': { max: 10 },
      'question.againScale': { max: 10 },
      'question.notInRange': { max: 1000 },
      'question.againNumber': { max: 1000 },
      // With MODIF, which is there once something has been answered, the city's own words make room.
      'language.more': { menu: '1 Francais facile 5 Soninké 6 Bambara 7 Pulaar 8 Wolof' },
      // Said without a welcome, only where the survey is for plain mode.
      'plain.survey.ask': plainIntro,
      'plain.survey.start': plainIntro,
      'help.commands': { words: 'SQUARE, LANGUE, CONTACT, MODIF 1, MES DONNEES, EFFACER, RAPPEL' },
    },
  };
}

/** A code of two figures and a check, or three; a party's size; the day without the year. */
function visitFilling(city: City): Record<string, Filling> {
  const seat = { code: 'V-9999', what: '20 personnes' };
  const named = { city: city.shortName, day: 'samedi 12 septembre' };
  return {
    'visit.intro': named,
    'visit.tomorrow': { day: 'mercredi' },
    'tap.visitSubject': { ...seat, day: 'mercredi' },
    'visit.subject': seat,
    'visit.transport': { ...seat, how: '1 oui 2 non' },
    'plain.visit.transport': { ...seat, how: '' },
    'visit.cancelled': named,
    'visit.thanks': seat,
    'visit.thanksNone': seat,
    'plain.visit.thanksNone': seat,
    'visit.kept': seat,
    'visit.staying': seat,
    'visit.asked': { number: 'Q-99999', how: '1 oui 2 non' },
    'visit.free': named,
    'visit.moved': named,
    'visit.off': named,
    'visit.mine': seat,
    'visit.which': {
      list: '1 mercredi 23 septembre 10h30 (oui) 2 mercredi 30 septembre 10h30 3 vendredi 16 octobre 10h30',
    },
    'visit.raised': { number: 'D-9999' },
  };
}

function liveFilling(city: City): Record<string, Filling> {
  const named = { city: city.shortName };
  const linked = { link: 'www.facebook.com/VilledeClichysousBois/live', day: 'mercredi 30' };
  return {
    'live.ask': named,
    'plain.live.ask': named,
    'live.off': named,
    'live.moved': named,
    'live.thanksName': { got: 'Marie-Antoinette-Célestine' },
    'plain.live.thanksName': { got: 'Marie-Antoinette-Célestine' },
    // As many as fit stand on a page.
    'live.vote': { options: VOTES },
    'live.notListed': { options: VOTES },
    'plain.live.vote': { options: VOTES },
    'live.received': { number: 99_999 },
    'plain.live.received': { number: 99_999 },
    'tap.liveName': { number: 99_999 },
    'live.refused': { number: 'Q-99999' },
    'live.now': linked,
    'live.link': linked,
    'plain.live.link': linked,
    'live.linkLater': linked,
    'plain.live.linkLater': linked,
  };
}
