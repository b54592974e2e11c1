/** The page of phones as it leaves the server. What moves in it stands in `handset-client.js` and its modules. */
import { type Language, words } from '../../locales/index.ts';
import { FaultPanel } from './handset-fault-panel.tsx';
import { Phone, type PhoneChannel } from './handset-phone.tsx';

/** ARCEP keeps 06 39 98 for fiction: these numbers ring nowhere. */
const FIRST_PHONES: { channel: PhoneChannel; own: string }[] = [
  { channel: 'sms', own: '+33639980001' },
  { channel: 'whatsapp', own: '+33639980002' },
  { channel: 'messenger', own: '+33639980003' },
];
const STEPS = [
  { advance: 'PT1H', label: '+1 h' },
  { advance: 'PT20H', label: '+20 h' },
  { advance: 'P2D', label: '+2 jours' },
];
/** An example that the page calls one: the real price stands in the city's contract. */
const PRICE = { amount: '0.08', label: '0,08 €' };

interface PageProps {
  city: { name: string; languages?: Language[]; voices?: { name: string; greeting?: string }[] };
  /** Where each channel's phones write to. */
  numbers: Record<PhoneChannel, string>;
  now: Date;
}

/** "+33939980001" as it is read in France. A page on Messenger has a name, which its id does not tell. */
const spoken = (number: string): string =>
  /^\+33\d{9}$/.test(number) ? `0${number.slice(3)}`.replace(/(\d\d)(?=\d)/g, '$1\u00a0') : number;

export function HandsetPage({ city, numbers, now }: PageProps) {
  const to: Record<PhoneChannel, string> = {
    sms: `au ${spoken(numbers.sms)}`,
    whatsapp: `au ${spoken(numbers.whatsapp)}`,
    messenger: 'à la page',
  };
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Téléphones d’essai – ${city.name}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/handset/handset.css" />
        <script type="module" src="/handset/handset.js" />
      </head>
      <body
        data-price={PRICE.amount}
        data-to-sms={to.sms}
        data-to-whatsapp={to.whatsapp}
        data-to-messenger={to.messenger}
      >
        <header class="top">
          <div>
            <p class="city">{city.name}</p>
            <h1>Téléphones d’essai</h1>
          </div>
          <p class="lead">
            Des téléphones pour essayer. Rien ne part sur le vrai réseau.{' '}
            <a href="/donnees">Ce que la ville fait des données</a>
          </p>
        </header>
        <Clock now={now} />
        <main>
          <div id="phones" class="phones">
            {FIRST_PHONES.map(({ channel, own }, index) => (
              <Phone
                name={`Téléphone ${index + 1}`}
                channel={channel}
                own={own}
                to={to[channel]}
                group={`channel-${index + 1}`}
              />
            ))}
          </div>
          <p class="more">
            <button type="button" id="add" class="quiet">
              Ajouter un téléphone
            </button>
          </p>
          <FaultPanel />
          <noscript>
            <p class="error">Cette page a besoin de JavaScript pour envoyer des messages.</p>
          </noscript>
        </main>
        <footer class="foot">
          <p>
            Un SMS long part en plusieurs parties, et chacune se paie. Prix d’exemple : {PRICE.label} la
            partie.
          </p>
          <Texts languages={city.languages ?? []} voices={city.voices ?? []} />
        </footer>
        <template id="phone">
          <Phone name="Téléphone" channel="sms" own="" to={to.sms} group="channel" />
        </template>
      </body>
    </html>
  );
}

/** What staff must know before the first message to a resident: which texts no native speaker has read yet. */
function Texts({
  languages,
  voices,
}: {
  languages: Language[];
  voices: { name: string; greeting?: string }[];
}) {
  const unread = languages.filter((language) => words[language].status !== 'reviewed');
  const silent = voices.filter(({ greeting }) => !greeting);
  return (
    <>
      {unread.length > 0 && (
        <p>
          Textes à faire relire par une personne dont c’est la langue :{' '}
          {unread.map((language, index) => (
            <>
              {index > 0 && ', '}
              <bdi lang={language === 'fr-facile' ? 'fr' : language}>{words[language].name}</bdi>
            </>
          ))}
          .
        </p>
      )}
      {silent.length > 0 && (
        <p>Message d’accueil à enregistrer : {silent.map(({ name }) => name).join(', ')}.</p>
      )}
    </>
  );
}

function Clock({ now }: { now: Date }) {
  const shown = new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  });
  return (
    <section class="clock" aria-label="Horloge de l’essai">
      <p class="now">
        <span class="label">Heure de l’essai, à Paris</span>
        <time id="now" datetime={now.toISOString()}>
          {shown.format(now)}
        </time>
      </p>
      <div class="steps">
        {STEPS.map(({ advance, label }) => (
          <button type="button" class="quiet" data-advance={advance}>
            <span class="unseen">Avancer de </span>
            {label}
          </button>
        ))}
        <form id="advance" class="advance">
          <label>
            <span class="label">Avancer de</span>
            <input name="amount" type="number" min="1" max="999" step="1" value="30" required />
          </label>
          <label>
            <span class="unseen">Unité</span>
            <select name="unit">
              <option value="PT#M">minutes</option>
              <option value="PT#H">heures</option>
              <option value="P#D">jours</option>
              <option value="P#W">semaines</option>
            </select>
          </label>
          <button type="submit" class="quiet">
            Avancer
          </button>
        </form>
      </div>
      <p id="clock-status" class="status" role="status" />
    </section>
  );
}
