/**
 * Every key, index and lifetime of the one table. The CDK app and the local host make the table from here;
 * the files beside this one make items with these keys and no others.
 *
 * | item            | pk                          | sk              | index `listed`                    |
 * |-----------------|-----------------------------|-----------------|-----------------------------------|
 * | turn            | t#HMAC(address)             | turn            | open#shard / due time # survey    |
 * | consent         | t#HMAC(address)             | consent#event   |                                   |
 * | list membership | t#HMAC(address)             | list#name       | list#name#shard / HMAC(address)   |
 * | call asked for  | t#HMAC(address)             | call#event      | calls#shard / time                |
 * | kept message    | t#HMAC(address)             | kept#event      | kept#shard / time                 |
 * | delivery        | t#HMAC(address)             | delivery#event  | failed#shard / time, if it failed |
 * | media           | t#HMAC(address)             | media#event#n   |                                   |
 * | answer sheet    | answers#survey#shard        | pseudonym       |                                   |
 * | text cut apart  | words#survey#shard          | random name     |                                   |
 * | tags of texts   | tags#survey                 | pseudonym, or random name of a text |               |
 * | sheet to count  | uncounted#survey#shard      | name # mark     |                                   |
 * | what was counted of it | counted#survey#shard | name            |                                   |
 * | counts          | tally#survey                | shard           |                                   |
 * | suppression     | suppressed#HMAC(address)    | suppressed      |                                   |
 * | copy to read    | copy#code                   | copy            |                                   |
 * | linking code    | link#HMAC(code)             | link            |                                   |
 * | lease of a cap  | lease#name                  | lease           |                                   |
 * | channel's state | channel#provider            | channel         |                                   |
 * | content at Twilio | content#hash              | content         |                                   |
 * | erasure proof   | erasures#year               | proof           |                                   |
 * | export asked for | exports                    | time # random name |                                |
 * | export on its way | exporting                 | who # kind # what # purpose # format |               |
 * | long import of contacts | imports           | time # random name |                                |
 * | uploaded, to be confirmed | upload#random name | part        |                                   |
 * | staff's doing   | audit#month                 | time # name     |                                   |
 * | saved survey    | surveys                     | place in the log |                                  |
 * | changed setting | settings                    | place in the log |                                  |
 * | survey in writing | survey-drafts             | its key         |                                   |
 * | staff's list    | lists                       | id              |                                   |
 * | last cleaning   | cleaned                     | cleaned         |                                   |
 * | last number     | number#series               | last            |                                   |
 * | number given    | number#series#event         | number          |                                   |
 * | announcement    | announcements               | number          | going-out / when it begins # number |
 * | act on one      | announced#number            | version         |                                   |
 * | part of its work | announced#number#parts     | list#shard      |                                   |
 * | who was told    | announced#number#shard      | HMAC(address)   |                                   |
 * | visit           | visits                      | number          |                                   |
 * | act on one      | visit#number                | version         |                                   |
 * | who comes to it | seats#number                | seats           |                                   |
 * | answer to it    | t#HMAC(address)             | rsvp#visit      | rsvp#visit / HMAC(address)        |
 * | raised there    | t#HMAC(address)             | raised#event    | raised#kind / number              |
 * | live            | lives                       | number          |                                   |
 * | act on one      | live#number                 | version         |                                   |
 * | its board       | live#number#board           | board           |                                   |
 * | comment under it | live#number#comments       | comment's id    |                                   |
 * | asked in one    | t#HMAC(address)             | question#live#n | live#number#asked#shard / HMAC(address) |
 * | with a name     | t#HMAC(address)             | first-name#live#n |                                 |
 * | vote            | t#HMAC(address)             | vote#live#n     | live#number#votes#shard / HMAC(address) |
 * | wants the link  | t#HMAC(address)             | follows#live    | live#number#follows#shard / HMAC(address) |
 * | answer of use   | t#HMAC(address)             | useful#live#n   | live#number#useful#shard / HMAC(address) |
 * | agent signed in | console-session#SHA-256(id) | session         | console-sessions / agent # SHA-256(id) |
 * | sign-in begun   | console-sign-in#SHA-256(id) | sign-in         |                                   |
 * | agent's name    | agent#address               | name            |                                   |
 *
 * All that is held about a resident by address stands in one partition: to erase is to empty it.
 */

