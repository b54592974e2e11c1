/**
 * How many questions one resident is asked. Known of surveys by SMS, none of them of a French city: Echo Mobile (Kenya)
 * sees responses fall off markedly after five questions
 * (support.echomobile.org, "Tips for constructing SMS surveys that encourage higher response rates"); in one trial in
 * North Carolina, December 2015, with 25 questions to 246 adults recruited beforehand, 45 % began and 89 % of these
 * finished (instantcensus.com/blog, "How long can text message surveys be?", 2016-06-01).
 */
import type { Question } from '../questions.ts';
import { askable, conditionsOf } from '../survey-paths.ts';
import { type Finding, type Rule, type Sheet, shown } from './finding.ts';
import { answersIn, closureOf } from './formulas.ts';

const MANY = 5;

export const length: Rule = (sheet) => {
  const most = mostAsked(sheet);
  return [...tooMany(most), ...announced(sheet, most)];
};

/** Questions whose being asked hangs on some of the same answers. */
interface Knot {
  names: Set<string>;
  questions: Question[];
}

/** On the longest way through; of a knot with too many ways to be tried, all its questions. */
function mostAsked({ survey, search }: Sheet): number {
  let most = 0;
  let knots: Knot[] = [];
  for (const question of askable(survey)) {
    const names = closureOf(survey, conditionsOf(survey, question).flatMap(answersIn));
    const touched = knots.filter((knot) => [...names].some((name) => knot.names.has(name)));
    const whole = {
      names: new Set([...names, ...touched.flatMap((knot) => [...knot.names])]),
      questions: [...touched.flatMap((knot) => knot.questions), question],
    };
    if (names.size === 0) most += 1;
    else knots = [...knots.filter((knot) => !touched.includes(knot)), whole];
  }
  for (const { names, questions } of knots) {
    let here = 0;
    const complete = search.each(names, (reckoning) => {
      here = Math.max(here, questions.filter((question) => reckoning.isRelevant(question)).length);
      return here === questions.length;
    });
    most += complete ? here : questions.length;
  }
  return most;
}

function tooMany(most: number): Finding[] {
  if (most <= MANY) return [];
  return [
    {
      rule: 'many-questions',
      severity: 'warning',
      place: 'questions',
      message: `jusqu'à ${most} questions pour une personne, c'est plus de ${MANY}. Ce que l'on sait: au Kenya, Echo Mobile voit les réponses chuter nettement après 5 questions par SMS (support.echomobile.org); aux États-Unis en 2015, avec 25 questions à 246 volontaires, 45 % ont commencé et 89 % de ceux-là ont fini (instantcensus.com). Aucun chiffre n'est connu pour une ville française. Gardez les ${MANY} plus utiles, ou faites deux sondages`,
    },
  ];
}

/** "4 questions sur …": what the invitation announces is what is asked. */
function announced({ survey }: Sheet, most: number): Finding[] {
  return ['fr', 'fr-facile', 'en'].flatMap((language): Finding[] => {
    const text = survey.intro[language];
    const [, figure] = /(?<![\p{N}.,])(\d{1,3}) questions?(?!\p{L})/iu.exec(text ?? '') ?? [];
    // Few are asked all of them, and a way that nobody can go is said elsewhere.
    const right = [most, askable(survey).length];
    if (text === undefined || figure === undefined || right.includes(Number(figure))) return [];
    return [
      {
        rule: 'announced-count',
        severity: 'warning',
        place: `intro.${language}`,
        language,
        message: `l'invitation annonce ${figure} questions, et on en pose jusqu'à ${most}: ${shown(text)}. Corrigez le nombre`,
      },
    ];
  });
}
