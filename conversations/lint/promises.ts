/** What a survey promises and claims: days, anonymity, price, links, the lists it is meant for. */
import { knowsHolidays, nextPermitted, parisMoment } from '../hours.ts';
import { type Finding, quoted, type Rule, type Sheet, shown } from './finding.ts';
import { isSaid, type PlacedTexts } from './texts-of.ts';

export const promises: Rule = (sheet) => [
  ...days(sheet),
  ...reminder(sheet),
  ...lists(sheet),
  ...sheet.texts
    .filter(isSaid)
    .flatMap((placed) =>
      Object.entries(placed.texts).flatMap(([language, text]) => claims(sheet, placed, language, text)),
    ),
  ...identifying(sheet),
];

function days({ survey, city, today }: Sheet): Finding[] {
  const { promise, closes, results } = survey;
  const findings: Finding[] = [];
  if (promise !== undefined && promise <= closes)
    findings.push({
      rule: 'promise-before-closing',
      severity: 'warning',
      place: 'promise',
      message: `le retour est promis pour le ${promise}, et le sondage ne se termine que le ${closes}. Promettez un jour après la clôture`,
    });
  if (promise !== undefined && !knowsHolidays(promise))
    findings.push({
      rule: 'promise-far-off',
      severity: 'warning',
      place: 'promise',
      message: `le retour est promis pour le ${promise}, si loin que les jours fériés n'en sont pas connus. Promettez un jour plus proche`,
    });
  else if (promise !== undefined) {
    const noon = parisMoment(promise, '12:00');
    if (nextPermitted(noon, city.sending).getTime() !== noon.getTime())
      findings.push({
        rule: 'promise-on-quiet-day',
        severity: 'warning',
        place: 'promise',
        message: `le ${promise} est un dimanche ou un jour férié: la ville n'envoie rien ce jour-là. Promettez un autre jour`,
      });
  }
  if (today !== undefined && closes < today)
    findings.push({
      rule: 'closed-already',
      severity: 'warning',
      place: 'closes',
      message: `le sondage est terminé depuis le ${closes}: personne ne pourra y répondre. Repoussez la date`,
    });
  if (today !== undefined && results && today <= closes)
    findings.push({
      rule: 'results-before-closing',
      severity: 'warning',
      place: 'results',
      message: `des résultats sont écrits alors que l'on peut encore répondre jusqu'au ${closes}. Attendez la clôture, ou avancez-la`,
    });
  return findings;
}

/** WhatsApp and Messenger take free text for 24 hours after a resident's last word (channels.md 0.3, 1.6). */
const WINDOW_HOURS = 24;

function reminder({ survey, city }: Sheet): Finding[] {
  const { remindAfter, languages } = survey;
  if (remindAfter === undefined || remindAfter < WINDOW_HOURS) return [];
  const approved = new Set<string>(
    city.templates.filter(({ purpose }) => purpose === 'reminder').map(({ language }) => language),
  );
  const without = languages.filter((language) => !approved.has(language));
  if (without.length === 0) return [];
  return [
    {
      rule: 'reminder-after-window',
      severity: 'warning',
      place: 'remindAfter',
      message: `la relance part après ${remindAfter} h, et WhatsApp ne prend plus de texte libre après ${WINDOW_HOURS} h. Aucun modèle de relance n'est approuvé en ${quoted(without)}. Relancez plus tôt (20 h), ou faites approuver un modèle`,
    },
  ];
}

const LINK =
  /https?:\/\/|www\.|(?<![\p{L}\p{N}@.])(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu|example)(?![\p{L}\p{N}])/iu;