export const INDEX = 'listed';
/** Key attributes of the table and of the one sparse index; the index projects keys only. */
export const KEY_ATTRIBUTES = { pk: 'pk', sk: 'sk', listPk: 'lp', listSk: 'ls', expires: 'ttl' } as const;

/** What many residents write at once is spread over this many keys (1,000 write units a second each). */
export const SHARDS = 16;

export interface Key {
  pk: string;
  sk: string;
}

/** The log of saved surveys; why it is one partition: `survey-log.ts`. */
export const SURVEYS = 'surveys';

/** The log of what staff changed of the city's file: `settings-log.ts`. */
export const SETTINGS = 'settings';

/** Surveys that are being written: a few at a time. */
export const SURVEY_DRAFTS = 'survey-drafts';

/** Agents who are signed in: a few dozen, whom staff list by their addresses. */
export const CONSOLE_SESSIONS = 'console-sessions';

/** Exports that staff asked for, of a week. */
export const EXPORTS = 'exports';

/** Imports of contacts that staff asked for, of a day. */
export const IMPORTS = 'imports';

/** The lists that staff made: a city has dozens. */
export const LISTS = 'lists';
/** All announcements; why it is one partition: `announcements.ts`. */
export const ANNOUNCEMENTS = 'announcements';
/** Those that go out or wait to, by when they begin. */
export const GOING_OUT = 'going-out';

/** Every visit there is. */
export const VISITS = 'visits';
/** Every live there is. */
export const LIVES = 'lives';

const HEX = '0123456789abcdef';
/** The shard of a hash: its first character decides, so that it can be told from the hash alone. */
export const shardOf = (hash: string): string => HEX[hash.charCodeAt(0) % SHARDS] as string;
export const shards: string[] = [...HEX];

const padded = (number: number): string => String(number).padStart(8, '0');

