/** What staff are told of a new revision: every kind of change planted, and its meaning for the results. */
import { describe, expect, it } from 'vitest';
import { type Change, changeLines, diffSurveys, KINDS } from '../../conversations/revision-diff.ts';
import type { Survey } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';
import { twoRevisions } from '../support/two-revisions.ts';

const square = localWorld().surveys.latest('square') as Survey;
/** The shipped survey with one thing changed in a copy of it. */
function changed(change: (survey: Survey) => unknown): Change[] {
  const copy = structuredClone(square);
  change(copy);
  return diffSurveys(square, copy);
}
const question = (survey: Survey, id: string) =>
  survey.questions.find((each) => each.id === id) as unknown as Record<string, unknown> & {
    options: { id: string; label: Record<string, string> }[];
  };
const text = (id: string) => ({ id, type: 'text' as const, text: { fr: `Quoi de ${id}?` } });

const planted: [string, (survey: Survey) => unknown, Partial<Change>[]][] = [
  ['nothing', () => undefined, []],
  [
    'only the number of the revision',
    (survey) => {
      survey.revision = 7;
    },
    [],
  ],
  [
    'an earlier end',
    (survey) => {
      survey.closes = '2026-12-01';
    },
    [{ kind: 'survey', what: `clôture: ${square.closes} devient 2026-12-01` }],
  ],
  [
    'anonymous from now on',
    (survey) => {
      survey.anonymous = true;
    },
    [{ kind: 'survey', what: 'devient anonyme', warning: true }],
  ],
  [
    'a question more',
    (survey) => survey.questions.push(text('budget')),
    [
      {
        kind: 'added',
        question: 'budget',
        what: 'budget: question ajoutée',
        results: 'nouvelle colonne: vide (-2, non posé) pour qui a répondu à une révision plus ancienne',
      },
    ],
  ],
  [
    'a question less',
    (survey) => survey.questions.pop(),
    [{ kind: 'removed', question: 'mot', what: 'mot: question retirée' }],
  ],
  [
    'the last question first',
    (survey) => survey.questions.unshift(survey.questions.pop() as Survey['questions'][number]),
    [{ kind: 'moved', question: 'mot', what: 'mot: question déplacée, de la place 4 à la place 1' }],
  ],
  [
    'the same question under another id',
    (survey) => {
      question(survey, 'mot').id = 'avis';
    },
    [
      {
        kind: 'added',
        question: 'avis',
        what: 'avis: question ajoutée, la même que mot sous un autre identifiant',
        warning: true,
      },
      { kind: 'removed', question: 'mot' },
    ],
  ],
  [
    'another type under the same id',
    (survey) => {
      survey.questions[3] = { id: 'mot', type: 'yesno', text: { fr: 'Un mot?' } };
    },
    [{ kind: 'retyped', question: 'mot', what: 'mot: le type text devient yesno', warning: true }],
  ],
  [
    'a text in one language',
    (survey) => {
      (question(survey, 'mot').text as Record<string, string>).tr = 'Eklemek istediğiniz?';
    },
    [{ kind: 'text', question: 'mot', results: 'les réponses restent dans la même colonne' }],
  ],
  [
    'a text in French',
    (survey) => {
      (question(survey, 'mot').text as Record<string, string>).fr = 'Un mot?';
    },
    [
      {
        kind: 'text',
        question: 'mot',
        results:
          "les réponses restent dans la même colonne; si la question n'est plus la même, donnez-lui un autre identifiant",
      },
    ],
  ],
  [
    'an option more',
    (survey) => question(survey, 'frequence').options.push({ id: 'nuit', label: { fr: 'la nuit' } }),
    [{ kind: 'option-added', question: 'frequence', what: 'frequence: option ajoutée « nuit »' }],
  ],
  [
    'an option less',
    (survey) => question(survey, 'frequence').options.pop(),
    [{ kind: 'option-removed', question: 'frequence' }],
  ],
  [
    'an option under another id',
    (survey) => {
      (question(survey, 'frequence').options[0] as { id: string }).id = 'autrement';
    },
    [
      { kind: 'option-added', question: 'frequence', warning: true },
      { kind: 'option-removed', question: 'frequence' },
    ],
  ],
  [
    'an option renamed in French',
    (survey) => {
      (question(survey, 'frequence').options[0] as { label: Record<string, string> }).label.fr = 'ailleurs';
    },
    [{ kind: 'option-renamed', question: 'frequence', warning: true }],
  ],
  [
    'two options the other way round',
    (survey) => question(survey, 'frequence').options.reverse(),
    [{ kind: 'option-moved', question: 'frequence' }],
  ],
  [
    'who is asked',
    (survey) => {
      question(survey, 'mot').relevant = '${securite} < 3';
    },
    [
      {
        kind: 'condition',
        question: 'mot',
        what: 'mot: relevant (rien) devient « ${securite} < 3 »',
        results: "la question est posée à d'autres habitants: comparez les révisions avec prudence",
      },
    ],
  ],
  [
    'a longer scale: other codes',
    (survey) => {
      question(survey, 'securite').max = 9;
    },
    [
      {
        kind: 'limits',
        question: 'securite',
        results: 'deux colonnes: les codes ne sont plus les mêmes, les anciennes réponses restent à part',
        warning: true,
      },
    ],
  ],
  [
    'a section with a condition',
    (survey) => {
      survey.sections = [{ id: 'fin', relevant: '${securite} < 3' }];
    },
    [{ kind: 'section', what: 'partie fin: ajoutée' }],
  ],
];

describe('the changes between two revisions', () => {
  it.each(planted)('%s', (_what, change, expected) => {
    expect(changed(change)).toEqual(expected.map((each) => expect.objectContaining(each)));
  });

  it('has a case for every kind there is', () => {
    expect(new Set(planted.flatMap(([, , expected]) => expected.map(({ kind }) => kind)))).toEqual(
      new Set(KINDS),
    );
  });

  it('reads as lines, what is to be looked at marked', () => {
    const [before, after] = twoRevisions.surveys.every() as [Survey, Survey];
    const lines = changeLines(diffSurveys(before, after));
    expect(lines).toEqual(
      expect.arrayContaining([
        '- temperature: question ajoutée → nouvelle colonne: vide (-2, non posé) pour qui a répondu à une révision plus ancienne',
        '- ancien: question retirée → la colonne reste, après les autres: vide (-2, non posé) pour les révisions suivantes',
        '! note: max « 10 » devient « 5 » → deux colonnes: les codes ne sont plus les mêmes, les anciennes réponses restent à part',
      ]),
    );
  });
});
