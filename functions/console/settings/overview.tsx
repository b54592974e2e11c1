/** What the city has decided, and how its channels stand; what staff change of it has pages of its own. */
import type { Child } from 'hono/jsx';
import { type City, places } from '../../../conversations/city.ts';
import type { Channel } from '../../../conversations/events.ts';
import { inParis, knowsHolidays } from '../../../conversations/hours.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import { describeSender } from '../../channels/senders.ts';
import type { Deps } from '../../runtime/deps.ts';
import { Facts, State, Table } from '../list.tsx';
import type { Asked, Page, Route } from '../page.ts';
import { may } from '../roles.ts';
import { at, euros, figure, percent } from '../said.ts';
import { PATH } from './changing.tsx';
import { HISTORY, Pending } from './history.tsx';
import { sorted } from './prices.tsx';
import {
  CHANNELS,
  carriedBy,
  day,
  PURPOSES,
  priceSaid,
  providerSaid,
  settingSaid,
  valueSaid,
} from './said.ts';

const SENDERS = { 'short-code': 'numéro court', number: 'numéro long', name: 'nom, sans réponse possible' };
const laneSaid = (lane: string): string => {
  const [provider = '', channel = ''] = lane.split('-');
  return `${CHANNELS[channel as Channel] ?? channel} par ${providerSaid(provider)}`;
};

async function show(asked: Asked): Promise<Page> {
  const { deps, agent, now } = asked;
  await deps.settings.refresh();
  const { city, unfit } = deps.settings.current();
  return {
    title: 'Réglages',
    purpose: 'Ce que la ville a décidé, et l’état de ses canaux d’envoi.',
    body: (
      <>
        {city.example && (
          <p class="warning">
            Ce sont les réglages de l’exemple : une ville les remplace tous avant d’ouvrir.
          </p>
        )}
        {unfit.length > 0 && (
          <p class="warning">
            Le fichier de la ville a changé : ces réglages n’y vont plus et sont laissés de côté, revoyez-les.{' '}
            {unfit
              .map((change) => `${settingSaid(change, city)} (${valueSaid(change.setting, change.to)})`)
              .join(' ; ')}
          </p>
        )}
        <Pending asked={asked} />
        <p>
          Ce qui a un lien « Changer » se change ici, et <a href={HISTORY}>l’historique</a> dit qui l’a
          changé. Le reste est dans le fichier de la ville, <code>{city.key}.json</code>, que le service
          informatique modifie, relit à deux, puis met en service.
        </p>
        {may(agent.role, 'settings.write') && (
          <p>
            <a class="button quiet" href={`${PATH}/sessions`}>
              Sessions ouvertes
            </a>
          </p>
        )}
        <h2>Canaux</h2>
        <Lanes deps={deps} now={now} rows={await lanesOf(deps)} />
        <h2>Où l’on nous écrit</h2>
        <Facts
          facts={[
            ['SMS', city.smsNumber],
            ['WhatsApp', city.whatsappNumber],
            ['Messenger', city.messengerPage && `m.me/${city.messengerPage}`],
            ['Téléphone donné aux habitants', city.phone],
            ['Adresse des pages', city.site],
            ['Heures de rappel', `de ${city.callHours.from} à ${city.callHours.to}`],
          ]}
        />
        <h2>Quand la ville écrit</h2>
        <Facts
          facts={[
            ['Heures', `de ${city.sending.from} à ${city.sending.to}, heure de Paris`],
            ['Jours', 'du lundi au samedi, jamais un jour férié'],
            ['Jours fériés connus', `jusqu’au 31 décembre ${lastKnownYear(inParis(now).date)}`],
            ['Scrutins', city.elections.map(day).join(', ') || 'aucun noté'],
          ]}
        />
        <Change href={`${PATH}/scrutins`} what="les scrutins" />
        <h2>Prix</h2>
        <Prices city={city} />
        <Change href={`${PATH}/prix`} what="les prix" />
        <h2>Limites</h2>
        <Limits city={city} />
        <h2>Quartiers</h2>
        <Quartiers city={city} />
        <h2>Langues</h2>
        <Facts
          facts={[
            ['Écrites', city.languages.map(languageName).join(', ')],
            ['Parlées, avec un relais', city.voices.map(({ name }) => name).join(', ') || 'aucune'],
          ]}
        />
        <h2>Modèles WhatsApp</h2>
        <Templates city={city} />
        <h2>Durées de conservation</h2>
        <Facts
          facts={[
            ['Contacts sans nouvelles', `${city.notice.contactMonths} mois`],
            ['Messages', `${city.notice.messageDays} jours`],
            ['Réponses aux sondages', `${city.notice.answerMonths} mois après la clôture`],
            ['Journal de la console', 'un an'],
            ['Responsable', city.notice.controller],
            ['Délégué à la protection des données', city.notice.dpo],
            ['Version du texte d’accord', city.consentVersion],
          ]}
        />
      </>
    ),
  };
}

const Change = ({ href, what }: { href: string; what: string }) => (
  <p>
    <a href={href}>Changer {what}</a>
  </p>
);

interface Lane {
  lane: string;
  from: string | undefined;
  why: { code: string; at: string } | undefined;
}

