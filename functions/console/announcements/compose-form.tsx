/** The form of an announcement: what is said beside what it weighs, to whom, when. */
import { announcedText, type Draft } from '../../../conversations/announcement.ts';
import { listsOf, TEST_LIST } from '../../../conversations/audience.ts';
import { places } from '../../../conversations/city.ts';
import { describeAudience, languageName } from '../../../conversations/describe-audience.ts';
import { AgeBand, Channel } from '../../../conversations/events.ts';
import { sms } from '../../../conversations/shape.ts';
import type { Deps } from '../../runtime/deps.ts';
import { channelWord } from '../../runtime/progress-words.ts';
import {
  Button,
  type Choice,
  Choices,
  FaultSummary,
  type Faults,
  Field,
  Form,
  Select,
  TextArea,
} from '../forms.tsx';
import { sentence } from '../said.ts';
import { textField } from './draft-form.ts';
import { tagOf, weightOf } from './preview.tsx';
import { KINDS, PATH, PURPOSES } from './words.ts';

export interface Composing {
  world: Deps['world'];
  action: string;
  /** What stands in the fields. */
  typed: URLSearchParams;
  /** The draft that is changed. */
  before?: Draft | undefined;
  version?: number | undefined;
  faults?: Faults;
  /** What is only to be known, by field. */
  known?: Faults;
}

