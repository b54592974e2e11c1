/** What a quartier or list of the city's file is called, in the menu and by which words it is joined. */
import type { City } from '../../../conversations/city.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import { type Change, replacing } from '../../../conversations/settings.ts';
import { Button, FaultSummary, Field, Form } from '../forms.tsx';
import { type Asked, doneOf, type Made, NotThere, type Page, type Route } from '../page.ts';
import { ABOVE, type Again, changing, DONE, PATH, Seen } from './changing.tsx';

export const QUARTIERS = `${PATH}/quartiers`;
type Quartier = City['quartiers'][number];

async function get(asked: Asked): Promise<Page> {
  await asked.deps.settings.refresh();
  return page(asked, { faults: {}, typed: fieldsOf(quartierOf(asked)) });
}

/** Names do not depend on the settings: one that is in the file stays. */
function quartierOf({ deps, params }: Asked): Quartier {
  const found = deps.settings.current().city.quartiers.find(({ id }) => id === params.id);
  if (!found) throw new NotThere();
  return found;
}

const menuField = (language: string): string => `menu-${language}`;
/** One menu name for all, unless the file has one a language. */
const menusOf = ({ menu }: Quartier): [string, string][] =>
  menu !== undefined && typeof menu !== 'string'
    ? Object.entries(menu).map(([language, text]) => [language, text ?? ''])
    : [['fr', menu ?? '']];

const fieldsOf = (quartier: Quartier): URLSearchParams =>
  new URLSearchParams([
    ['nom', quartier.name],
    ['mots', quartier.keywords.join(' ')],
    ...menusOf(quartier).map(([language, text]): [string, string] => [menuField(language), text]),
  ]);

function page(asked: Asked, { faults, status, typed }: Again & { typed: URLSearchParams }): Page {
  const quartier = quartierOf(asked);
  const menus = menusOf(quartier);
  const field = (name: string) => ({ name, value: typed.get(name) ?? '', faults });
  return {
    ...(status && { status }),
    title: quartier.name,
    purpose: 'Comment ce quartier ou cette liste s’appelle, et les mots pour s’y inscrire.',
    above: ABOVE,
    done: doneOf(asked.query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <p>
          Un mot retiré n’inscrit plus personne : regardez d’abord s’il est sur une affiche. Ajouter ou
          retirer un quartier se fait dans le fichier de la ville.
        </p>
        <Form action={`${QUARTIERS}/${quartier.id}`} label={quartier.name}>
          <Seen asked={asked} />
          <Field {...field('nom')} label="Nom" required attributes={{ maxlength: 40 }} />
          {menus.map(([language]) => (
            <Field
              {...field(menuField(language))}
              label={menus.length > 1 ? `Nom dans le menu, en ${languageName(language)}` : 'Nom dans le menu'}
              hint={menus.length > 1 ? undefined : 'Plus court. Vide : le nom.'}
              required={menus.length > 1}
            />
          ))}
          <Field
            {...field('mots')}
            label="Mots à envoyer"
            hint="Séparés par une espace. En lettres ou chiffres, sans accent."
            required
            attributes={{ autocapitalize: 'characters' }}
          />
          <Button>Enregistrer</Button>
        </Form>
      </>
    ),
  };
}

async function post(asked: Asked): Promise<Made> {
  const { deps, form } = asked;
  await deps.settings.refresh();
  const quartier = quartierOf(asked);
  const given = (name: string): string => (form.get(name) ?? '').trim();
  const menus = menusOf(quartier).map(([language]) => [language, given(menuField(language))] as const);
  const one = typeof quartier.menu === 'object' ? undefined : menus[0]?.[1];
  const menu: Change['to'] | undefined = one === undefined ? Object.fromEntries(menus) : one || undefined;
  const value: Change['to'] = {
    name: given('nom'),
    ...(menu !== undefined && { menu }),
    keywords: given('mots')
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  };
  const of = { setting: 'quartier', id: quartier.id } as const;
  return changing(asked, replacing(deps.settings.current(), deps.settings.base, of, value), {
    again: (again) => page(asked, { ...again, typed: form }),
    to: `${QUARTIERS}/${quartier.id}`,
    fields: { name: 'nom', menu: menuField('fr'), keywords: 'mots' },
  });
}

export const quartierRoutes: Route[] = [
  { method: 'GET', path: `${QUARTIERS}/:id`, right: 'settings.write', make: get },
  { method: 'POST', path: `${QUARTIERS}/:id`, right: 'settings.write', make: post },
];
