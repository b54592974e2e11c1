/**
 * What only some languages do, as data: endings written onto a word, words said behind what they belong to, numbers
 * with a part in one word. Owns no reading of them, which is in `conversations/understand/`.
 */
import type { Language } from './index.ts';

/** What an ending adds to its word: "and", "with", "and a half", "of us", or that there are several. */
export type Says = 'and' | 'with' | 'half' | 'we' | 'many';

export interface Grammar {
  /** Endings that change nothing of what a word means to us: case, politeness, emphasis. */
  endings?: string[];
  saying?: Partial<Record<Says, string[]>>;
  /** "and" between people, beside what Intl says. */
  joins?: string[];
  /** "with", said behind the companion. */
  behind?: string[];
  /** Two people in one word: "my parents". */
  pairs?: string[];
  /** "there is none", beside what is counted. */
  naught?: string[];
  /** Verbs that say "I come". */
  coming?: string[];
  /** Numbers with a part: one and a half. */
  parted?: Record<string, number>;
  /** Behind the highest mark: "5 üzerinden 4". */
  outOf?: string[];
}

export const grammar: Partial<Record<Language, Grammar>> = {
  tr: {
    coming: [
      'geliyorum',
      'gelirim',
      'geleceğim',
      'gelicem',
      'gelcem',
      'gelecem',
      'katılacağım',
      'katılıyorum',
      'geliyom',
    ],
    endings: [
      ...[
        'ı',
        'i',
        'u',
        'ü',
        'yı',
        'yi',
        'yu',
        'yü',
        'a',
        'e',
        'ya',
        'ye',
        'na',
        'ne',
        'nı',
        'ni',
        'nu',
        'nü',
      ],
      ...['da', 'de', 'ta', 'te', 'dan', 'den', 'tan', 'ten', 'nda', 'nde', 'ında', 'inde', 'unda', 'ünde'],
      ...['ın', 'in', 'un', 'ün', 'nın', 'nin', 'nun', 'nün', 'sı', 'si', 'su', 'sü', 'ım', 'im', 'um', 'üm'],
      ...['m', 'mız', 'miz', 'muz', 'müz', 'ımız', 'imiz', 'dır', 'dir', 'dur', 'dür', 'tır', 'tir', 'sını'],
      ...['sini', 'sunu', 'sünü', 'sında', 'sinde', 'nci', 'ncı', 'cu', 'ci', 'cı', 'cü'],
    ],
    saying: {
      with: ['la', 'le', 'yla', 'yle', 'mla', 'mle', 'nla', 'nle'],
      many: ['lar', 'ler', 'ları', 'leri', 'larım', 'lerim'],
      we: ['ümüz', 'ımız', 'imiz', 'umuz'],
    },
    joins: ['ve', 'artı'],
    behind: ['ile', 'ile birlikte', 'ile beraber', 'birlikte', 'beraber'],
    pairs: ['anne babam', 'anne baba', 'ebeveynlerim'],
    naught: ['yok', 'hiç yok', 'yoktur', 'hiç'],
    outOf: ['üzerinden', 'te', 'de', 'ta', 'da', 'den', 'ten'],
  },
  ar: {
    coming: [
      'نجي',
      'غادي نجي',
      'راني جاي',
      'سآتي',
      'سأحضر',
      'آتي',
      'نحضر',
      'nji',
      'ghadi nji',
      'ghanji',
      'rani jay',
      'jay',
    ],
    joins: ['و', 'w', 'wa', 'plus', 'زائد'],
    pairs: [
      'والدي ووالدتي',
      'الوالدين',
      'والديا',
      'walidia',
      'lwalidin',
      'mama w baba',
      'ماما وبابا',
      'بابا وماما',
    ],
    naught: [
      ...['ما عندي', 'ما عنديش', 'ماعنديش', 'ماعندي', 'معنديش', 'ليس لدي', 'ليس عندي', 'لا يوجد', 'ما كاينش'],
      ...[
        'ماكاينش',
        'ma3andich',
        'ma 3andich',
        'ma3andi',
        'makayn',
        'ماكاين',
        'ما كاين',
        'ما فيش',
        'مافيش',
        'بدون',
      ],
    ],
  },
  ur: {
    coming: [
      'آؤں گا',
      'آؤں گی',
      'آ رہا ہوں',
      'آ رہی ہوں',
      'aaunga',
      'aaungi',
      'aunga',
      'aungi',
      'aa raha hoon',
      'aa rahi hoon',
    ],
    endings: ['وں', 'یں', 'ے', 'ی', 'on', 'en', 'e', 'ko', 'کو', 'میں', 'پر', 'سے'],
    saying: { many: ['وں', 'on'] },
    joins: ['اور', 'aur', 'or', 'و', 'plus', 'جمع'],
    behind: ['ساتھ', 'کے ساتھ', 'saath', 'sath', 'ke saath', 'ke sath', 'k sath', 'k saath', 'sath me'],
    pairs: ['والدین', 'walidain', 'ماں باپ', 'maa baap', 'امی ابو', 'ammi abbu', 'ami abu', 'ammi abu'],
    naught: ['نہیں', 'نہیں ہے', 'نہیں ہیں', 'nahi', 'nahi hai', 'nahi hain', 'nahin', 'nai', 'nhi'],
    parted: {
      ڈیڑھ: 1.5,
      ڈھائی: 2.5,
      اڑھائی: 2.5,
      derh: 1.5,
      dedh: 1.5,
      dhai: 2.5,
      dhaai: 2.5,
      arhai: 2.5,
    },
    outOf: ['میں سے', 'mein se', 'me se', 'main se', 'mai se', 'میں', 'mein'],
  },
  ta: {
    coming: ['வருவேன்', 'வருகிறேன்', 'வருவன்', 'வாறன்', 'வர்றேன்', 'varuven', 'varuvan', 'varen', 'varren'],
    endings: [
      ...['ில்', 'ில', 'ல்', 'ல', 'ை', 'யை', 'வை', 'ுக்கு', 'க்கு', 'ுக்குத்', 'ின்', 'யின்', 'தான்', 'ங்க', 'ாங்க', 'ா'],
      ...['ஆவது', 'ாவது', 'வது', 'ே', 'ோ', 'ுங்க', 'ாக', 'ால்', 'யில்', 'வில்', 'த்தில்', 'க்குள்ள', 'ுல'],
      ...[
        'la',
        'le',
        'il',
        'ku',
        'kku',
        'ukku',
        'ai',
        'nga',
        'dhan',
        'than',
        'thaan',
        'a',
        'avathu',
        'vathu',
      ],
    ],
    saying: {
      and: ['ும்', 'யும்', 'வும்', 'um', 'yum', 'vum'],
      with: ['ுடன்', 'யுடன்', 'வுடன்', 'ோட', 'யோட', 'வோட', 'ோடு', 'யோடு', 'வோடு', 'udan', 'oda', 'yoda', 'voda'],
      half: ['ரை', 'arai', 'ara'],
      many: ['கள்', 'ங்கள்', 'ங்க', 'gal', 'kal', 'nga'],
    },
    joins: ['மற்றும்', 'உம்', 'matrum', 'plus'],
    behind: ['உடன்', 'கூட', 'ஓட', 'udan', 'kooda', 'kuda', 'koode', 'oda', 'சேர்ந்து', 'serndhu'],
    pairs: ['பெற்றோர்', 'அம்மா அப்பா', 'அப்பா அம்மா', 'amma appa', 'appa amma', 'petror'],
    naught: [
      'இல்லை',
      'இல்ல',
      'கிடையாது',
      'இல்லைங்க',
      'illai',
      'illa',
      'ille',
      'kidaiyathu',
      'ஒண்டும் இல்ல',
      'ஒண்டும் இல்லை',
    ],
    parted: {
      இரண்டரை: 2.5,
      ரெண்டரை: 2.5,
      ஒன்றரை: 1.5,
      ஒண்ணரை: 1.5,
      ஒன்னரை: 1.5,
      onnarai: 1.5,
      onnara: 1.5,
      rendarai: 2.5,
      rendara: 2.5,
    },
    outOf: ['க்கு', 'இல்', 'ல்', 'ல', 'ku', 'kku', 'la', 'il'],
  },
  bn: {
    coming: ['আসব', 'আসবো', 'আসছি', 'যাব', 'যাবো', 'asbo', 'aschi', 'jabo', 'ashbo'],
    endings: [
      ...['টা', 'টি', 'টাই', 'টার', 'টাকে', 'টাতে', 'টায়', 'টিই', 'ই', 'ও', 'ে', 'তে', 'ের', 'র', 'কে', 'য়', 'য়ের'],
      ...[
        'জন',
        'জনের',
        'জনই',
        'নম্বর',
        'নাম্বার',
        'খানা',
        'ই',
        'গুলো',
        'গুলোই',
        'ো',
        'ta',
        'ti',
        'tai',
        'te',
        'er',
        'ke',
      ],
    ],
    saying: { many: ['রা', 'দের', 'গুলো', 'গুলি', 'গুলা', 'রাও', 'দেরকে', 'ra', 'der', 'gulo', 'guli'] },
    joins: ['আর', 'ও', 'এবং', 'ar', 'o', 'ebong', 'r', 'যোগ', 'plus'],
    behind: [
      ...[
        'সাথে',
        'সঙ্গে',
        'এর সাথে',
        'এর সঙ্গে',
        'নিয়ে',
        'কে নিয়ে',
        'sathe',
        'songe',
        'shathe',
        'er sathe',
        'er songe',
      ],
      ...['er shathe', 'niye', 'ke niye', 'nie'],
    ],
    pairs: ['বাবা মা', 'মা বাবা', 'আব্বা আম্মা', 'আম্মা আব্বা', 'আব্বু আম্মু', 'আম্মু আব্বু', 'baba ma', 'ma baba', 'abbu ammu'],
    naught: ['না', 'নাই', 'নেই', 'নাইকা', 'কোনো নাই', 'nai', 'nei', 'na'],
    parted: { দেড়: 1.5, আড়াই: 2.5, der: 1.5, derh: 1.5, arai: 2.5, arhai: 2.5 },
    outOf: ['এর মধ্যে', 'এ', 'এর ভিতর', 'er moddhe', 'e', 'er modde', 'মধ্যে', 'তে', 'র মধ্যে', 'moddhe'],
  },
  zh: {
    joins: ['和', '跟', '与', '还有', '加', '加上', '及', '带', '带着'],
    pairs: ['爸妈', '父母', '爸爸妈妈', '妈妈爸爸', '双亲', '岳父岳母', '公婆', '爷爷奶奶'],
    naught: ['没有', '沒有', '没', '无', '一个也没有', '一个都没有'],
    outOf: ['满分', '分满分', '分里', '分中', '分里面', '分制'],
  },
};