const choicesOf = (names: Record<string, string>): Choice[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

export function ComposeForm({ world, action, typed, before, version, faults = {}, known = {} }: Composing) {
  const { city } = world;
  const field = (name: string) => ({ name, faults, value: typed.get(name) ?? '' });
  const several = (name: string) => ({ name, faults, values: typed.getAll(name) });
  const group = before?.audience.group ?? before?.audience.told;
  const surveys = world.surveys.all().map(({ key, topic }) => ({ value: key, label: topic.fr ?? key }));
  return (
    <>
      <FaultSummary faults={faults} />
      <Form action={action}>
        {version !== undefined && <input type="hidden" name="version" value={String(version)} />}
        <Choices {...several('genre')} one required label="Genre" choices={choicesOf(KINDS)} />
        <h2>Le texte</h2>
        <p class="hint">
          Nommez la ville. Un SMS dit comment arrêter : s’il ne le fait pas, « Fin: STOP » s’ajoute à la fin.
          Avec un sondage, sa présentation et sa première question suivent : ne les répétez pas ici.
        </p>
        {known.texts && <Known text={known.texts} />}
        <Texts {...{ world, typed, faults, known }} />
        <Select
          {...field('sondage')}
          label="Sondage dont la première question suit"
          hint="Pour une annonce de sondage seulement."
          choices={[{ value: '', label: 'Aucun' }, ...surveys]}
        />
        <h2>Pour qui</h2>
        {before && group ? (
          <p>{sentence(describeAudience(before.audience, world))}.</p>
        ) : (
          <p class="hint">Sans choix : tous les habitants inscrits. Chaque choix réduit le public.</p>
        )}
        <div class="audience">
          {!group && (
            <Choices
              {...several('listes')}
              label="Listes"
              choices={listsOf(world)
                .filter(({ id }) => id !== TEST_LIST)
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <details open={NARROW.some((name) => typed.has(name) && typed.get(name) !== '')}>
            <summary>Réduire encore</summary>
            <Choices
              {...several('quartiers')}
              label="Quartier où ils disent habiter"
              choices={places(city).map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Choices
              {...several('langues')}
              label="Langues"
              choices={[...city.languages, ...city.voices.map(({ code }) => code)].map((code) => ({
                value: code,
                label: sentence(languageName(city, code)),
              }))}
            />
            <Choices
              {...several('ages')}
              label="Âges"
              choices={AgeBand.options.map((value) => ({
                value,
                label: `${value.replace('-', ' à ').replace('+', ' et plus')} ans`.replace(
                  '60 et plus ans',
                  '60 ans et plus',
                ),
              }))}
            />
            <Choices
              {...several('canaux')}
              label="Là où ils ont écrit en dernier"
              choices={Channel.options.map((value) => ({ value, label: channelWord(value) }))}
            />
            <div class="row">
              <Field {...field('actifs')} type="date" label="Ont écrit depuis le" />
              <Field {...field('silencieux')} type="date" label="N’ont pas écrit depuis le" />
            </div>
            <Select
              {...field('repondu')}
              label="Réponse à un sondage"
              choices={[
                { value: '', label: 'Sans importance' },
                ...surveys.flatMap(({ value, label }) => [
                  { value: `oui-${value}`, label: `Ont répondu : ${label}` },
                  { value: `non-${value}`, label: `N’ont pas répondu : ${label}` },
                ]),
              ]}
            />
          </details>
        </div>
        <h2>Quand et pourquoi</h2>
        <Field
          {...field('quand')}
          type="datetime-local"
          label="Moment souhaité, à l’heure de Paris"
          hint={`La ville écrit du lundi au samedi, de ${city.sending.from} à ${city.sending.to}, hors jours fériés ; une urgence, à toute heure.`}
        />
        <TextArea
          {...field('motif')}
          rows={2}
          label="Motif d’une urgence"
          hint="Pourquoi elle n’attend pas. Deux personnes la valident."
        />
        {before ? (
          <p>
            Finalité : {PURPOSES[before.purpose]}. Elle ne change pas.
            <input type="hidden" name="finalite" value={before.purpose} />
          </p>
        ) : (
          <Choices
            {...several('finalite')}
            one
            required
            label="Finalité"
            hint="Elle ne change plus ensuite."
            choices={choicesOf(PURPOSES)}
          />
        )}
        <div class="actions">
          <Button quiet name="faire" value="brouillon">
            Enregistrer le brouillon
          </Button>
          <Button name="faire" value="proposer">
            Proposer à la validation
          </Button>
          <Button quiet name="faire" value="verifier">
            Vérifier sans enregistrer
          </Button>
        </div>
      </Form>
    </>
  );
}

const NARROW = ['quartiers', 'langues', 'ages', 'canaux', 'actifs', 'silencieux', 'repondu'];

function Texts({
  world: { city },
  typed,
  faults,
  known,
}: Required<Pick<Composing, 'world' | 'typed' | 'faults' | 'known'>>) {
  const isUsed = (language: string): boolean =>
    language === 'fr' ||
    (typed.has(textField(language)) && typed.get(textField(language)) !== '') ||
    faults[textField(language)] !== undefined;
  const one = (language: string) => <Text {...{ city, language, typed, faults, known }} />;
  const others = city.languages.filter((language) => !isUsed(language));
  return (
    <>
      <div class="texts">{city.languages.filter(isUsed).map(one)}</div>
      {others.length > 0 && (
        <details>
          <summary>Autres langues ({others.length})</summary>
          <div class="texts">{others.map(one)}</div>
        </details>
      )}
    </>
  );
}

function Text({
  city,
  language,
  typed,
  faults,
  known,
}: { city: Deps['world']['city']; language: string } & Required<
  Pick<Composing, 'typed' | 'faults' | 'known'>
>) {
  const name = textField(language);
  const text = typed.get(name) ?? '';
  return (
    <div
      hx-post={`${PATH}/poids?langue=${language}`}
      hx-trigger="input changed delay:600ms from:find textarea"
      hx-target={`#poids-${language}`}
      hx-swap="outerHTML"
    >
      <TextArea
        name={name}
        label={sentence(languageName(city, language))}
        value={text}
        language={tagOf(language)}
        required={language === 'fr'}
        faults={faults}
        rows={5}
      />
      <Weight language={language} text={text} />
      {known[name] && <Known text={known[name]} />}
    </div>
  );
}

/** As it goes out by SMS, with what says how to stop. */
export const Weight = ({ language, text }: { language: string; text: string }) => (
  <p class="under" id={`poids-${language}`}>
    {text.trim() === ''
      ? 'Rien n’est écrit.'
      : weightOf(sms(announcedText({ texts: { [language]: text }, base: language }, language, 'sms')))}
  </p>
);

const Known = ({ text }: { text: string }) => (
  <ul class="findings">
    <li>{text}</li>
  </ul>
);