export const keys = {
  resident: (hash: string): string => `t#${hash}`,
  turn: (hash: string): Key => ({ pk: `t#${hash}`, sk: 'turn' }),
  consent: (hash: string, event: string): Key => ({ pk: `t#${hash}`, sk: `consent#${event}` }),
  membership: (hash: string, list: string): Key => ({ pk: `t#${hash}`, sk: `list#${list}` }),
  call: (hash: string, event: string): Key => ({ pk: `t#${hash}`, sk: `call#${event}` }),
  kept: (hash: string, event: string): Key => ({ pk: `t#${hash}`, sk: `kept#${event}` }),
  delivery: (hash: string, event: string): Key => ({ pk: `t#${hash}`, sk: `delivery#${event}` }),
  media: (hash: string, event: string, index: number): Key => ({
    pk: `t#${hash}`,
    sk: `media#${event}#${index}`,
  }),
  sheet: (survey: string, pseudonym: string): Key => ({
    pk: sheetShard(survey, shardOf(pseudonym)),
    sk: pseudonym,
  }),
  words: (survey: string, name: string): Key => ({ pk: wordsShard(survey, shardOf(name)), sk: name }),
  tags: (survey: string, name: string): Key => ({ pk: tagsOf(survey), sk: name }),
  suppression: (hash: string): Key => ({ pk: `suppressed#${hash}`, sk: 'suppressed' }),
  copy: (code: string): Key => ({ pk: `copy#${code}`, sk: 'copy' }),
  link: (code: string): Key => ({ pk: `link#${code}`, sk: 'link' }),
  lease: (name: string): Key => ({ pk: `lease#${name}`, sk: 'lease' }),
  channel: (provider: string): Key => ({ pk: `channel#${provider}`, sk: 'channel' }),
  content: (hash: string): Key => ({ pk: `content#${hash}`, sk: 'content' }),
  list: (id: string): Key => ({ pk: LISTS, sk: id }),
  cleaned: (): Key => ({ pk: 'cleaned', sk: 'cleaned' }),
  survey: (number: number): Key => ({ pk: SURVEYS, sk: padded(number) }),
  setting: (number: number): Key => ({ pk: SETTINGS, sk: padded(number) }),
  surveyDraft: (key: string): Key => ({ pk: SURVEY_DRAFTS, sk: key }),
  announcement: (number: number): Key => ({ pk: ANNOUNCEMENTS, sk: padded(number) }),
  announcementFact: (number: number, version: number): Key => ({
    pk: announcementFacts(number),
    sk: padded(version),
  }),
  part: (number: number, name: string): Key => ({ pk: announcementParts(number), sk: name }),
  ledger: (number: number, hash: string): Key => ({ pk: ledgerShard(number, shardOf(hash)), sk: hash }),
  visit: (number: number): Key => ({ pk: VISITS, sk: padded(number) }),
  visitAct: (number: number, version: number): Key => ({ pk: visitActs(number), sk: padded(version) }),
  seats: (visit: number): Key => ({ pk: `seats#${visit}`, sk: 'seats' }),
  rsvp: (hash: string, visit: number): Key => ({ pk: `t#${hash}`, sk: `${RSVP}${visit}` }),
  raised: (hash: string, event: string): Key => ({ pk: `t#${hash}`, sk: `raised#${event}` }),
  live: (number: number): Key => ({ pk: LIVES, sk: padded(number) }),
  liveAct: (number: number, version: number): Key => ({ pk: liveActs(number), sk: padded(version) }),
  liveBoard: (number: number): Key => ({ pk: `live#${number}#board`, sk: 'board' }),
  liveComment: (number: number, id: string): Key => ({ pk: liveComments(number), sk: id }),
  question: (hash: string, live: number, question: number): Key => ({
    pk: `t#${hash}`,
    sk: `question#${live}#${question}`,
  }),
  firstName: (hash: string, live: number, question: number): Key => ({
    pk: `t#${hash}`,
    sk: `first-name#${live}#${question}`,
  }),
  vote: (hash: string, live: number, question: number): Key => ({
    pk: `t#${hash}`,
    sk: `vote#${live}#${question}`,
  }),
  follows: (hash: string, live: number): Key => ({ pk: `t#${hash}`, sk: `follows#${live}` }),
  useful: (hash: string, live: number, question: number): Key => ({
    pk: `t#${hash}`,
    sk: `useful#${live}#${question}`,
  }),
  lastNumber: (series: string): Key => ({ pk: `number#${series}`, sk: 'last' }),
  numberOf: (series: string, event: string): Key => ({ pk: `number#${series}#${event}`, sk: 'number' }),
  consoleSession: (hash: string): Key => ({ pk: `console-session#${hash}`, sk: 'session' }),
  consoleSignIn: (hash: string): Key => ({ pk: `console-sign-in#${hash}`, sk: 'sign-in' }),
  agentName: (agent: string): Key => ({ pk: `agent#${agent}`, sk: 'name' }),
  erasure: (at: string, proof: string): Key => ({ pk: `erasures#${at.slice(0, 4)}`, sk: proof }),
  exportJob: (id: string): Key => ({ pk: EXPORTS, sk: id }),
  /** One at a time for whoever asks for the same. */
  exportSlot: (wanted: string[]): Key => ({ pk: 'exporting', sk: wanted.join('#') }),
  importJob: (id: string): Key => ({ pk: IMPORTS, sk: id }),
  upload: (id: string, part: number): Key => ({ pk: uploadParts(id), sk: padded(part) }),
  audit: (at: string, id: string): Key => ({
    pk: auditMonth(at.slice(0, 7)),
    sk: `${at}#${id}`,
  }),
};

