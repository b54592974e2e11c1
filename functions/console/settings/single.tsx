/** The settings that hold one value: a page each, with what it is now, what the file says, and why it is held to limits. */
import { hourName } from '../../../conversations/hours.ts';
import { type Change, replacing, valueIn } from '../../../conversations/settings.ts';
import { LAWFUL } from '../../../conversations/settings-rules.ts';
import { Button, FaultSummary, Field, Form } from '../forms.tsx';
import { Facts } from '../list.tsx';
import { type Asked, doneOf, type Made, type Page, type Route } from '../page.ts';
import { ABOVE, type Again, changing, DONE, PATH, Seen } from './changing.tsx';
import { NAMES, valueSaid } from './said.ts';

interface Input {
  name: string;
  label: string;
  hint?: string;
  type?: 'time' | 'number' | 'tel' | 'text';
  attributes?: Record<string, string | number>;
}

interface Single {
  setting: Exclude<Change['setting'], 'prices' | 'elections' | 'templates' | 'quartier'>;
  slug: string;
  purpose: string;
  /** What is behind it. */
  why: string;
  inputs: Input[];
  /** What stands in the inputs for a value. */
  typed(value: never): Record<string, string>;
  /** What was typed, as the rules judge it. */
  read(given: (name: string) => string): Change['to'];
  fields: Record<string, string>;
}

const HOURS: Input[] = [
  { name: 'debut', label: 'De', type: 'time' },
  { name: 'fin', label: 'À', type: 'time' },
];
const HOURS_FIELDS = { from: 'debut', to: 'fin' };
type Hours = { from: string; to: string };
/** "9h30" as an input of times has it. */
const timeOf = (said: string): string => {
  const [hour = '', minute = ''] = said.split('h');
  return `${hour.padStart(2, '0')}:${minute.padEnd(2, '0')}`;
};
const saidOf = (time: string): string => (time === '' ? '' : hourName(time, 'fr'));
const figureIn = (text: string): Change['to'] =>
  /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;
const SECOND = 'Plus bas, c’est enregistré tout de suite ; plus haut, une autre personne doit le valider.';

const SINGLES: Single[] = [
  {
    setting: 'sending',
    slug: 'heures',
    purpose: 'Quand la ville écrit la première, du lundi au samedi, jamais un jour férié.',
    why: `La loi permet de ${LAWFUL.from} à ${LAWFUL.to} : vous pouvez faire moins, pas plus. Les réponses aux habitants partent à toute heure.`,
    inputs: HOURS,
    typed: ({ from, to }: Hours) => ({ debut: from, fin: to }),
    read: (given) => ({ from: given('debut'), to: given('fin') }),
    fields: HOURS_FIELDS,
  },
  {
    setting: 'callHours',
    slug: 'rappels',
    purpose: 'Les heures où la ville rappelle, dites à qui demande un appel.',
    why: 'Une demande reçue après ces heures est rappelée le jour ouvré suivant.',
    inputs: HOURS,
    typed: ({ from, to }: Hours) => ({ debut: timeOf(from), fin: timeOf(to) }),
    read: (given) => ({ from: saidOf(given('debut')), to: saidOf(given('fin')) }),
    fields: HOURS_FIELDS,
  },
  {
    setting: 'phone',
    slug: 'telephone',
    purpose: 'Le numéro donné aux habitants qui préfèrent parler.',
    why: 'Il est dans l’aide, les réponses en cas de difficulté et les modèles WhatsApp. Appelez-le avant d’enregistrer.',
    inputs: [{ name: 'valeur', label: 'Téléphone', hint: 'Par exemple 01 99 00 12 34.', type: 'tel' }],
    typed: (valeur: string) => ({ valeur }),
    read: (given) => given('valeur'),
    fields: { '': 'valeur' },
  },
  {
    setting: 'pushesPerWeek',
    slug: 'annonces-par-personne',
    purpose: 'Combien d’annonces une personne reçoit au plus en sept jours, hors urgence.',
    why: SECOND,
    inputs: [{ name: 'valeur', label: 'Annonces', type: 'number', attributes: { min: 1, max: 7 } }],
    typed: (value: number) => ({ valeur: String(value) }),
    read: (given) => figureIn(given('valeur')),
    fields: { '': 'valeur' },
  },
  {
    setting: 'dailyEuros',
    slug: 'depense',
    purpose: 'Ce que les SMS coûtent au plus par jour ; au-delà, rien ne part et vous êtes prévenus.',
    why: SECOND,
    inputs: [{ name: 'valeur', label: 'Euros par jour', attributes: { inputmode: 'decimal' } }],
    typed: (value: number) => ({ valeur: String(value).replace('.', ',') }),
    read: (given) => figureIn(given('valeur')),
    fields: { '': 'valeur' },
  },
  {
    setting: 'strangersShare',
    slug: 'part',
    purpose: 'La part de la dépense du jour que les personnes non inscrites peuvent utiliser.',
    why: 'Elle protège les inscrits d’une vague de messages venus d’ailleurs.',
    inputs: [
      {
        name: 'valeur',
        label: 'Pour cent',
        type: 'number',
        attributes: { min: 5, max: 95 },
      },
    ],
    typed: (value: number) => ({ valeur: String(Math.round(value * 100)) }),
    read: (given) => {
      const share = figureIn(given('valeur'));
      return typeof share === 'number' ? share / 100 : share;
    },
    fields: { '': 'valeur' },
  },
];

/** Where a setting is changed. */
export const pathOf = (setting: Single['setting']): string =>
  `${PATH}/${SINGLES.find((each) => each.setting === setting)?.slug}`;

function page(
  asked: Asked,
  single: Single,
  { faults, status, typed }: Again & { typed?: Record<string, string> },
): Page {
  const { deps, query } = asked;
  const { setting, inputs, purpose, why } = single;
  const { city } = deps.settings.current();
  const now = valueIn(city, { setting });
  const values = typed ?? single.typed(now as never);
  return {
    ...(status && { status }),
    title: NAMES[setting],
    purpose,
    above: ABOVE,
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Facts
          facts={[
            ['Aujourd’hui', valueSaid(setting, now)],
            ['Dans le fichier de la ville', valueSaid(setting, valueIn(deps.settings.base, { setting }))],
          ]}
        />
        <p>{why}</p>
        <Form action={pathOf(setting)} label={NAMES[setting]}>
          <Seen asked={asked} />
          {inputs.map((input) => (
            <Field {...input} value={values[input.name] ?? ''} faults={faults} required />
          ))}
          <Button>Enregistrer</Button>
        </Form>
      </>
    ),
  };
}

async function post(asked: Asked, single: Single): Promise<Made> {
  const { deps, form } = asked;
  const given = (name: string): string => (form.get(name) ?? '').trim();
  await deps.settings.refresh();
  const { setting, fields } = single;
  const change = replacing(deps.settings.current(), deps.settings.base, { setting }, single.read(given));
  const typed = Object.fromEntries(single.inputs.map(({ name }) => [name, given(name)]));
  return changing(asked, change, {
    again: (again) => page(asked, single, { ...again, typed }),
    to: pathOf(setting),
    fields,
  });
}

export const singleRoutes: Route[] = SINGLES.flatMap((single): Route[] => [
  {
    method: 'GET',
    path: pathOf(single.setting),
    right: 'settings.write',
    async make(asked) {
      await asked.deps.settings.refresh();
      return page(asked, single, { faults: {} });
    },
  },
  {
    method: 'POST',
    path: pathOf(single.setting),
    right: 'settings.write',
    make: (asked) => post(asked, single),
  },
]);
