/** What residents write for what they mean, in five languages and several ways each. */
import type { Tongue } from '../support/twelve.ts';
import type { Asked, Value } from './way.ts';

type ByTongue<T> = Record<Tongue, T>;

const NUMBERS: ByTongue<string[]> = {
  fr: ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
  ar: ['صفر', 'واحد', 'اثنان', 'ثلاثة', 'أربعة', 'خمسة', 'ستة', 'سبعة', 'ثمانية'],
  tr: ['sıfır', 'bir', 'iki', 'üç', 'dört', 'beş', 'altı', 'yedi', 'sekiz'],
  pt: ['zero', 'um', 'dois', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito'],
};
export const AREAS: ByTongue<string[]> = {
  fr: ['nord', 'centre', 'sud', 'ailleurs'],
  en: ['north', 'centre', 'south', 'elsewhere'],
  ar: ['الشمال', 'الوسط', 'الجنوب', 'مكان آخر'],
  tr: ['kuzey', 'merkez', 'güney', 'başka yer'],
  pt: ['norte', 'centro', 'sul', 'outro lugar'],
};
const MEANS: ByTongue<string[]> = {
  fr: ['à pied', 'en bus', 'à vélo', 'en voiture', 'autre'],
  en: ['on foot', 'by bus', 'by bike', 'by car', 'other'],
  ar: ['مشيا', 'بالحافلة', 'بالدراجة', 'بالسيارة', 'غير ذلك'],
  tr: ['yürüyerek', 'otobüsle', 'bisikletle', 'arabayla', 'başka'],
  pt: ['a pé', 'de autocarro', 'de bicicleta', 'de carro', 'outro'],
};
const AND: ByTongue<string> = { fr: ' et ', en: ' and ', ar: ' و ', tr: ' ve ', pt: ' e ' };
const YES: ByTongue<string> = { fr: 'Oui !', en: 'yes please', ar: 'نعم', tr: 'evet', pt: 'sim' };
const NO: ByTongue<string> = { fr: 'non merci', en: 'No', ar: 'لا', tr: 'hayır', pt: 'não' };
const DECEMBER: ByTongue<(day: number) => string> = {
  fr: (day) => `le ${day} décembre`,
  en: (day) => `${day} December`,
  ar: (day) => `${day} ديسمبر`,
  tr: (day) => `${day} Aralık`,
  pt: (day) => `${day} de dezembro`,
};

/** Passing in words, where a 0 would be a number. */
export const PASS: ByTongue<string> = { fr: 'passer', en: 'skip', ar: 'تخطي', tr: 'geç', pt: 'passar' };
export const UNSURE: ByTongue<string> = {
  fr: 'je ne sais pas',
  en: "I don't know",
  ar: 'لا أعرف',
  tr: 'bilmiyorum',
  pt: 'não sei',
};
export const STOP: ByTongue<string> = {
  fr: 'STOP',
  en: 'Stop',
  ar: 'توقف',
  tr: 'durdur',
  pt: 'parar',
};
export const TOMORROW: ByTongue<string> = {
  fr: 'demain',
  en: 'tomorrow',
  ar: 'غدا',
  tr: 'yarın',
  pt: 'amanhã',
};
/** What nobody can make anything of. */
export const NONSENSE = ['zgrblx', '??!', 'qsdf wxcv jklm'];

export const WRONG: ByTongue<string[]> = {
  fr: ["C'est trop cher", 'pas assez de place; et du bruit', '=trop petit'],
  en: ['Too expensive', 'Not enough room', 'the queue is too long'],
  ar: ['الأسعار مرتفعة', 'المكان ضيق', 'ازدحام كبير'],
  tr: ['Çok pahalı', 'Yer az', 'çok kalabalık'],
  pt: ['É muito caro', 'Pouco espaço', 'há demasiada gente'],
};
export const PLACES: ByTongue<string[]> = {
  fr: ['devant la mairie', '12 allée Maurice Audin', "à côté de l'école"],
  en: ['in front of the station', '12 allée Maurice Audin', 'near the pool'],
  ar: ['أمام البلدية', 'قرب المدرسة', 'في الحديقة'],
  tr: ['belediyenin önünde', 'okulun yanında', 'parkın girişi'],
  pt: ['em frente à câmara', 'ao lado da escola', 'na entrada do parque'],
};
export const OTHERS: ByTongue<string> = {
  fr: 'en trottinette',
  en: 'by scooter',
  ar: 'بالسكوتر',
  tr: 'skuterle',
  pt: 'de trotinete',
};

const ARABIC_INDIC = '٠١٢٣٤٥٦٧٨٩';
const digits = (number: number, tongue: Tongue, way: number): string =>
  tongue === 'ar' && way % 2 === 1
    ? String(number)
        .replace('.', '٫')
        .replace(/\d/g, (digit) => ARABIC_INDIC[Number(digit)] as string)
    : String(number);

/** One number, as figures, as a word, or with an emoji's dress. */
function oneNumber(number: number, tongue: Tongue, way: number): string {
  const word = NUMBERS[tongue][number];
  return [digits(number, tongue, way), word ?? String(number), `${number}\uFE0F\u20E3`][way % 3] as string;
}

/** `shown`: the numbers under which the options stand, for what is chosen from a list that was filtered. */
export function written(
  id: Asked,
  value: Value,
  { tongue, way, shown = [] }: { tongue: Tongue; way: number; shown?: number[] },
): string {
  switch (id) {
    case 'secteur':
      return way % 4 === 3
        ? (AREAS[tongue][Number(value) - 1] as string)
        : oneNumber(Number(value), tongue, way);
    case 'arret':
      return oneNumber(shown[0] as number, tongue, way);
    case 'foyer':
    case 'enfants':
    case 'avis':
      return oneNumber(Number(value), tongue, way % 2);
    case 'livraison':
      return [value ? '1' : '2', (value ? YES : NO)[tongue], value ? '👍' : '👎'][way % 3] as string;
    case 'moyens':
      return several(value as number[], MEANS[tongue], tongue, way);
    case 'ordre':
      if (way % 3 === 2) return (value as number[]).map((each) => MEANS[tongue][each - 1]).join(', ');
      return shown.map((each) => digits(each, tongue, way)).join(way % 3 === 1 ? ', ' : ' ');
    case 'depense':
      return amount(Number(value), tongue, way);
    case 'visite':
      return day(String(value), tongue, way);
    default:
      return String(value);
  }
}

/** "1,3 et 6", "1 3 6", "à pied, en bus" */
function several(numbers: number[], labels: string[], tongue: Tongue, way: number): string {
  if (way % 3 === 2) return numbers.map((each) => labels[each - 1]).join(', ');
  const all = numbers.map((each) => digits(each, tongue, way));
  if (way % 3 === 1 || all.length < 2) return all.join(' ');
  return `${all.slice(0, -1).join(',')}${AND[tongue]}${all.at(-1)}`;
}

function amount(value: number, tongue: Tongue, way: number): string {
  const plain = digits(value, tongue, way);
  if (way % 3 === 0) return tongue === 'en' ? plain : plain.replace('.', ',');
  return way % 3 === 1 ? plain : `${String(value).replace('.', tongue === 'en' ? '.' : ',')} euros`;
}

/** "12/12", "12/12/2026", "le 12 décembre" */
function day(value: string, tongue: Tongue, way: number): string {
  const [year, month, date] = value.split('-').map(Number) as [number, number, number];
  return [`${date}/${month}`, DECEMBER[tongue](date), `${date}/${month}/${year}`][way % 3] as string;
}
