/** A thread on the page of phones: bubbles, what can be tapped in them, pictures, sounds, places, how far they got. */
import { button, cost, dayOf, element, hourOf, setText } from './handset-service.js';

const STATES = {
  sending: 'envoi en cours',
  received: 'reçu par la ville',
  queued: 'en attente',
  sent: 'parti',
  delivered: 'remis',
  read: 'lu',
  undelivered: 'non remis',
};
const FAILED = { in: 'non reçu : le service ne répond pas', out: 'non remis' };
/** Twilio's codes, as staff would say them; the others are shown as figures. */
const REASONS = {
  21610: 'la personne s’est opposée chez l’opérateur',
  21614: 'ce n’est pas un mobile',
  21635: 'c’est une ligne fixe',
  30003: 'téléphone éteint ou hors réseau',
  30004: 'bloqué par l’opérateur ou la personne',
  30005: 'numéro inconnu',
  30006: 'ligne fixe ou opérateur injoignable',
  30007: 'filtré par l’opérateur',
  30008: 'raison inconnue',
  63003: 'pas de compte WhatsApp à ce numéro',
  63013: 'refusé par les règles de WhatsApp',
  63014: 'la personne a bloqué la ville',
  63016: 'fenêtre de 24 h fermée, il faut un modèle approuvé',
  63018: 'trop d’envois à la fois',
  63024: 'WhatsApp refuse ce destinataire',
};
const PICTURE = /^image\/|\.(?:jpe?g|png|webp|gif)$/i;
const SOUND = /^audio\/|\.(?:ogg|opus|mp3|m4a|amr|aac)$/i;
const degrees = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 4 });

const isLost = ({ state }) => state === 'failed' || state === 'undelivered';

function factsOf(item, channel) {
  const { state, direction, code, parts, time } = item;
  const word = state === 'failed' ? FAILED[direction] : (STATES[state] ?? state);
  const why = code && `${REASONS[code] ?? 'refusé'} (code ${code})`;
  const reached = why ? `${word} : ${why}` : word;
  return [hourOf(time), reached, ...(channel === 'sms' ? [cost(parts)] : [])].join(' · ');
}

function fileOf({ sid, url, type }, speaker) {
  // The city's own files are fetched from where the page comes from, whatever this machine is called.
  const at = sid ? `/handset/media/${sid}` : url;
  const kind = type ?? url ?? '';
  if (PICTURE.test(kind)) {
    const made = element('img', 'picture');
    made.alt = `Image envoyée par ${speaker}`;
    made.src = at;
    return made;
  }
  if (SOUND.test(kind)) {
    const made = element('audio', 'sound');
    made.controls = true;
    made.preload = 'metadata';
    made.setAttribute('aria-label', `Message vocal de ${speaker}`.replace('de le ', 'du '));
    made.src = at;
    return made;
  }
  const made = element('a', 'attached', `Fichier joint${type ? ` (${type})` : ''}`);
  made.href = at;
  return made;
}

function placeOf({ latitude, longitude, name, address }) {
  const where = `${degrees.format(latitude)} ; ${degrees.format(longitude)}`;
  return element('p', 'place', ['Position', name, address, where].filter(Boolean).join(' · '));
}

function buttonsOf(choices, tap) {
  const made = element('div', 'taps');
  for (const choice of choices) made.append(button('tap', choice.label, () => tap(choice)));
  return made;
}

/** Closed until its label is tapped, as on a phone. */
function listOf({ button: label, items }, tap) {
  const made = element('details', 'menu');
  const summary = element('summary', '', label);
  summary.dir = 'auto';
  const rows = element('ul', '');
  for (const choice of items) {
    const row = element('li', '');
    row.append(
      button('row-tap', choice.label, () => {
        made.open = false;
        summary.focus();
        tap(choice);
      }),
    );
    rows.append(row);
  }
  made.append(summary, rows);
  return made;
}

function bubble(item, { channel, tap, unsend, grown }) {
  const { direction, text, by, template, media = [], place, buttons, list } = item;
  const person = by === 'person';
  const speaker = direction === 'in' ? 'le téléphone' : person ? 'un agent de la ville' : 'la ville';
  const made = element('li', `bubble ${direction}${person ? ' person' : ''}`);
  made.append(element('span', 'unseen', `${speaker[0].toUpperCase()}${speaker.slice(1)} : `));
  if (person) made.append(element('p', 'mark', 'un agent de la ville'));
  if (template) made.append(element('p', 'mark', 'modèle approuvé'));
  for (const file of media) {
    const shown = fileOf(file, speaker);
    // It gets its height once it is there.
    shown.addEventListener('load', grown);
    made.append(shown);
  }
  if (place) made.append(placeOf(place));
  if (text) {
    const words = element('p', 'words-said', text);
    words.dir = 'auto';
    made.append(words);
  }
  if (buttons?.length) made.append(buttonsOf(buttons, tap));
  if (list) made.append(listOf(list, tap));
  const foot = element('div', 'bubble-foot');
  foot.append(element('p', 'meta'));
  if (channel === 'messenger' && direction === 'in') {
    const back = button('link', 'Reprendre', () => unsend(item.id));
    back.append(element('span', 'unseen', ' ce message'));
    foot.append(back);
  }
  made.append(foot);
  return made;
}

/** `touch`: what tapping and taking back do. */
export function createThread(thread, list, touch) {
  /** What is shown, by id. */
  const shown = new Map();
  let lastDay = '';
  /** Whoever has scrolled back is left there. */
  let atEnd = true;

  function toEnd() {
    thread.scrollTop = thread.scrollHeight;
    atEnd = true;
  }
  const grown = () => atEnd && toEnd();
  thread.addEventListener('scroll', () => {
    atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 40;
  });
  // A script that is met for the first time brings its letters later, and the thread grows.
  document.fonts.addEventListener('loadingdone', grown);

  function clear() {
    shown.clear();
    list.replaceChildren();
    lastDay = '';
  }

  /** On Messenger a message that is taken back is gone from the phone too. */
  function drop(items) {
    const there = new Set(items.map(({ id }) => id));
    for (const [id, made] of shown)
      if (!there.has(id)) {
        if (made.contains(document.activeElement)) thread.focus();
        made.remove();
        shown.delete(id);
      }
  }

  function show(items, channel) {
    const before = shown.size;
    drop(items);
    let grew = false;
    for (const item of items) {
      if (!shown.has(item.id)) {
        const date = dayOf(item.time);
        if (date !== lastDay) list.append(element('li', 'day', date));
        lastDay = date;
        shown.set(item.id, bubble(item, { channel, ...touch, grown }));
        list.append(shown.get(item.id));
        grew = true;
      }
      const made = shown.get(item.id);
      made.classList.toggle('failed', isLost(item));
      setText(made.querySelector('.meta'), factsOf(item, channel));
      // Messenger's quick replies are gone once something follows; WhatsApp's buttons stay.
      const taps = channel === 'messenger' && made.querySelector('.taps');
      if (taps && item !== items.at(-1)) {
        if (taps.contains(document.activeElement)) thread.focus();
        taps.remove();
      }
    }
    if (grew && (atEnd || before === 0)) toEnd();
  }

  return { show, clear, toEnd };
}
