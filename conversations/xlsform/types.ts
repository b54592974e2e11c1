/** What the `type` column may hold, and what becomes of it here. */
import type { Question } from '../questions.ts';

export type Kind =
  /** A question, or something told or worked out. */
  | {
      kind: 'item';
      type: Question['type'];
      decimals?: true;
      accepts?: 'photo' | 'voice' | 'file';
      range?: true;
    }
  | { kind: 'select'; type: 'single' | 'multiple' | 'rank'; list: string; orOther: boolean }
  | { kind: 'begin' | 'end'; of: 'group' | 'repeat' | 'loop' }
  /** Written into the form by the device: left out. */
  | { kind: 'ignored' }
  /** A setting in the survey sheet, as old forms have it. */
  | { kind: 'setting'; name: 'form_title' | 'form_id' }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown' };

const item = (type: Question['type'], ...names: string[]): [string, Kind][] =>
  names.map((name) => [name, { kind: 'item', type }]);
const media = (accepts: 'photo' | 'voice' | 'file', ...names: string[]): [string, Kind][] =>
  names.map((name) => [name, { kind: 'item', type: 'media', accepts }]);
const ignored = (...names: string[]): [string, Kind][] => names.map((name) => [name, { kind: 'ignored' }]);
const refused = (reason: string, ...names: string[]): [string, Kind][] =>
  names.map((name) => [name, { kind: 'refused', reason }]);

/** By the name in lower case with blanks for underscores: pyxform's types with their aliases. */
const TYPES = new Map<string, Kind>([
  ...item('text', 'text', 'string', 'q string', 'add text prompt'),
  ...item('number', 'integer', 'int', 'q int', 'add integer prompt'),
  ...['decimal', 'q decimal', 'add decimal prompt'].map((name): [string, Kind] => [
    name,
    { kind: 'item', type: 'number', decimals: true },
  ]),
  ['range', { kind: 'item', type: 'number', range: true }],
  ...item('note', 'note', 'q note', 'add note prompt'),
  ...item('calculate', 'calculate', 'q calculate', 'add calculate prompt'),
  ...item('date', 'date', 'q date', 'add date prompt'),
  ...item('time', 'time'),
  ...item(
    'datetime',
    'datetime',
    'date time',
    'q datetime',
    'q date time',
    'add datetime prompt',
    'add date time prompt',
  ),
  ...item('place', 'geopoint', 'location', 'gps', 'q geopoint', 'q location', 'add location prompt'),
  ...media('photo', 'image', 'photo', 'q image', 'q picture', 'add image prompt', 'add photo prompt'),
  ...media('voice', 'audio', 'q audio', 'add audio prompt'),
  ...media('file', 'file', 'add file prompt'),
  ...ignored(
    'start',
    'end',
    'today',
    'deviceid',
    'phonenumber',
    'imei',
    'audit',
    'simserial',
    'subscriberid',
  ),
  ...ignored('username', 'email', 'uri:deviceid', 'uri:phonenumber', 'uri:simserial', 'uri:subscriberid'),
  ...ignored('uri:username', 'uri:email', 'start time', 'end time', 'device id', 'subscriber id', 'sim id'),
  ...ignored(
    'get start time',
    'get end time',
    'get today',
    'get device id',
    'get phone number',
    'get sim id',
  ),
  ...ignored('get subscriber id', 'start geopoint', 'background geopoint', 'background audio'),
  ['set form title', { kind: 'setting', name: 'form_title' }],
  ['set form id', { kind: 'setting', name: 'form_id' }],
  ...refused('un code-barres ne se lit pas par message', 'barcode', 'q barcode', 'add barcode prompt'),
  ...refused("une vidéo n'est pas recueillie", 'video', 'q video', 'add video prompt'),
  ...refused(
    'un tracé ou une surface ne se donne pas par message',
    'geotrace',
    'geoshape',
    'q geotrace',
    'q geoshape',
  ),
  ...refused("les choix d'un fichier à part ne sont pas repris", 'csv external', 'xml external', 'osm'),
  ...refused(
    'une case à cocher est à écrire en question oui ou non, ou en note',
    'acknowledge',
    'q acknowledge',
  ),
  ...refused(
    'une case à cocher est à écrire en question oui ou non, ou en note',
    'trigger',
    'add acknowledge prompt',
  ),
  // Not the device's `phonenumber`: pyxform asks it, and takes digits only.
  ...refused(
    'ce type ancien cache une contrainte; écrivez text ou integer, avec elle',
    'phone number',
    'percentage',
  ),
  ...refused("une valeur cachée n'est pas reprise; utilisez calculate", 'hidden'),
]);

const ONE = [
  'add select one prompt using',
  'select one from',
  'select one using',
  'select one',
  'select1',
  'q select1',
];
const SEVERAL = [
  'add select multiple prompt using',
  'select all that apply from',
  'select all that apply',
  'select multiple from',
  'select multiple using',
  'select multiple',
  'q select',
];
const ELSEWHERE = /^(?:select (?:one|multiple) from file|select one external|cascading select)\b/;
const OR_OTHER = /\s+(?:or specify other|or_other|or other)$/i;
const LIST_FILE = /\.(?:csv|xml|geojson)$/i;

/** What can be written there, for who wrote something else. */
export const TYPES_ALLOWED =
  'text, integer, decimal, select_one LISTE, select_multiple LISTE, rank LISTE, note, date, time, datetime, geopoint, image, audio, file, calculate, begin_group, end_group';

const plain = (text: string): string =>
  text
    .trim()
    .replace(/[\s_-]+/gu, ' ')
    .toLowerCase();

export function kindOf(written: string): Kind {
  const name = plain(written);
  const known = TYPES.get(name);
  if (known) return known;
  const bracket = /^(begin|end) (group|lgroup|repeat|looped group|loop)\b/.exec(name);
  if (bracket) {
    const of = bracket[2] === 'group' || bracket[2] === 'loop' ? bracket[2] : 'repeat';
    return { kind: bracket[1] as 'begin' | 'end', of };
  }
  if (ELSEWHERE.test(name))
    return { kind: 'refused', reason: "les choix d'un fichier à part ne sont pas repris" };
  if (ONE.includes(name) || SEVERAL.includes(name) || name === 'rank')
    return { kind: 'refused', reason: 'le nom de la liste de choix manque' };
  return selectIn(written.trim()) ?? { kind: 'unknown' };
}

/** The list keeps its own case and underscores. */
function selectIn(written: string): Kind | undefined {
  const orOther = OR_OTHER.test(written);
  const rest = written.replace(OR_OTHER, '');
  const at = rest.search(/\S+$/u);
  const list = rest.slice(at);
  const command = plain(rest.slice(0, at));
  const type = ONE.includes(command)
    ? 'single'
    : SEVERAL.includes(command)
      ? 'multiple'
      : command === 'rank'
        ? 'rank'
        : undefined;
  if (!type) return undefined;
  if (list.includes('${'))
    return { kind: 'refused', reason: "des choix pris dans d'autres réponses ne sont pas repris" };
  if (LIST_FILE.test(list))
    return { kind: 'refused', reason: "les choix d'un fichier à part ne sont pas repris" };
  return { kind: 'select', type, list, orOther };
}
