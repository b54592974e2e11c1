/** What a phone sends beside words: a picture, a voice note, a place; on Messenger also what people do there. */
import { ask } from './handset-service.js';

/** A square with a tree, drawn here: a picture to send where there is none at hand. */
function picture() {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const paint = canvas.getContext('2d');
  const block = (colour, ...box) => {
    paint.fillStyle = colour;
    paint.fillRect(...box);
  };
  const disc = (colour, x, y, radius) => {
    paint.fillStyle = colour;
    paint.beginPath();
    paint.arc(x, y, radius, 0, 2 * Math.PI);
    paint.fill();
  };
  block('#cfe4ec', 0, 0, 320, 240);
  disc('#f3d98b', 262, 48, 22);
  block('#b9b2a6', 20, 70, 70, 110);
  block('#a8a094', 90, 95, 55, 85);
  for (const x of [32, 58]) for (const y of [84, 112, 140]) block('#e9eef0', x, y, 14, 16);
  block('#8fb58a', 0, 176, 320, 64);
  block('#7a5b40', 208, 130, 14, 56);
  disc('#4d8a55', 215, 108, 42);
  disc('#5f9c66', 196, 122, 24);
  block('#6b4a33', 60, 196, 84, 8);
  block('#6b4a33', 68, 204, 6, 16);
  block('#6b4a33', 130, 204, 6, 16);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.85);
  });
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(new Error('Ce fichier ne peut pas être lu. Choisissez-en un autre.'));
    reader.readAsDataURL(blob);
  });
}

const mediaOf = async (blob, type = blob.type) => ({
  media: [{ type: type || 'application/octet-stream', data: await base64(blob) }],
});

async function voice() {
  const answer = await fetch('/handset/handset-voice.ogg').catch(() => undefined);
  if (!answer?.ok) throw new Error('Le service ne répond pas. Est-il encore en marche ?');
  return answer.blob();
}

/** `send` takes what is to be sent, or a promise of it; `isNew` tells whether nothing was said yet. */
export function createAttachments(root, { send, isNew }) {
  const find = (mark) => root.querySelector(`[data-${mark}]`);
  const drawer = find('attach');
  const hand = (parts) => {
    drawer.open = false;
    drawer.querySelector('summary').focus();
    return send(parts);
  };
  const onSubmit = (mark, partsOf) =>
    find(mark).addEventListener('submit', (event) => {
      event.preventDefault();
      hand(partsOf(event.target.elements));
    });

  find('photo').addEventListener('click', () => hand(picture().then((blob) => mediaOf(blob))));
  find('voice').addEventListener('click', () => hand(voice().then((blob) => mediaOf(blob, 'audio/ogg'))));
  find('file').addEventListener('change', ({ target }) => {
    const [file] = target.files;
    if (file) hand(mediaOf(file));
    target.value = '';
  });
  onSubmit('place', ({ latitude, longitude }) => ({
    place: { latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber },
  }));
  // Who opens a link for the first time presses "Démarrer"; later a link only says where it was.
  onSubmit('start', ({ ref }) => ({ act: { kind: isNew() ? 'start' : 'link', ref: ref.value.trim() } }));
  onSubmit('human', ({ text }) => ({ act: { kind: 'human', text: text.value } }));
}

/** What is true of one number for the network: a landline, opted out. */
export function createNumber(root, { address, complain }) {
  const drawer = root.querySelector('[data-number]');
  const ticks = [...drawer.querySelectorAll('[data-person]')];

  async function look() {
    if (!drawer.open || drawer.hidden) return;
    const state = await ask(`people?${new URLSearchParams({ address: address() })}`);
    for (const tick of ticks) tick.checked = Boolean(state[tick.dataset.person]);
  }
  const glance = () => look().catch(() => undefined);

  drawer.addEventListener('toggle', glance);
  for (const tick of ticks)
    tick.addEventListener('change', async () => {
      complain();
      await ask('people', { address: address(), [tick.dataset.person]: tick.checked }).catch(complain);
      await glance();
    });
  return { glance };
}