const lanesOf = async ({ carriers, channels, smsFrom }: Deps): Promise<Lane[]> =>
  Promise.all(
    Object.entries(carriers).flatMap(([channel, providers]) =>
      providers.map(async (provider) => {
        const lane = `${provider}-${channel}`;
        const from = channel === 'sms' ? smsFrom[provider] : undefined;
        return { lane, from, why: await channels.why(lane) };
      }),
    ),
  );

function Lanes({ deps, now, rows }: { deps: Deps; now: Date; rows: Lane[] }) {
  if (rows.length === 0) return <p class="soft">Aucun canal n’est branché.</p>;
  return (
    <Table caption="Canaux d’envoi" heads={['Canal', 'Expéditeur', 'État', 'Limite']}>
      {rows.map(({ lane, from, why }) => (
        <tr>
          <th scope="row">{laneSaid(lane)}</th>
          <td>{from === undefined ? '' : <Sender from={from} />}</td>
          <td>
            {why ? <State tone="bad">arrêté</State> : <State tone="going">ouvert</State>}
            {why && (
              <p>
                Le fournisseur refuse nos messages depuis {at(why.at, now)} (code {why.code}). Tout attend ;
                un message essaie toutes les cinq minutes.
              </p>
            )}
          </td>
          <td>{limitOf(deps.world.city, lane)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Sender({ from }: { from: string }): Child {
  const facts = describeSender(from);
  return (
    <>
      <bdi dir="ltr">{from}</bdi>
      {'kind' in facts && <span class="soft"> {SENDERS[facts.kind]}</span>}
    </>
  );
}

const limitOf = ({ limits }: City, lane: string): string =>
  [
    limits.perSecond[lane] !== undefined && `${figure(limits.perSecond[lane])} messages par seconde`,
    limits.begunPerDay[lane] !== undefined && `${figure(limits.begunPerDay[lane])} personnes par 24 heures`,
  ]
    .filter(Boolean)
    .join(', ');

function Prices({ city }: { city: City }) {
  const { prices, limits } = city;
  return (
    <>
      {prices.length > 0 && (
        <Table caption="Prix" heads={['Canal', { name: 'Prix', number: true }, 'Depuis', 'Source']}>
          {sorted(prices).map(({ channel, provider, euros: price, from, source }) => (
            <tr>
              <th scope="row">{carriedBy({ channel, provider })}</th>
              <td class="number">{priceSaid(price)}</td>
              <td>{day(from)}</td>
              <td>{source}</td>
            </tr>
          ))}
        </Table>
      )}
      {!prices.some(({ channel }) => channel === 'sms') && (
        <p>
          Aucun prix daté pour les SMS : une partie est comptée {priceSaid(limits.partEuros)}, une estimation.
          Reportez celui de votre contrat.
        </p>
      )}
    </>
  );
}

const Limits = ({ city: { limits, messagesPerMonth } }: { city: City }) => (
  <Facts
    facts={[
      ['SMS par jour', `${euros(limits.dailyEuros)} au plus`],
      ['Part des non-inscrits', percent(limits.strangersShare, 1)],
      ['Annonces par personne', `${figure(limits.pushesPerWeek)} en sept jours, hors urgence`],
      ['Annoncé à l’inscription', `${figure(messagesPerMonth)} messages par mois au plus`],
      ['Réponses à une personne', `${figure(limits.perPersonHour)} par heure`],
      ['Réponses à un bloc de numéros inconnus', `${figure(limits.perPrefixHour)} par heure`],
      ['Pays où l’on écrit', limits.prefixes.join(', ')],
    ]}
  />
);

const Quartiers = ({ city }: { city: City }) => (
  <Table caption="Quartiers" heads={['Nom', 'Mots à envoyer', 'Particularités']}>
    {city.quartiers.map((quartier) => (
      <tr>
        <th scope="row">{quartier.name}</th>
        <td>{quartier.keywords.join(', ')}</td>
        <td>
          {[
            !places(city).includes(quartier) && 'hors du menu',
            quartier.plain && 'questions simples',
            quartier.qpv && `quartier prioritaire ${quartier.qpv}`,
          ]
            .filter(Boolean)
            .join(', ')}
        </td>
      </tr>
    ))}
  </Table>
);

function Templates({ city }: { city: City }) {
  if (city.templates.length === 0)
    return (
      <p>
        Aucun modèle approuvé : après 24 heures sans message d’un habitant, la ville ne peut pas lui écrire
        par WhatsApp, et passe par SMS.
      </p>
    );
  return (
    <Table caption="Modèles WhatsApp" heads={['Pour', 'Langue', 'Catégorie', 'Identifiant']}>
      {city.templates.map(({ purpose, language, category, contentSid }) => (
        <tr>
          <th scope="row">{PURPOSES[purpose]}</th>
          <td>{languageName(language)}</td>
          <td>{category === 'UTILITY' ? 'utilitaire' : 'marketing'}</td>
          <td>
            <code>{contentSid}</code>
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Of the years from this one on, without a gap. */
function lastKnownYear(today: string): string {
  let year = Number(today.slice(0, 4));
  while (knowsHolidays(`${year + 1}-01-01`)) year += 1;
  return String(year);
}

export const overviewRoutes: Route[] = [{ method: 'GET', path: PATH, right: 'settings.read', make: show }];