function lists({ survey, city, plain, texts }: Sheet): Finding[] {
  const known = city.quartiers.map(({ id }) => id);
  const unknown = (survey.lists ?? []).flatMap((list, index): Finding[] =>
    known.includes(list)
      ? []
      : [
          {
            rule: 'unknown-list',
            severity: 'error',
            place: `lists[${index}]`,
            message: `la ville n'a pas de liste « ${list} ». Listes: ${quoted(known)}. Corrigez le nom`,
          },
        ],
  );
  if (!plain) return unknown;
  const links = texts.filter(isSaid).flatMap((placed) =>
    Object.entries(placed.texts).flatMap(([language, text]): Finding[] =>
      LINK.test(text)
        ? [
            {
              rule: 'link-in-plain',
              severity: 'warning',
              ...at(placed, language),
              message: `un lien dans un sondage pour des listes en mode simple, où beaucoup n'ont qu'un téléphone à touches: ${shown(text)}. Donnez un numéro à appeler`,
            },
          ]
        : [],
    ),
  );
  const hard = survey.questions.flatMap((question, index): Finding[] => {
    const many = 'options' in question && question.type === 'single' && question.options.length > 9;
    const toTen = question.type === 'scale' && question.max > 9;
    return question.type === 'rank' || many || toTen
      ? [
          {
            rule: 'not-plain',
            severity: 'warning',
            place: `questions[${index}]`,
            question: question.id,
            message: `en mode simple on répond par oui, par non ou par un seul chiffre, et ceci en demande plusieurs. Posez une question plus simple`,
          },
        ]
      : [];
  });
  return [...unknown, ...links, ...hard];
}

const at = (
  { place, question }: PlacedTexts,
  language: string,
): Pick<Finding, 'place' | 'language' | 'question'> => ({
  place: `${place}.${language}`,
  language,
  ...(question && { question: question.id }),
});

/** "anonymous", however it is written. */
const ANONYMOUS: Record<string, RegExp> = {
  ar: /مجهول/u,
  bn: /বেনামি|বেনামী|নামহীন/u,
  ta: /அநாமதேய|பெயரில்லா/u,
  ur: /گمنام/u,
  zh: /匿名/u,
};
const LATIN_ANONYMOUS = /an[oóô]n[iyí]m/iu;

/** Of a text in French: what answering costs, and not what the meal costs. */
const FREE =
  /(?:sms|message|réponse|répondre|répondez|envoi|envoyez)[^.!?]{0,40}gratuit|gratuit[^.!?]{0,40}(?:sms|message|réponse|répondre|envoi)/iu;
const STANDARD_RATE = /non[\s-]surtax|pas surtax|sans surtaxe|surtaxé/iu;

function claims({ survey, city }: Sheet, placed: PlacedTexts, language: string, text: string): Finding[] {
  const findings: Finding[] = [];
  if (!survey.anonymous && (ANONYMOUS[language] ?? LATIN_ANONYMOUS).test(text))
    findings.push({
      rule: 'says-anonymous',
      severity: 'error',
      ...at(placed, language),
      message: `le texte promet l'anonymat, et ce sondage n'est pas en mode anonyme: ${shown(text)}. Dites « confidentielles », ou mettez le sondage en mode anonyme`,
    });
  if (!language.startsWith('fr')) return findings;
  if (FREE.test(text))
    findings.push({
      rule: 'says-free',
      severity: 'warning',
      ...at(placed, language),
      message: `répondre n'est gratuit que si un contrat le dit: ${shown(text)}. ${city.standardRate ? 'Dites « SMS non surtaxé »' : 'Ne dites rien du prix'}`,
    });
  if (!city.standardRate && STANDARD_RATE.test(text))
    findings.push({
      rule: 'says-standard-rate',
      severity: 'error',
      ...at(placed, language),
      message: `le contrat de la ville ne garantit pas le tarif normal: ${shown(text)}. Ne dites rien du prix`,
    });
  return findings;
}

const IDENTIFIES =
  /(?<!\p{L})(?:pr[ée]noms?|noms?|t[ée]l[ée]phone|portable|adresse|e-?mail|mail|courriel|(?:date|jour) de naissance|num[ée]ro|first name|surname|name|phone|address)(?!\p{L})/iu;

/** In an anonymous survey no answer says who gave it. */
function identifying({ survey, base }: Sheet): Finding[] {
  if (!survey.anonymous) return [];
  return survey.questions.flatMap((question, index): Finding[] => {
    const open = ['text', 'number', 'date', 'place', 'media'].includes(question.type);
    if (!open || !('text' in question)) return [];
    const text = question.text[base] ?? '';
    const tells = question.type === 'place' || question.type === 'media' || IDENTIFIES.test(text);
    return tells
      ? [
          {
            rule: 'anonymous-identifies',
            severity: 'warning',
            place: `questions[${index}].text.${base}`,
            question: question.id,
            language: base,
            message: `la réponse peut dire qui l'a donnée, dans un sondage anonyme: ${shown(text)}. Demandez le quartier ou la tranche d'âge, ou enlevez la question`,
          },
        ]
      : [];
  });
}
