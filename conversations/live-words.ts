/** How a live is spoken of to one resident: its days and hours, its lists in pages, each as it can be tapped. */
import type { City } from './city.ts';
import { dayShort, hourName, inParis, parisMoment } from './hours.ts';
import { answeredBy, beginsAt, closesAt, isNear, type Live, linkAt, type OnStage } from './live.ts';
import { type Moderated, votable } from './live-board.ts';
import type { Moment } from './moment.ts';
import type { Asked } from './offer.ts';
import { local, type Params, phrase } from './phrase.ts';
import { NEXT } from './questions/options.ts';
import { sms } from './shape.ts';

/** So many stand in one message at most, fewer where they do not fit in one part. */
const MOST = 6;
/** The place of everything that can be tapped about a live; its id follows. */
export const LIVE = 'live.';

const whenName = (at: Date, language: string): string =>
  `${dayShort(at, language)}${language.startsWith('fr') ? '' : ','} ${hourName(inParis(at).time, language)}`;

/** It begins a sentence. */
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What the phrases about it may name. */
export function wordsOf(
  { language, city }: Pick<Moment, 'language' | 'city'>,
  { live }: Pick<OnStage, 'live'>,
): Params {
  const link = linkAt(live, city.sending);
  return {
    city: city.shortName,
    subject: local(live.subject, language),
    when: whenName(beginsAt(live), language),
    until: whenName(closesAt(live), language),
    linkAt: link ? capital(whenName(link, language)) : '',
    time: hourName(inParis(beginsAt(live)).time, language),
    day: dayShort(parisMoment(answeredBy(live, city.sending), '12:00'), language),
    link: live.link,
    keyword: live.keyword,
    asks: live.asks,
  };
}

/** What stands in the announcement that invites to it: in the staff's own words where they have some. */
export const openingText = (live: Live, language: string, city: City): string =>
  live.opening
    ? local(live.opening, language)
    : phrase(language, 'live.ask', wordsOf({ language, city }, { live }));

/** As it goes out by SMS, with how to stop. */
export const openingBySms = (live: Live, language: string, city: City): string =>
  `${openingText(live, language, city)} ${phrase(language, 'announce.stop')}`;

const optionsOf = (questions: (Moderated & { place: number })[], language: string, plain: boolean): string =>
  questions.map(({ place, titles }) => `${place} ${local(titles ?? {}, language)}`).join(plain ? ', ' : ' ');

/** The pages of what can be voted on: each as long as one part, and six questions, allow. */
function pages(moment: Moment, { board }: OnStage): (Moderated & { place: number })[][] {
  const all: (Moderated & { place: number })[][] = [];
  let page: (Moderated & { place: number })[] = [];
  const text = (questions: typeof page): string =>
    moment.phrase('live.vote', {
      options: `${optionsOf(questions, moment.language, moment.plain)} ${moment.phrase('question.more')}`,
    });
  for (const question of votable(board)) {
    const longer = [...page, question];
    const fits = page.length === 0 || moment.rich || sms(text(longer)).parts === 1;
    if (longer.length > MOST || !fits) {
      all.push(page);
      page = [question];
    } else page = longer;
  }
  return page.length > 0 ? [...all, page] : all;
}

export const pagesOfLive = (moment: Moment, staged: OnStage): number => pages(moment, staged).length;

/** "Votez (ex: 2): 1 … 2 …", and the way to the next page; undefined where there is nothing to vote on. */
export function voteQuestion(
  moment: Moment,
  staged: OnStage,
  page = 0,
  key: 'live.vote' | 'live.notListed' = 'live.vote',
): Asked | undefined {
  const all = pages(moment, staged);
  const at = Math.min(page, all.length - 1);
  const here = all[at];
  if (!here) return undefined;
  const more = all.length > 1;
  const options = [
    optionsOf(here, moment.language, moment.plain),
    ...(more ? [moment.phrase('question.more')] : []),
  ].join(moment.plain ? ', ' : ' ');
  return moment.asked(moment.phrase(key, { options }), () => ({
    place: `${LIVE}${staged.live.id}.vote`,
    text: moment.phrase('tap.liveVote'),
    choices: [
      ...here.map(({ place, titles }) => ({
        token: String(place),
        label: `${place} ${local(titles ?? {}, moment.language)}`,
      })),
      ...(more ? [{ token: NEXT, label: moment.phrase('tap.next') }] : []),
    ],
    dynamic: true,
  }));
}

/** Its question is asked, its link can be had by a tap. */
export const openingOf = (moment: Moment, staged: OnStage): Asked => {
  const { live } = staged;
  const text = moment.plain
    ? moment.phrase('live.ask', wordsOf(moment, staged))
    : openingText(live, moment.language, moment.city);
  return moment.asked(text, () => ({
    place: `${LIVE}${live.id}.ask`,
    text,
    choices: [{ token: '1', label: moment.phrase('tap.liveLink') }],
  }));
};

export const nameQuestion = (moment: Moment, staged: OnStage, number: number): Asked =>
  moment.asked(moment.phrase('live.received', { number }), () => ({
    place: `${LIVE}${staged.live.id}.name.${number}`,
    text: moment.phrase('tap.liveName', { number }),
    choices: [{ token: '2', label: moment.phrase('live.anonymous') }],
    dynamic: true,
  }));

export const usefulQuestion = (moment: Moment, id: string, number: number, text: string): Asked =>
  moment.asked(`${text} ${moment.phrase('live.isUseful')}`, () => ({
    place: `${LIVE}${id}.useful.${number}`,
    text: `${text} ${moment.phrase('tap.liveUseful')}`,
    choices: [
      { token: '1', label: moment.phrase('question.yes') },
      { token: '2', label: moment.phrase('question.no') },
    ],
    dynamic: true,
  }));

/** That the link will come, or the link where it is time; to who has said STOP LIVE, that none will. */
export const linkPromise = (moment: Moment, staged: OnStage, key: 'live.follows' | 'live.voted'): string =>
  moment.phrase(
    isNear(staged.live, moment.city.sending, moment.now)
      ? 'live.now'
      : moment.session.muted?.includes('live')
        ? 'live.muted'
        : key,
    wordsOf(moment, staged),
  );
