/** A visit as it is said to a resident: in their language, on their channel, in plain words where they want that. */
import type { City } from './city.ts';
import { DAY, dayName, hourName, inParis, weekdayName } from './hours.ts';
import type { Moment } from './moment.ts';
import { type Asked, type Tap, yesOrNo } from './offer.ts';
import { local, phrase } from './phrase.ts';
import { sms } from './shape.ts';
import { beginsAt, type Visit } from './visit.ts';

const capital = (text: string, language: string): string => {
  const [first = '', ...rest] = text;
  return `${first.toLocaleUpperCase(language)}${rest.join('')}`;
};

export const visitTitle = ({ title }: Pick<Visit, 'title'>, language: string): string =>
  title ? local(title, language) : phrase(language, 'visit.title');

/** What the phrases about a visit are filled with. */
export function visitWords(visit: Visit, language: string, { shortName, townHall }: City) {
  return {
    city: shortName,
    townHall: local(townHall, language),
    title: visitTitle(visit, language),
    host: local(visit.host, language),
    day: dayName(beginsAt(visit), language),
    time: hourName(visit.time, language),
    place: visit.meeting.name,
  };
}

/** Where a sentence begins with when it is. */
export function whenWords(visit: Visit, language: string): { day: string; time: string } {
  const day = capital(dayName(beginsAt(visit), language), language);
  return { day, time: hourName(visit.time, language) };
}

/** The same where the title begins a sentence. */
export function openingWords(visit: Visit, language: string, city: City) {
  const words = visitWords(visit, language, city);
  return { ...words, title: capital(words.title, language) };
}

/** Whose language, and whether in plain words. */
type Ear = Pick<Moment, 'language' | 'plain' | 'city'>;

const said = ({ plain, language, city }: Ear, key: 'visit.intro', visit: Visit): string =>
  phrase(language, plain ? `plain.${key}` : key, (plain ? openingWords : visitWords)(visit, language, city));

/** "Visite de quartier …": in the staff's own words where they have some. */
const introOf = (ear: Ear, visit: Visit): string => {
  const own = visit.texts.invitation;
  return own && !ear.plain ? local(own, ear.language) : said(ear, 'visit.intro', visit);
};

/** What stands in the announcement, for those who answer by figures. */
export function invitationText(visit: Visit, language: string, city: City): string {
  return `${introOf({ language, city, plain: false }, visit)} ${phrase(language, 'visit.ask')}`;
}

/** Something the city says first about a visit that people come to, in every language it is said in. */
export function noticeText(
  visit: Visit,
  what: 'reminder' | 'moved' | 'cancelled',
  language: string,
  city: City,
  now: Date,
): string {
  const words = visitWords(visit, language, city);
  const how = phrase(language, 'question.yesno');
  const still = phrase(language, 'visit.still', { how });
  if (what === 'cancelled') {
    const why = visit.cancelled?.why;
    return phrase(language, 'visit.off', { ...words, why: why ? ` (${local(why, language)})` : '' });
  }
  if (what === 'moved')
    return `${phrase(language, 'visit.moved', openingWords(visit, language, city))} ${still}`;
  return `${words.city}: ${remindText({ language, city, plain: false }, visit, now)} ${still}`;
}

/** "demain samedi 10h, visite de quartier, RDV …". */
function remindText(ear: Ear, visit: Visit, now: Date): string {
  const { language, plain, city } = ear;
  const own = visit.texts.reminder;
  if (own && !plain) return local(own, language);
  const words = (plain ? openingWords : visitWords)(visit, language, city);
  const tomorrow = inParis(new Date(now.getTime() + DAY)).date === visit.day;
  const day = tomorrow
    ? phrase(language, 'visit.tomorrow', { day: weekdayName(beginsAt(visit), language) })
    : words.day;
  return phrase(language, plain ? 'plain.visit.remind' : 'visit.remind', { ...words, day });
}

export const VISIT = 'visit.';
/** The place of the buttons of which one says which visit: its id is the token. */
export const WHICH = `${VISIT}which`;
const YES: Tap['token'] = '1';

/** A question about a visit with its buttons. */
const tapping =
  ({ id, moves }: Visit, step: string, text: string, choices: Tap[]) =>
  () => ({
    // Which day it was said for: a button of before a change does not say yes to another day.
    place: `${VISIT}${id}.${step}${moves.length > 0 ? `.${moves.length}` : ''}`,
    text,
    choices,
    dynamic: true,
  });

const choice = (moment: Moment, third: boolean): Tap[] => [
  { token: YES, label: moment.phrase('tap.visitYes') },
  { token: '2', label: moment.phrase('tap.visitNo') },
  ...(third ? [{ token: '3', label: moment.phrase('tap.visitQuestion') }] : []),
];

/** "1 samedi 12 décembre 10h, square du Chêne Pointu 2 …": the places where they fit in one part. */
export function whichQuestion(moment: Moment, visits: readonly Visit[]): Asked {
  const { language } = moment;
  const said = (visit: Visit, index: number, place: boolean): string => {
    const { day, time } = visitWords(visit, language, moment.city);
    const comes = moment.session.visits?.[visit.id]?.answer === 'yes';
    const where = place ? `, ${visit.meeting.name}` : '';
    return `${index + 1} ${day} ${time}${where}${comes ? ` (${moment.phrase('question.yes')})` : ''}`;
  };
  const listed = (place: boolean): string =>
    moment.phrase('visit.which', { list: visits.map((visit, at) => said(visit, at, place)).join(' ') });
  const full = listed(true);
  const text = moment.rich || sms(full).parts === 1 ? full : listed(false);
  const labels = visits.map((visit, at) => `${at + 1} ${dayName(beginsAt(visit), language)}`);
  return moment.asked(text, () => ({
    place: WHICH,
    text,
    choices: visits.map(({ id }, at) => ({ token: id, label: labels[at] as string })),
    dynamic: true,
  }));
}