export const uncounted = (survey: string, shard: string): string => `uncounted#${survey}#${shard}`;
export const countedKey = (survey: string, name: string): Key => ({
  pk: `counted#${survey}#${shardOf(name)}`,
  sk: name,
});
export const tallies = (survey: string): string => `tally#${survey}`;
export const tallyKey = (survey: string, shard: string): Key => ({ pk: tallies(survey), sk: shard });

/** What residents do with a live, as it is listed. */
export type LiveRow = 'asked' | 'votes' | 'follows' | 'useful';
export const uploadParts = (id: string): string => `upload#${id}`;
export const auditMonth = (month: string): string => `audit#${month}`;
export const liveComments = (number: number): string => `live#${number}#comments`;
export const liveActs = (number: number): string => `live#${number}`;
export const liveShard = (number: number, row: LiveRow, shard: string): string =>
  `live#${number}#${row}#${shard}`;

export const sheetShard = (survey: string, shard: string): string => `answers#${survey}#${shard}`;
export const wordsShard = (survey: string, shard: string): string => `words#${survey}#${shard}`;
/** Only staff write here, and few: one partition a survey. */
export const tagsOf = (survey: string): string => `tags#${survey}`;
export const visitActs = (number: number): string => `visit#${number}`;
/** How answers to visits begin among what is kept of a resident. */
export const RSVP = 'rsvp#';
export const rsvpsOf = (visit: number): string => `rsvp#${visit}`;
export const raisedList = (kind: string): string => `raised#${kind}`;
export const announcementFacts = (number: number): string => `announced#${number}`;
export const announcementParts = (number: number): string => `announced#${number}#parts`;
export const ledgerShard = (number: number, shard: string): string => `announced#${number}#${shard}`;
export const openShard = (shard: string): string => `open#${shard}`;
export const callShard = (shard: string): string => `calls#${shard}`;
export const keptShard = (shard: string): string => `kept#${shard}`;
export const failedShard = (shard: string): string => `failed#${shard}`;
export const listShard = (list: string, shard: string): string => `list#${list}#${shard}`;

/** The HMAC in a partition key of a resident. */
export const hashIn = (pk: string): string => pk.slice(2);

const DAY = 86_400;
/** Seconds that items live by themselves; the rest leaves by the retention job, or never. */
export const LIFETIME = {
  /** Nobody who joined nothing and answered nothing is remembered longer. */
  stranger: 30 * DAY,
  /** What an erased resident leaves: enough to answer a provider's retry, nothing about them. */
  tombstone: 2 * DAY,
  /** The mark of a sheet that was cut from its resident: longer than any late copy of a turn. */
  cut: 90 * DAY,
  /** J12: the copy of one's data can be read for a day. */
  copy: DAY,
  /** J15: "valable 15 min". */
  link: 900,
  /** A table of contacts between its trial and its import. */
  upload: 3600,
  /** A long import, and what became of its rows. */
  importJob: DAY,
  /** An export that was asked for: as long as its files lie in the bucket. */
  exportJob: 7 * DAY,
  /** One of contacts: who is erased after it was made still stands in its file. */
  contactsJob: DAY,
  /** The place of an export on its way: longer than its three tries, where its end is never told. */
  exportSlot: 2 * 3600,
  /** CNIL's recommendation on logging (délibération 2021-122): six months to a year. */
  audit: 365 * DAY,
  /** Long enough to find one's phone and read a code from it. */
  signIn: 600,
  /** Of an agent's session: without a page asked for, and in all. */
  sessionIdle: 1800,
  session: DAY / 2,
  /** What an agent is called: as long as the log of what they did. */
  agentName: 365 * DAY,
};
export const expiresAt = (now: Date, seconds: number): number => Math.floor(now.getTime() / 1000) + seconds;
