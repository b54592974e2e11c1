/** WhatsApp templates: staff copy what Meta has approved, with its identifier at Twilio. */
import { languageName } from '../../../conversations/preview/transcript.ts';
import { Button, FaultSummary, Field, Form, Select } from '../forms.tsx';
import { Table } from '../list.tsx';
import { type Asked, doneOf, type Made, type Page, type Route } from '../page.ts';
import {
  ABOVE,
  type Again,
  changing,
  choicesOf,
  DONE,
  PATH,
  Seen,
  shownBy,
  TakeOff,
  takenIn,
} from './changing.tsx';
import { CATEGORIES, PURPOSES } from './said.ts';

export const TEMPLATES = `${PATH}/modeles`;
const OFF = `${TEMPLATES}/retirer`;
const FIELDS = {
  purpose: 'pour',
  category: 'categorie',
  language: 'langue',
  contentSid: 'identifiant',
  variables: 'variable1',
};
const FILLED = { text: 'le texte du message', city: 'le nom de la ville', phone: 'le téléphone de la ville' };
const VARIABLES = ['variable1', 'variable2', 'variable3'];

function page(asked: Asked, { faults, status }: Again): Page {
  const { deps, form: typed, query } = asked;
  const { templates, languages } = deps.settings.current().city;
  const field = (name: string) => ({ name, value: typed.get(name) ?? '', faults });
  return {
    ...(status && { status }),
    title: 'Modèles WhatsApp',
    purpose:
      'Les textes que Meta a approuvés, pour écrire à un habitant après 24 heures sans message de lui.',
    above: ABOVE,
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        {templates.length > 0 && (
          <Table caption="Modèles WhatsApp" heads={['Pour', 'Langue', 'Identifiant', { hidden: 'Retirer' }]}>
            {templates.map((template) => (
              <tr>
                <th scope="row">{PURPOSES[template.purpose]}</th>
                <td>{languageName(template.language)}</td>
                <td>
                  <code>{template.contentSid}</code>
                </td>
                <td>
                  <TakeOff
                    asked={asked}
                    action={OFF}
                    label={`Retirer le modèle ${PURPOSES[template.purpose]}, ${languageName(template.language)}`}
                    what={JSON.stringify(template)}
                  />
                </td>
              </tr>
            ))}
          </Table>
        )}
        <h2>Ajouter un modèle</h2>
        <p>
          Faites-le d’abord approuver par Meta. Dans le modèle, une variable n’est jamais au début, à la fin
          ni à côté d’une autre.
        </p>
        <Form action={TEMPLATES} label="Ajouter un modèle">
          <Seen asked={asked} />
          <Select {...field('pour')} label="Pour" required choices={choicesOf(PURPOSES)} />
          <Select {...field('categorie')} label="Catégorie" required choices={choicesOf(CATEGORIES)} />
          <Select
            {...field('langue')}
            label="Langue"
            required
            choices={choicesOf(Object.fromEntries(languages.map((each) => [each, languageName(each)])))}
          />
          <Field
            {...field('identifiant')}
            label="Identifiant"
            hint="Le « content SID » de Twilio : HX et 32 chiffres ou lettres."
            required
            attributes={{ autocapitalize: 'none', maxlength: 34 }}
          />
          {VARIABLES.map((name, index) => (
            <Select
              {...field(name)}
              label={`Variable ${index + 1}`}
              choices={choicesOf(FILLED, 'Il n’y en a pas')}
            />
          ))}
          <Button>Ajouter ce modèle</Button>
        </Form>
      </>
    ),
  };
}

function add(asked: Asked): Promise<Made> {
  const given = (name: string): string => (asked.form.get(name) ?? '').trim();
  const variables = Object.fromEntries(
    VARIABLES.flatMap((name, index) => (given(name) ? [[String(index + 1), given(name)]] : [])),
  );
  const to = {
    purpose: given('pour'),
    category: given('categorie'),
    language: given('langue'),
    contentSid: given('identifiant'),
    variables,
  };
  return changing(
    asked,
    { setting: 'templates', from: null, to },
    {
      again: (again) => page(asked, again),
      to: TEMPLATES,
      fields: FIELDS,
    },
  );
}

const off = (asked: Asked): Promise<Made> =>
  changing(
    asked,
    { setting: 'templates', from: takenIn(asked), to: null },
    {
      again: (again) => page(asked, again),
      to: TEMPLATES,
    },
  );

export const templateRoutes: Route[] = [
  { method: 'GET', path: TEMPLATES, right: 'settings.write', make: shownBy(page) },
  { method: 'POST', path: TEMPLATES, right: 'settings.write', make: add },
  { method: 'POST', path: OFF, right: 'settings.write', make: off },
];