/** "Vous venez?", with what the visit is where it has not just been said. */
export function comeQuestion(moment: Moment, visit: Visit, lead?: string): Asked {
  const intro = lead ?? introOf(moment, visit);
  const third = !moment.plain;
  return moment.asked(
    `${intro} ${moment.phrase('visit.ask')}`,
    tapping(visit, 'come', `${intro} ${moment.phrase('tap.visitAsk')}`, choice(moment, third)),
  );
}

const stillText = (moment: Moment): string =>
  moment.phrase('visit.still', { how: moment.phrase('question.yesno') });

/** "…, vous venez toujours?" behind something that was said about the visit. */
export function stillQuestion(moment: Moment, visit: Visit, lead: string): Asked {
  const bare = moment.phrase('visit.still', { how: '' }).trim();
  return moment.asked(
    `${lead} ${stillText(moment)}`.trim(),
    tapping(visit, 'still', `${lead} ${bare}`.trim(), choice(moment, false)),
  );
}

/** The evening before: as much of it as one part holds, the subjects before who writes. */
export function reminderQuestion(moment: Moment, visit: Visit, mine: boolean, stop: string): Asked {
  const { language, city } = moment;
  const remind = remindText(moment, visit, moment.now);
  const count = visit.subjects ?? 0;
  const subjects =
    count === 0 || moment.plain
      ? ''
      : moment.phrase(mine ? 'visit.subjectsOwn' : 'visit.subjects', { count });
  const named = moment.plain ? remind : `${city.shortName}: ${remind}`;
  const bare = moment.plain ? remind : capital(remind, language);
  const leads = [named, bare].map((each) => `${each} ${subjects}`.trim());
  if (moment.rich) return stillQuestion(moment, visit, leads[0] as string);
  const ways = [...leads, named, bare].flatMap((lead) => {
    const asked = stillQuestion(moment, visit, lead);
    return [{ ...asked, text: `${asked.text}${stop}` }, asked];
  });
  const fits = ways.find(({ text }) => sms(text).parts === 1);
  return fits ?? (ways[1] as Asked);
}

/** "changement! …": said to those who come, and to who answers what was asked before. */
export const movedText = ({ language, city }: Moment, visit: Visit): string =>
  phrase(language, 'visit.moved', openingWords(visit, language, city));

/** `what`: "3 personnes", where that has not been said yet. */
export function transportQuestion(moment: Moment, visit: Visit, what: string): Asked {
  const lead = (how: string): string => moment.phrase('visit.transport', { what, how }).trim();
  return moment.asked(
    lead(moment.phrase('question.yesno')),
    tapping(visit, 'transport', lead(''), yesOrNo(moment)),
  );
}

export const peopleQuestion = (moment: Moment, visit: Visit): Asked =>
  moment.plain
    ? moment.asked(
        moment.phrase('visit.people'),
        tapping(visit, 'people', moment.phrase('visit.people'), yesOrNo(moment)),
      )
    : moment.asked(
        moment.phrase('visit.people'),
        tapping(visit, 'people', moment.phrase('tap.visitPeople'), [
          { token: '1', label: '1' },
          { token: '2', label: '2' },
          { token: MORE, label: moment.phrase('tap.visitMore') },
        ]),
      );
/** "3 ou plus": how many, then? */
export const MORE = 'more';

/** Registered: the code, the calendar and the place where the channel has them. */
export function seatedText(
  moment: Moment,
  visit: Visit,
  { code, people }: { code: string; people: number },
): Asked {
  const what = moment.phrase('visit.count', { count: people });
  if (!moment.rich) return { text: moment.phrase('visit.subject', { what }) };
  const day = weekdayName(beginsAt(visit), moment.language);
  const link = linkOf(visit, moment.city);
  return { text: moment.phrase('tap.visitSubject', { day, code, link }), ...placeOf(visit) };
}

const linkOf = ({ id }: Visit, { site }: City): string => `${site}/v/${id}.ics`;

/** The last word where nothing is to be seen there: the code, and what the channel has besides. */
export function seatedLast(moment: Moment, visit: Visit, code: string): Asked {
  const text = moment.phrase('visit.thanksNone', { code });
  if (!moment.rich || moment.plain) return { text };
  return { text: `${text} ${linkOf(visit, moment.city)}`, ...placeOf(visit) };
}

/** For a map, where it is known. */
const placeOf = ({ meeting: { name, latitude, longitude } }: Visit): Pick<Asked, 'place'> =>
  latitude === undefined || longitude === undefined ? {} : { place: { latitude, longitude, name } };

/** As it goes out by SMS, with how to stop. */
export const invitationBySms = (visit: Visit, language: string, city: City): string =>
  `${invitationText(visit, language, city)} ${phrase(language, 'announce.stop')}`;
