/** What the city has decided, and how its channels stand; what staff change of it has pages of its own. */
import { type City, places } from '../../../conversations/city.ts';
import { inParis, knowsHolidays } from '../../../conversations/hours.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import { Facts, Table } from '../list.tsx';
import { type Asked, doneOf, type Page, type Route } from '../page.ts';
import { may } from '../roles.ts';
import { euros, figure, percent } from '../said.ts';
import { PATH } from './changing.tsx';
import { ELECTIONS } from './elections.tsx';
import { HISTORY, Pending } from './history.tsx';
import { Lanes, lanesOf } from './lanes.tsx';
import { PRICES, sorted } from './prices.tsx';
import { QUARTIERS } from './quartiers.tsx';
import { CATEGORIES, carriedBy, day, PURPOSES, priceSaid, settingSaid, valueSaid } from './said.ts';
import { pathOf } from './single.tsx';
import { TEMPLATES } from './templates.tsx';

const DONE = {
  repris:
    'Le canal est ouvert : ce qui attendait part dans la minute. Si le fournisseur refuse encore, il s’arrêtera de nouveau et vous serez prévenus.',
  ouvert: 'Le canal était déjà ouvert.',
};

async function show(asked: Asked): Promise<Page> {
  const { deps, agent, now, query } = asked;
  await deps.settings.refresh();
  const { city, unfit } = deps.settings.current();
  return {
    title: 'Réglages',
    purpose: 'Ce que la ville a décidé, et l’état de ses canaux d’envoi.',
    done: doneOf(query, DONE),
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
          Ce qui a un lien se change ici, et <a href={HISTORY}>l’historique</a> dit qui l’a changé. Le reste
          est dans le fichier de la ville, <code>{city.key}.json</code>, que le service informatique modifie,
          relit à deux, puis met en service.
        </p>
        {may(agent.role, 'settings.write') && (
          <p>
            <a class="button quiet" href={`${PATH}/sessions`}>
              Sessions ouvertes
            </a>
          </p>
        )}
        <h2>Canaux</h2>
        <Lanes asked={asked} rows={await lanesOf(deps)} />
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
        <Changes
          links={[
            ['le téléphone', pathOf('phone')],
            ['les heures de rappel', pathOf('callHours')],
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
        <Changes
          links={[
            ['les heures', pathOf('sending')],
            ['les scrutins', ELECTIONS],
          ]}
        />
        <h2>Prix</h2>
        <Prices city={city} />
        <Changes links={[['les prix', PRICES]]} />
        <h2>Limites</h2>
        <Limits city={city} />
        <Changes
          links={[
            ['les SMS par jour', pathOf('dailyEuros')],
            ['la part des non-inscrits', pathOf('strangersShare')],
            ['les annonces par personne', pathOf('pushesPerWeek')],
          ]}
        />
        <h2>Quartiers</h2>
        <Quartiers city={city} />
        <p>En ajouter ou en retirer se fait dans le fichier de la ville.</p>
        <h2>Langues</h2>
        <Facts
          facts={[
            ['Écrites', city.languages.map(languageName).join(', ')],
            ['Parlées, avec un relais', city.voices.map(({ name }) => name).join(', ') || 'aucune'],
          ]}
        />
        <h2>Modèles WhatsApp</h2>
        <Templates city={city} />
        <Changes links={[['les modèles', TEMPLATES]]} />
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

const Changes = ({ links }: { links: [what: string, href: string][] }) => (
  <p>
    Changer{' '}
    {links.map(([what, href], index) => (
      <>
        {index > 0 && ', '}
        <a href={href} aria-label={`Changer ${what}`}>
          {what}
        </a>
      </>
    ))}
  </p>
);

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
        <th scope="row">
          <a href={`${QUARTIERS}/${quartier.id}`}>{quartier.name}</a>
        </th>
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
          <td>{CATEGORIES[category]}</td>
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
