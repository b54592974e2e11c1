/** What moves on the page of phones: each phone, the clock, what is kept. Served as it stands, with its modules. */
import { createAttachments, createNumber } from './handset-attach.js';
import { glanceAtFaults } from './handset-faults.js';
import { ask, cost, dayOf, hourOf, momentOf, setText } from './handset-service.js';
import { createThread } from './handset-thread.js';

const POLL_MS = 2000;
/** Soon enough to show the message on its way while the service still thinks. */
const FIRST_LOOK_MS = 120;
const KEPT = 'porte-voix-phones';
const CHANNELS = ['sms', 'whatsapp', 'messenger'];
const CITY = {
  sms: document.body.dataset.toSms,
  whatsapp: document.body.dataset.toWhatsapp,
  messenger: document.body.dataset.toMessenger,
};
/** Numbers of the range for fiction, in order. */
const numberOf = (position) => `+33${String(639_980_000 + position)}`;
const nowShown = document.getElementById('now');

/** Until when the city may write first, by the clock of the trial. */
function windowWords(channel, end) {
  const minutes = end ? Math.ceil((Date.parse(end) - Date.parse(nowShown.dateTime)) / 60_000) : 0;
  if (minutes <= 0)
    return channel === 'whatsapp'
      ? 'Fenêtre de 24 h fermée : la ville n’écrit que par modèle approuvé'
      : 'Fenêtre de 24 h fermée : la ville ne peut pas écrire';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const left = [hours && `${hours}\u00a0h`, rest && `${rest}\u00a0min`].filter(Boolean).join('\u00a0');
  return `La ville peut écrire librement jusqu’à ${dayOf(end)}, ${hourOf(end)} (encore ${left})`;
}

/** One phone: its thread on the page and its way to the service. */
function phone(root) {
  const find = (mark) => root.querySelector(`[data-${mark}]`);
  const [own, field, error] = ['own', 'text', 'error'].map(find);
  let address = own.value;
  let channel = root.dataset.channel;
  let isNew = true;

  function complain(caught) {
    setText(error, caught ? caught.message : '');
  }

  const thread = createThread(find('thread'), find('list'), {
    tap: ({ id, label }) => send({ choice: { id, label } }),
    unsend: (mid) => send({ act: { kind: 'unsend', mid } }),
  });
  createAttachments(root, { send, isNew: () => isNew });
  const person = createNumber(root, {
    address: () => (channel === 'whatsapp' ? `whatsapp:${address}` : address),
    complain,
  });

  function show(items) {
    thread.show(items, channel);
    isNew = items.length === 0;
    const parts = channel === 'sms' ? items.reduce((sum, item) => sum + item.parts, 0) : 0;
    find('empty').hidden = items.length > 0;
    setText(find('total'), parts > 0 ? `Ce fil : ${cost(parts)} (prix d’exemple)` : '');
  }

  async function look() {
    const asked = { channel, address };
    const query = new URLSearchParams(asked);
    const [items, state] = await Promise.all([
      ask(`messages?${query}`),
      channel === 'sms' ? {} : ask(`state?${query}`),
    ]);
    if (asked.address !== address || asked.channel !== channel) return;
    show(items);
    setText(find('typing'), state.typing ? 'La ville écrit…' : '');
    setText(find('window'), channel === 'sms' ? '' : windowWords(channel, state.window));
  }

  /** Polling keeps quiet about a bad moment: the next look is two seconds away. */
  const glance = () => Promise.all([look().catch(() => undefined), person.glance()]);

  /** `parts`: text, choice, media, place or act, or a promise of them. */
  async function send(parts) {
    complain();
    thread.toEnd();
    const early = setTimeout(glance, FIRST_LOOK_MS);
    let text;
    try {
      const message = await parts;
      text = message.text;
      await ask('messages', { channel, from: address, ...message });
    } catch (caught) {
      complain(caught);
      if (text && field.value === '') field.value = text;
    }
    clearTimeout(early);
    await glance();
  }

  /** What belongs to the channel: names, colours (by the style sheet), what can be attached. */
  function dress() {
    root.dataset.channel = channel;
    for (const part of root.querySelectorAll('[data-only]'))
      part.hidden = !part.dataset.only.split(' ').includes(channel);
    for (const to of root.querySelectorAll('[data-to]')) setText(to, CITY[channel]);
    field.placeholder = `Message ${CITY[channel]}`;
    find('window').hidden = channel === 'sms';
    for (const drawer of root.querySelectorAll('.drawer')) drawer.open = false;
  }

  /** Another thread: of another number, or on another channel. */
  async function turnTo() {
    thread.clear();
    show([]);
    setText(find('window'), '');
    complain();
    keep();
    let caught;
    await look().catch((refused) => {
      caught = refused;
    });
    own.setAttribute('aria-invalid', String(Boolean(caught)));
    if (caught) complain(caught);
  }

  find('write').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value;
    field.value = '';
    field.focus();
    if (text.trim() !== '') send({ text });
  });
  for (const word of root.querySelectorAll('[data-word]'))
    word.addEventListener('click', () => send({ text: word.dataset.word }));
  for (const pick of root.querySelectorAll('[data-pick]'))
    pick.addEventListener('change', () => {
      channel = pick.value;
      dress();
      turnTo();
    });
  own.addEventListener('change', () => {
    address = own.value.trim();
    turnTo();
  });
  find('remove').addEventListener('click', () => {
    phones.delete(root);
    root.remove();
    arrange();
    keep();
    document.getElementById('add').focus();
  });

  dress();
  glance();
  return { glance, address: () => address, channel: () => channel, focus: () => field.focus() };
}

