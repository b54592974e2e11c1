/** What all parts of the page of phones share: the way to the service, and numbers and times as they are read. */

const zone = { timeZone: 'Europe/Paris' };
const price = Number(document.body.dataset.price);
const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
const hour = new Intl.DateTimeFormat('fr-FR', { ...zone, timeStyle: 'short' });
const day = new Intl.DateTimeFormat('fr-FR', { ...zone, weekday: 'long', day: 'numeric', month: 'long' });
const moment = new Intl.DateTimeFormat('fr-FR', { ...zone, dateStyle: 'full', timeStyle: 'short' });

export const hourOf = (time) => hour.format(new Date(time));
export const dayOf = (time) => day.format(new Date(time));
export const momentOf = (time) => moment.format(new Date(time));

/** No-break spaces: a number stays with its unit. */
export const cost = (parts) =>
  `${parts}\u00a0${parts > 1 ? 'parties' : 'partie'},\u00a0${euros.format(parts * price)}`;

/** The answer's JSON; an error the service has put in words is thrown as those words. */
export async function ask(path, body) {
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

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function element(tag, className, text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function button(className, text, onClick) {
  const made = element('button', className, text);
  made.type = 'button';
  made.dir = 'auto';
  made.addEventListener('click', onClick);
  return made;
}
