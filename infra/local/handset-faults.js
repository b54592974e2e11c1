/** The panel of faults on demand: what can be chosen on which line, what is set, and mending all of it. */
import { ask, element, setText } from './handset-service.js';

const panel = document.getElementById('faults');
const form = document.getElementById('fault');
const { leg, kind, code, times, always, address } = form.elements;
const [list, none, mend, status, error] = [
  'fault-list',
  'no-fault',
  'mend',
  'fault-status',
  'fault-error',
].map((id) => document.getElementById(id));
const kinds = [...kind.options];
const legs = [...leg.options];
const NOTHING = { twilio: [], meta: [], sns: [] };

const legsOf = (option) => option.dataset.legs.split(' ');

/** Only what this line can meet, and only the fields that count there. */
function refit() {
  kind.replaceChildren(...kinds.filter((option) => legsOf(option).includes(leg.value)));
  kind.selectedIndex = 0;
  refitFields();
}

function refitFields() {
  const simple = leg.value.startsWith('sns/');
  const own = kind.value === 'code';
  form.querySelector('[data-code]').hidden = !own;
  code.required = own;
  always.disabled = simple;
  address.disabled = simple;
  times.disabled = !simple && always.checked;
}

function wordsOf(line, fault) {
  const place = legs.find(({ value }) => value === `${line}/${fault.on}`);
  const what = kinds.find((option) => option.value === fault.kind && legsOf(option).includes(place?.value));
  const count = fault.times === 'always' ? 'à chaque fois' : `${fault.times}\u00a0fois`;
  return [
    place?.textContent ?? `${line} ${fault.on}`,
    what?.textContent ?? `code ${fault.kind}`,
    count,
    fault.address ?? 'tous les numéros',
  ].join(', ');
}

/** SNS keeps a plain queue of kinds: the same ones are counted together. */
function counted(queue) {
  const counts = new Map();
  for (const each of queue) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([each, number]) => ({ on: 'send', kind: each, times: number }));
}

function show({ twilio, meta, sns }) {
  const lines = [
    ...twilio.map((fault) => wordsOf('twilio', fault)),
    ...meta.map((fault) => wordsOf('meta', fault)),
    ...counted(sns).map((fault) => wordsOf('sns', fault)),
  ];
  const before = [...list.children].map(({ textContent }) => textContent);
  if (lines.join('\n') !== before.join('\n'))
    list.replaceChildren(...lines.map((line) => element('li', '', line)));
  list.hidden = lines.length === 0;
  none.hidden = lines.length > 0;
  if (lines.length === 0 && mend.contains(document.activeElement)) panel.querySelector('summary').focus();
  mend.hidden = lines.length === 0;
}

async function look() {
  if (panel.open) show(await ask('faults'));
}

function asked() {
  const what = kind.value === 'code' ? code.value.trim() : kind.value;
  const [line, on] = leg.value.split('/');
  const number = Math.trunc(times.valueAsNumber);
  if (line === 'sns') return { line, faults: new Array(number).fill(what) };
  const whom = address.value.trim();
  const often = always.checked ? 'always' : number;
  return { line, faults: [{ on, kind: what, times: often, ...(whom && { address: whom }) }] };
}

async function change(work, done) {
  setText(error, '');
  setText(status, '');
  try {
    show(await work());
    setText(status, done);
  } catch (caught) {
    setText(error, caught.message);
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { line, faults } = asked();
  change(async () => {
    const now = await ask('faults');
    return ask('faults', { [line]: [...now[line], ...faults] });
  }, 'La panne est en place.');
});
mend.addEventListener('click', () => change(() => ask('faults', NOTHING), 'Tout marche de nouveau.'));
leg.addEventListener('change', refit);
kind.addEventListener('change', refitFields);
always.addEventListener('change', refitFields);
panel.addEventListener('toggle', () => glanceAtFaults());
refit();

/** Faults are used up while phones write. */
export const glanceAtFaults = () => look().catch(() => undefined);
