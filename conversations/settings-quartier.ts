/** What a quartier may be called: a menu that fits in one SMS, and words that mean nothing else. */
import { Keyword, tooLongMenu } from './city.ts';
import { type Change, isSame, valueIn, withChange } from './settings.ts';
import type { Around, Fault } from './settings-rules.ts';
import { heardAs } from './understand/heard-as.ts';
import { liveKeywords } from './understand/keywords.ts';
import { normaliseName } from './understand/normalise.ts';

const LONGEST_NAME = 40;

export function quartierFaults(change: Change, around: Around): Fault[] {
  const { base, settings } = around;
  const now = valueIn(settings.city, change);
  const after = change.to ?? valueIn(base, change);
  if (now === null || after === null)
    return [{ place: '', message: 'Ce quartier n’est pas dans le fichier de la ville.' }];
  if (isSame(now, after)) return [{ place: '', message: 'C’est déjà le réglage : rien n’a changé.' }];
  const { name, menu, keywords } = after as {
    name: string;
    menu?: string | Record<string, string>;
    keywords: string[];
  };
  const faults: Fault[] = [];
  if (name.trim() === '' || name.length > LONGEST_NAME)
    faults.push({ place: 'name', message: `Un nom de 1 à ${LONGEST_NAME} caractères.` });
  if (
    menu !== undefined &&
    [menu]
      .flatMap((each) => (typeof each === 'string' ? [each] : Object.values(each)))
      .some((each) => each.trim() === '')
  )
    faults.push({ place: 'menu', message: 'Un nom court, dans chaque langue où il y en a un.' });
  const wrong = wrongWords(keywords, now as { keywords: string[] }, change.id, around);
  if (wrong) faults.push({ place: 'keywords', message: wrong });
  if (faults.length > 0) return faults;
  const whole = withChange(base, settings, change);
  if ('city' in whole) return [];
  // The schema has nothing else to say of names: the menu is too long.
  const long = tooLongMenu({
    ...settings.city,
    quartiers: settings.city.quartiers.map((each) =>
      each.id === change.id ? { ...each, ...(after as object) } : each,
    ),
  });
  return long
    ? [
        {
          place: menu === undefined ? 'name' : 'menu',
          message: `La question qui propose tous les quartiers prendrait ${long.parts} SMS (${long.units} caractères), un seul est permis : donnez un nom plus court.`,
        },
      ]
    : [];
}

/** Only new words are looked at: those that stand are on posters. */
function wrongWords(
  keywords: string[],
  before: { keywords: string[] },
  id: string | undefined,
  { settings: { city }, surveys, lives }: Around,
): string | undefined {
  if (keywords.length === 0) return 'Gardez au moins un mot : les habitants s’inscrivent avec.';
  if (new Set(keywords).size < keywords.length) return 'Un mot est écrit deux fois.';
  for (const keyword of keywords.filter((each) => !before.keywords.includes(each))) {
    if (!Keyword.safeParse(keyword).success)
      return `« ${keyword} » : 2 à 20 lettres ou chiffres, sans accent ni espace.`;
    const heard = heardAs(keyword, city.languages);
    if (heard)
      return `« ${keyword} » est ${heard.as === 'command' ? 'une commande du service' : 'une réponse de tous les jours'} pour qui parle « ${heard.language} ». Choisissez un autre mot.`;
    const plain = normaliseName(keyword);
    const isOf = (words: readonly string[]): boolean => words.some((word) => normaliseName(word) === plain);
    const by =
      city.quartiers.filter((each) => each.id !== id).find((each) => isOf([each.name, ...each.keywords]))
        ?.name ??
      (city.commands.some((each) => isOf(each.keywords)) ? 'une commande de la ville' : undefined) ??
      surveys.find((each) => isOf(each.keywords))?.key ??
      lives.find((each) => liveKeywords(each.keyword).includes(plain))?.id;
    if (by) return `« ${keyword} » sert déjà : ${by}. Choisissez un autre mot.`;
  }
  return undefined;
}
