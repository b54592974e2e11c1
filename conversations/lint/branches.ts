/** Which questions can ever be asked: conditions that never hold, always hold, or look at what is asked later. */
import { isTrue, parseFormula } from '../expression.ts';
import { typeOf } from '../questions.ts';
import { conditionsOf, type Reckoning, relevantQuestions } from '../survey-paths.ts';
import { type Finding, quoted, type Rule, type Sheet, shown } from './finding.ts';
import { answersIn, formulasOf, laterIn, type PlacedFormula } from './formulas.ts';

export const branches: Rule = (sheet) => [
  ...laterQuestions(sheet),
  ...conditions(sheet),
  ...emptySections(sheet),
  ...nothingAsked(sheet),
];

/** The question whose turn it is when the formula is worked out: for a section, its first one. */
const turnOf = ({ survey }: Sheet, { index, section }: PlacedFormula): number => {
  if (index !== undefined) return index;
  const first = survey.questions.findIndex((question) =>
    isIn(sheetSections(survey), question.section, section?.id),
  );
  return first < 0 ? survey.questions.length : first;
};

const sheetSections = ({ sections = [] }: Sheet['survey']): Map<string, string | undefined> =>
  new Map(sections.map(({ id, section }) => [id, section]));

function isIn(
  sections: Map<string, string | undefined>,
  at: string | undefined,
  id: string | undefined,
): boolean {
  for (let each = at; each !== undefined; each = sections.get(each)) if (each === id) return true;
  return false;
}

const subject = (sheet: Sheet, { index }: PlacedFormula): Partial<Finding> =>
  index === undefined ? {} : { question: sheet.survey.questions[index]?.id };

function laterQuestions(sheet: Sheet): Finding[] {
  const { survey } = sheet;
  return formulasOf(survey).flatMap((placed) => {
    if (placed.field === 'calculation') return [];
    const later = laterIn(survey, answersIn(placed.text), turnOf(sheet, placed));
    if (later.length === 0) return [];
    return [
      {
        rule: 'later-question',
        severity: 'error' as const,
        place: placed.place,
        ...subject(sheet, placed),
        message: `la condition regarde ${quoted(later)}, dont la réponse n'est pas encore connue à ce moment: ${shown(placed.text)}. Posez cette question avant, ou changez la condition`,
      },
    ];
  });
}

function conditions(sheet: Sheet): Finding[] {
  const { survey } = sheet;
  return formulasOf(survey).flatMap((placed) => {
    if (placed.field !== 'relevant') return [];
    const part = placed.section ?? survey.questions[placed.index as number];
    if (!part) return [];
    const around = conditionsOf(survey, { ...part, relevant: undefined });
    const verdict = judged(sheet, placed.text, around);
    if (!verdict) return [];
    return [
      {
        ...said[verdict](placed.text, placed.section !== undefined),
        // false(): whoever writes that means to leave it out.
        ...(answersIn(placed.text).length === 0 && { severity: 'warning' as const }),
        place: placed.place,
        ...subject(sheet, placed),
      },
    ];
  });
}

type Verdict = 'never' | 'against' | 'always';

function judged({ search }: Sheet, own: string, around: string[]): Verdict | undefined {
  const holds = (text: string, reckoning: Reckoning): boolean => isTrue(parseFormula(text), reckoning);
  const mine = answersIn(own);
  if (search.exists(mine, (reckoning) => holds(own, reckoning), [own]) === 'no') return 'never';
  const outside = around.flatMap(answersIn);
  const open = (reckoning: Reckoning): boolean => around.every((each) => holds(each, reckoning));
  // A section that never opens is said once, at the section.
  if (around.length > 0 && search.exists(outside, open, around) === 'no') return undefined;
  const all = [...mine, ...outside];
  if (search.exists(all, (reckoning) => open(reckoning) && holds(own, reckoning), [own, ...around]) === 'no')
    return 'against';
  const closed = search.exists(all, (reckoning) => open(reckoning) && !holds(own, reckoning), [
    own,
    ...around,
  ]);
  return closed === 'no' ? 'always' : undefined;
}

const said: Record<Verdict, (text: string, section: boolean) => Omit<Finding, 'place'>> = {
  never: (text, section) => ({
    rule: 'never-asked',
    severity: 'error',
    message: `${section ? 'cette partie ne peut jamais être posée' : 'cette question ne peut jamais être posée'}: aucune réponse ne rend vraie la condition ${shown(text)}. Corrigez la condition ou supprimez ${section ? 'la partie' : 'la question'}`,
  }),
  against: (text) => ({
    rule: 'contradicts-section',
    severity: 'error',
    message: `la condition ${shown(text)} contredit celle de la partie où elle se trouve: jamais les deux ne sont vraies. Corrigez l'une des deux`,
  }),
  always: (text) => ({
    rule: 'always-asked',
    severity: 'warning',
    message: `la condition est vraie quelles que soient les réponses: ${shown(text)}. Supprimez-la, ou corrigez-la si tous ne doivent pas passer ici`,
  }),
};

function emptySections({ survey }: Sheet): Finding[] {
  const sections = sheetSections(survey);
  return (survey.sections ?? []).flatMap(({ id }, index) =>
    survey.questions.some((question) => isIn(sections, question.section, id))
      ? []
      : [
          {
            rule: 'empty-section',
            severity: 'warning' as const,
            place: `sections[${index}]`,
            message: `aucune question n'est dans la partie « ${id} ». Supprimez-la, ou rangez-y des questions`,
          },
        ],
  );
}

/** With no answer yet, something has to be asked first. */
function nothingAsked({ survey }: Sheet): Finding[] {
  if (relevantQuestions(survey, {}).length > 0) return [];
  const asks = survey.questions.some((question) => !typeOf(question).silent);
  return [
    {
      rule: 'nothing-asked',
      severity: 'error',
      place: 'questions',
      message: asks
        ? "au début, sans aucune réponse, aucune question n'a sa condition vraie: le sondage se termine aussitôt. Enlevez la condition de la première question"
        : 'ce sondage ne pose aucune question: il ne contient que des notes ou des calculs. Ajoutez au moins une question',
    },
  ];
}