const phones = new Map();
const shelf = document.getElementById('phones');
let groups = 0;

/** Names follow the order on the page, so that no two phones share one. */
function arrange() {
  [...phones.keys()].forEach((root, index) => {
    const name = `Téléphone ${index + 1}`;
    root.setAttribute('aria-label', name);
    root.querySelector('h2').textContent = name;
    root.querySelector('[data-thread]').setAttribute('aria-label', `Conversation du téléphone ${index + 1}`);
    root.querySelector('[data-remove]').hidden = phones.size === 1;
  });
}

function keep() {
  const numbers = [...phones.values()].map(({ channel, address }) => ({
    channel: channel(),
    number: address(),
  }));
  localStorage.setItem(KEPT, JSON.stringify(numbers));
}

/** Earlier versions kept numbers alone: those were of SMS. */
function kept() {
  try {
    const all = JSON.parse(localStorage.getItem(KEPT)).map((each) =>
      typeof each === 'string' ? { channel: 'sms', number: each } : each,
    );
    const isWhole = ({ channel, number }) => CHANNELS.includes(channel) && typeof number === 'string';
    return all.every(isWhole) ? all : [];
  } catch {
    return [];
  }
}

function add({ channel, number }) {
  const root = document.getElementById('phone').content.firstElementChild.cloneNode(true);
  root.querySelector('[data-own]').value = number;
  root.dataset.channel = channel;
  groups += 1;
  for (const pick of root.querySelectorAll('[data-pick]')) {
    pick.name = `channel-added-${groups}`;
    pick.checked = pick.value === channel;
  }
  shelf.append(root);
  phones.set(root, phone(root));
  arrange();
  return phones.get(root);
}

function freeNumber() {
  const taken = [...phones.values()].map(({ address }) => address());
  let position = 1;
  while (taken.includes(numberOf(position))) position += 1;
  return numberOf(position);
}

const clockStatus = document.getElementById('clock-status');
let turning = false;

function showNow(now) {
  nowShown.dateTime = now;
  setText(nowShown, momentOf(now));
}

const glanceAtPhones = () => Promise.all([...phones.values()].map(({ glance }) => glance()));

async function turn(advance) {
  if (turning) return;
  turning = true;
  setText(clockStatus, 'L’horloge avance…');
  try {
    const { now } = await ask('clock', { advance });
    showNow(now);
    setText(clockStatus, `Il est maintenant ${momentOf(now)}.`);
  } catch (error) {
    setText(clockStatus, error.message);
  }
  turning = false;
  await glanceAtPhones();
}

for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => turn(button.dataset.advance));
}
document.getElementById('advance').addEventListener('submit', (event) => {
  event.preventDefault();
  const { amount, unit } = event.target.elements;
  turn(unit.value.replace('#', String(Math.trunc(amount.valueAsNumber))));
});
document.getElementById('add').addEventListener('click', () => {
  add({ channel: 'sms', number: freeNumber() }).focus();
  keep();
});

async function poll() {
  if (!document.hidden) {
    if (!turning)
      await ask('clock').then(
        ({ now }) => !turning && showNow(now),
        () => undefined,
      );
    await Promise.all([glanceAtPhones(), glanceAtFaults()]);
  }
  setTimeout(poll, POLL_MS);
}

const numbers = kept();
if (numbers.length > 0) {
  shelf.replaceChildren();
  for (const number of numbers) add(number);
} else {
  for (const root of shelf.children) phones.set(root, phone(root));
  arrange();
}
setTimeout(poll, POLL_MS);
