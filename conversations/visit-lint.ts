/** What is wrong or unwise in a visit, before anyone approves it. */
import { lintAnnouncement } from './announcement-lint.ts';
import type { City } from './city.ts';
import { followUps } from './follow-up.ts';
import { dayName, inParis, knowsHolidays, parisTime } from './hours.ts';
import { type Finding, quoted } from './lint/finding.ts';
import { phrase } from './phrase.ts';
import { sms } from './shape.ts';
import { beginsAt, TO_COMPLETE, type Visit } from './visit.ts';
import { invitationBySms, noticeText } from './visit-words.ts';

export interface VisitAround {
  city: City;
  now: Date;
  /** The others there are. */
  visits: readonly Visit[];
}

const finding =
  (severity: Finding['severity']) =>
  (rule: string, place: string, message: string): Finding => ({ rule, severity, place, message });
const error = finding('error');
const warning = finding('warning');

/** Every finding; none where all is well. An error keeps it from being approved. */
export const lintVisit = (visit: Visit, around: VisitAround): Finding[] => [
  ...when(visit, around),
  ...reminders(visit, around),
  ...where(visit, around),
  ...texts(visit, around),
  ...length(visit, around),
];

function when(visit: Visit, { now, visits }: VisitAround): Finding[] {
  const { day, time } = visit;
  if (!knowsHolidays(day))
    return [
      error(
        'unknown-year',
        'day',
        `les jours fériés de ${day.slice(0, 4)} ne sont pas connus: donnez une date plus proche, ou complétez conversations/holidays-fr.json`,
      ),
    ];
  if (beginsAt(visit) <= now)
    return [error('past', 'day', `le ${day} à ${time} est passé: donnez un moment à venir`)];
  const same = visits.filter(
    (other) =>
      other.id !== visit.id && other.day === day && (other.state === 'open' || other.state === 'draft'),
  );
  return same.map(({ id, time: at }) =>
    warning('same-day', 'day', `la visite ${id} est le même jour, à ${at}: vérifiez que les deux tiennent`),
  );
}

/** Nobody who comes should wait for a reminder that cannot go out. */
function reminders(visit: Visit, { city, now }: VisitAround): Finding[] {
  const { day } = visit;
  if (!knowsHolidays(day) || beginsAt(visit) <= now) return [];
  const all = followUps({ day, begins: beginsAt(visit) }, city.sending, now);
  return all
    .filter(({ name }) => name === 'eve')
    .flatMap(({ wished, at }) => {
      const { from, to } = city.sending;
      if (!at)
        return [
          warning(
            'no-reminder',
            'day',
            `aucun rappel ne partira avant la visite: la veille à ${inParis(wished).time} est passée, ou la ville n'écrit plus d'ici là (du lundi au samedi de ${from} à ${to}, hors jours fériés). Prévenez les inscrits autrement`,
          ),
        ];
      return at.getTime() === wished.getTime()
        ? []
        : [
            warning(
              'reminder-moved',
              'day',
              `la veille à ${inParis(wished).time}, la ville n'écrit pas: le rappel partira ${dayName(at, 'fr')} à ${inParis(at).time}`,
            ),
          ];
    });
}

function where({ quartier, meeting }: Visit, { city }: VisitAround): Finding[] {
  const known = city.quartiers.map(({ id }) => id);
  return [
    ...(meeting.name === TO_COMPLETE
      ? [error('no-place', 'meeting.name', 'le lieu est à préciser: donnez son nom')]
      : []),
    ...(known.includes(quartier)
      ? []
      : [
          error(
            'unknown-quartier',
            'quartier',
            `« ${quartier} » n'est pas un quartier de la ville. Quartiers: ${quoted(known)}`,
          ),
        ]),
  ];
}

function texts(visit: Visit, { city }: VisitAround): Finding[] {
  const own: [string, Record<string, string> | undefined][] = [
    ['host', visit.host],
    ['title', visit.title],
    ['texts.invitation', visit.texts.invitation],
    ['texts.reminder', visit.texts.reminder],
  ];
  return own.flatMap(([place, said]) => {
    if (!said) return [];
    const unknown = Object.keys(said).filter((language) => !(city.languages as string[]).includes(language));
    return [
      ...(said.fr === undefined
        ? [error('no-french', `${place}.fr`, 'il manque le texte français: écrivez-le')]
        : []),
      ...unknown.map((language) =>
        error(
          'unknown-language',
          `${place}.${language}`,
          `« ${language} » n'est pas une langue du service. Langues: ${city.languages.join(', ')}`,
        ),
      ),
    ];
  });
}

/** What is said of it afterwards is an announcement like any other. */
export const lintReport = ({ id, report }: Visit, { city, now }: VisitAround): Finding[] =>
  lintAnnouncement(
    {
      kind: 'visit',
      purpose: 'public-interest',
      base: 'fr',
      texts: report?.texts ?? {},
      visit: id,
      about: 'report',
      audience: { group: { event: id, who: 'took-part' } },
    },
    { city, surveys: [], now: parisTime(now) },
  );

/** Why it is called off goes out with the message: in French it fits in one part. */
export function lintCancelled(visit: Visit, { city, now }: VisitAround): Finding[] {
  const said = noticeText(visit, 'cancelled', 'fr', city, now);
  const { parts, units } = sms(`${said} ${phrase('fr', 'announce.stop')}`);
  const own = visit.cancelled?.why;
  return [
    ...(own && own.fr === undefined
      ? [
          error(
            'no-french',
            'motif',
            "il manque le motif en français: c'est lui que lisent ceux dont la langue n'en a pas",
          ),
        ]
      : []),
    ...(parts > 1
      ? [
          error(
            'too-long',
            'motif',
            `le message prend ${parts} SMS (${units} caractères, 160 au plus): raccourcissez le motif`,
          ),
        ]
      : []),
  ];
}

/** One part in French, as any message of the city's. */
function length(visit: Visit, { city }: VisitAround): Finding[] {
  const { parts, units } = sms(invitationBySms(visit, 'fr', city));
  return parts === 1
    ? []
    : [
        error(
          'invitation-too-long',
          'meeting.name',
          `l'invitation prend ${parts} SMS (${units} caractères, 160 au plus): raccourcissez le lieu, l'hôte ou votre texte`,
        ),
      ];
}
