/** What a survey says of itself, in the editor: its subject, its days, its languages, what is said around the questions. */
import type { City } from '../../../conversations/city.ts';
import { baseOfDraft } from '../../../conversations/drafts/draft.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import { languages as ours } from '../../../locales/index.ts';
import { Button, Choices, Field, Select } from '../forms.tsx';
import type { Editing } from './question-fields.tsx';
import { TextsFields } from './texts-fields.tsx';

const TEXTS = [
  ['topic', 'Sujet', 'Comme dans « 2 questions sur … » : le square'],
  ['intro', 'Présentation', 'Dite avec l’invitation, avant les questions'],
] as const;
const AFTER = [
  ['thanks', 'Remerciement', 'Dit après la dernière réponse'],
  ['over', 'Quand c’est fini', 'Dit à qui vient après la clôture'],
  [
    'results',
    'Ce qui en est sorti (facultatif)',
    'Dit à qui vient après la clôture, une fois les résultats connus',
  ],
] as const;

export function BeginningFields({ editing }: { editing: Editing }) {
  return <Texts which={TEXTS} editing={editing} />;
}

export function EndFields({ editing }: { editing: Editing }) {
  return <Texts which={AFTER} editing={editing} />;
}

const Texts = ({
  which,
  editing: { survey, languages, parts },
}: {
  which: typeof TEXTS | typeof AFTER;
  editing: Editing;
}) => (
  <>
    {which.map(([field, label, hint]) => (
      <TextsFields
        name={field}
        place={field}
        label={label}
        hint={hint}
        texts={survey[field]}
        languages={languages}
        parts={parts}
      />
    ))}
  </>
);

export function DayFields({ editing: { survey }, city }: { editing: Editing; city: City }) {
  return (
    <>
      <div class="row">
        <Field name="ouvre" label="Ouvre le" type="date" required value={survey.opens} />
        <Field name="ferme" label="Ferme le soir du" type="date" required value={survey.closes} />
        <Field
          name="mot-cle"
          label="Mot-clé"
          required
          value={survey.keywords.join(' ')}
          hint="Ce que l’on envoie pour répondre : PARC"
        />
      </div>
      <details>
        <summary>Plus de réglages du sondage</summary>
        <Field
          name="promesse"
          label="Retour promis le"
          type="date"
          value={String(survey.promise ?? '')}
          hint="Dit avec le remerciement : le jour où les habitants sauront ce qui en est sorti."
        />
        <Field
          name="relance"
          label="Relance après tant d’heures de silence"
          value={String(survey.remindAfter ?? '')}
          hint="20 si rien n’est dit ; il n’y en a qu’une."
          attributes={{ inputmode: 'numeric' }}
        />
        <Choices
          name="listes"
          label="Listes concernées"
          hint="AIDE ne le propose alors qu’à elles ; le mot-clé marche pour tous."
          values={survey.lists ?? []}
          choices={city.quartiers.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Choices
          name="anonyme"
          label="Anonymat"
          hint="Pour toujours : la nuit après la clôture, les réponses sont coupées de leurs auteurs."
          values={survey.anonymous ? ['oui'] : []}
          choices={[{ value: 'oui', label: 'Sondage anonyme' }]}
        />
        <Choices
          name="ouverture"
          label="Invitation"
          values={survey.opening === 'question' ? ['oui'] : []}
          choices={[{ value: 'oui', label: 'L’invitation pose tout de suite la première question' }]}
        />
      </details>
    </>
  );
}

const REVIEWED = [
  { value: '', label: 'Rien n’est dit de sa relecture' },
  { value: 'to be reviewed', label: 'À faire relire' },
  { value: 'reviewed', label: 'Relue par une personne dont c’est la langue' },
];

/** Which languages there are, and which of them stand on this page. */
export function LanguageFields({ editing: { survey, languages }, city }: { editing: Editing; city: City }) {
  const base = baseOfDraft(survey);
  const others = survey.languages.filter((language) => language !== base);
  const free = ours.filter((each) => city.languages.includes(each) && !survey.languages.includes(each));
  return (
    <section class="card" id="languages">
      <h2>Langues</h2>
      {languages.map((language) => (
        <input type="hidden" name="montrees" value={language} />
      ))}
      {others.length > 0 && (
        <Choices
          name="montrer"
          label="À côté du texte de base, montrer"
          values={languages}
          choices={others.map((language) => ({ value: language, label: languageName(language) }))}
        />
      )}
      {others
        .filter((language) => languages.includes(language))
        .map((language) => (
          <div class="row">
            <Select
              name={`review.${language}`}
              label={`Traduction : ${languageName(language)}`}
              required
              value={survey.review?.[language] ?? ''}
              choices={REVIEWED}
            />
            <details class="aside">
              <summary>
                Retirer<span class="hidden"> la langue : {languageName(language)}</span>
              </summary>
              <Button danger name="act" value={`drop-${language}`}>
                Oui, retirer ses textes : {languageName(language)}
              </Button>
            </details>
          </div>
        ))}
      {free.length > 0 && (
        <div class="row">
          <Select
            name="nouvelle-langue"
            label="Ajouter une langue"
            required
            value={free[0]}
            choices={free.map((language) => ({ value: language, label: languageName(language) }))}
          />
          <Button quiet name="act" value="language">
            Ajouter<span class="hidden"> la langue</span>
          </Button>
        </div>
      )}
    </section>
  );
}
