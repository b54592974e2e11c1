/** What moves on the page of phones: threads, sending, the clock. Served as it stands; the server renders the rest. */

const POLL_MS = 2000;
/** Soon enough to show the message on its way while the service still thinks. */
const FIRST_LOOK_MS = 120;
const KEPT = 'porte-voix-phones';
/** Numbers of the range for fiction, in order. */
const numberOf = (position) => `+33${String(639_980_000 + position)}`;

const STATES = {
  sending: 'envoi en cours',
  received: 'reçu par la ville',
  failed: 'non reçu : le service ne répond pas',
  queued: 'en attente',
  sent: 'parti',
  delivered: 'remis',
};

const price = Number(document.body.dataset.price);
const zone = { timeZone: 'Europe/Paris' };
const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
const hour = new Intl.DateTimeFormat('fr-FR', { ...zone, timeStyle: 'short' });
const day = new Intl.DateTimeFormat('fr-FR', { ...zone, weekday: 'long', day: 'numeric', month: 'long' });
const moment = new Intl.DateTimeFormat('fr-FR', { ...zone, dateStyle: 'full', timeStyle: 'short' });

/** No-break spaces: a number stays with its unit. */
const cost = (parts) =>
  `${parts}\u00a0${parts > 1 ? 'parties' : 'partie'},\u00a0${euros.format(parts * price)}`;

/** The answer's JSON; an error the service has put in words is thrown as those words. */
async function ask(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(`/handset/${path}`, options);
  } catch {
    throw new Error('Le service ne répond pas. Est-il encore en marche ?');
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.error ?? `Le service a répondu par une erreur (${response.status}).`);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function element(tag, className, text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function bubble({ direction, text }) {
  const made = element('li', `bubble ${direction}`);
  made.append(element('span', 'unseen', direction === 'in' ? 'Le téléphone : ' : 'La ville : '));
  const words = element('p', 'words-said', text);
  words.dir = 'auto';
  made.append(words, element('p', 'meta'));
  return made;
}

/** One phone: its thread on the page and its way to the service. */
function phone(root) {
  const find = (mark) => root.querySelector(`[data-${mark}]`);
  const [own, thread, list, field] = ['own', 'thread', 'list', 'text'].map(find);
  /** What is shown, by id; a thread only ever grows. */
  const shown = new Map();
  let address = own.value;
  let lastDay = '';
  /** Whoever has scrolled back is left there. */
  let atEnd = true;

  function toEnd() {
    thread.scrollTop = thread.scrollHeight;
    atEnd = true;
  }
  thread.addEventListener('scroll', () => {
    atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 40;
  });
  // A script that is met for the first time brings its letters later, and the thread grows.
  document.fonts.addEventListener('loadingdone', () => atEnd && toEnd());

  function clear() {
    shown.clear();
    list.replaceChildren();
    lastDay = '';
  }

  function show(items) {
    const before = shown.size;
    for (const item of items) {
      if (!shown.has(item.id)) {
        const date = day.format(new Date(item.time));
        if (date !== lastDay) list.append(element('li', 'day', date));
        lastDay = date;
        shown.set(item.id, bubble(item));
        list.append(shown.get(item.id));
      }
      const made = shown.get(item.id);
      made.classList.toggle('failed', item.state === 'failed');
      const facts = [hour.format(new Date(item.time)), STATES[item.state] ?? item.state, cost(item.parts)];
      setText(made.querySelector('.meta'), facts.join(' · '));
    }
    const parts = items.reduce((sum, item) => sum + item.parts, 0);
    find('empty').hidden = items.length > 0;
    setText(find('total'), parts > 0 ? `Ce fil : ${cost(parts)} (prix d’exemple)` : '');
    if (shown.size > before && (atEnd || before === 0)) toEnd();
  }

  function complain(error) {
    setText(find('error'), error ? error.message : '');
  }

  async function look() {
    const asked = address;
    const query = new URLSearchParams({ channel: 'sms', address: asked });
    const items = await ask(`messages?${query}`);
    if (asked === address) show(items);
  }

  /** Polling keeps quiet about a bad moment: the next look is two seconds away. */
  const glance = () => look().catch(() => undefined);

  async function send(text) {
    complain();
    toEnd();
    const early = setTimeout(glance, FIRST_LOOK_MS);
    try {
      await ask('messages', { channel: 'sms', from: address, text });
    } catch (error) {
      complain(error);
      if (field.value === '') field.value = text;
    }
    clearTimeout(early);
    await glance();
  }

  find('write').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value;
    field.value = '';
    field.focus();
    if (text.trim() !== '') send(text);
  });
  for (const word of root.querySelectorAll('[data-word]')) {
    word.addEventListener('click', () => send(word.dataset.word));
  }
  own.addEventListener('change', async () => {
    address = own.value.trim();
    clear();
    show([]);
    complain();
    keep();
    let error;
    await look().catch((caught) => {
      error = caught;
    });
    own.setAttribute('aria-invalid', String(Boolean(error)));
    if (error) complain(error);
  });
  find('remove').addEventListener('click', () => {
    phones.delete(root);
    root.remove();
    arrange();
    keep();
    document.getElementById('add').focus();
  });

  glance();
  return { glance, address: () => address, focus: () => field.focus() };
}

const phones = new Map();
const shelf = document.getElementById('phones');

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
  const numbers = [...phones.values()].map(({ address }) => address());
  localStorage.setItem(KEPT, JSON.stringify(numbers));
}

function kept() {
  try {
    const numbers = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(numbers) && numbers.every((each) => typeof each === 'string') ? numbers : [];
  } catch {
    return [];
  }
}

function add(number) {
  const root = document.getElementById('phone').content.firstElementChild.cloneNode(true);
  root.querySelector('[data-own]').value = number;
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
  const shown = document.getElementById('now');
  shown.dateTime = now;
  setText(shown, moment.format(new Date(now)));
}

async function turn(advance) {
  if (turning) return;
  turning = true;
  setText(clockStatus, 'L’horloge avance…');
  try {
    const { now } = await ask('clock', { advance });
    showNow(now);
    setText(clockStatus, `Il est maintenant ${moment.format(new Date(now))}.`);
  } catch (error) {
    setText(clockStatus, error.message);
  }
  turning = false;
  await Promise.all([...phones.values()].map(({ glance }) => glance()));
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
  add(freeNumber()).focus();
  keep();
});

async function poll() {
  if (!document.hidden) {
    const looks = [...phones.values()].map(({ glance }) => glance());
    if (!turning)
      looks.push(
        ask('clock').then(
          ({ now }) => showNow(now),
          () => undefined,
        ),
      );
    await Promise.all(looks);
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
