/**
 * A survey of twelve questions in five languages, with all that makes a survey hard: a section that closes, a choice
 * filter, a number held to an earlier one, a calculation, a ranking of what was chosen, a day, a place.
 */
import type { World } from '../../conversations/moment.ts';
import { readSurvey, type Survey, surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';

export const LANGUAGES = ['fr', 'en', 'ar', 'tr', 'pt'] as const;
export type Tongue = (typeof LANGUAGES)[number];

const t = (fr: string, en: string, ar: string, tr: string, pt: string) => ({ fr, en, ar, tr, pt });
const option = (id: string, label: object, more: object = {}) => ({ id, label, ...more });
const stop = (id: string, secteur: string, label: object) => option(id, label, { columns: { secteur } });

const MEANS = [
  option('pied', t('à pied', 'on foot', 'مشيا', 'yürüyerek', 'a pé')),
  option('bus', t('en bus', 'by bus', 'بالحافلة', 'otobüsle', 'de autocarro')),
  option('velo', t('à vélo', 'by bike', 'بالدراجة', 'bisikletle', 'de bicicleta')),
  option('voiture', t('en voiture', 'by car', 'بالسيارة', 'arabayla', 'de carro')),
  option('autre', t('autre', 'other', 'غير ذلك', 'başka', 'outro'), { other: true }),
];

const data = {
  key: 'halle',
  revision: 1,
  keywords: ['HALLE'],
  opens: '2026-11-01',
  closes: '2026-12-31',
  languages: [...LANGUAGES],
  topic: t('la halle', 'the market hall', 'سوق الحي', 'pazar yeri', 'o mercado'),
  intro: t(
    'des questions sur la future halle du marché. 3 minutes, réponses confidentielles.',
    'questions about the new market hall. 3 minutes, answers kept confidential.',
    'أسئلة عن سوق الحي الجديد. 3 دقائق، والإجابات سرية.',
    'yeni pazar yeri için sorular. 3 dakika, cevaplar gizli.',
    'perguntas sobre o novo mercado. 3 minutos, respostas confidenciais.',
  ),
  thanks: t(
    'Vos réponses vont aux architectes.',
    'Your answers go to the architects.',
    'إجاباتكم تصل إلى المهندسين.',
    'Cevaplarınız mimarlara gidiyor.',
    'As suas respostas vão para os arquitetos.',
  ),
  promise: '2027-01-15',
  over: t(
    'Ce sondage est fini.',
    'This survey is over.',
    'انتهى هذا الاستطلاع.',
    'Bu anket bitti.',
    'Este inquérito acabou.',
  ),
  sections: [
    { id: 'foyers', relevant: "${secteur} != 'ailleurs'" },
    {
      id: 'halles',
      title: t('La future halle', 'The new hall', 'السوق الجديد', 'Yeni pazar yeri', 'O novo mercado'),
    },
  ],
  questions: [
    {
      id: 'secteur',
      type: 'single',
      text: t('Votre secteur?', 'Your area?', 'حيّكم؟', 'Bölgeniz?', 'A sua zona?'),
      options: [
        option('nord', t('nord', 'north', 'الشمال', 'kuzey', 'norte')),
        option('centre', t('centre', 'centre', 'الوسط', 'merkez', 'centro')),
        option('sud', t('sud', 'south', 'الجنوب', 'güney', 'sul')),
        option('ailleurs', t('ailleurs', 'elsewhere', 'مكان آخر', 'başka yer', 'outro lugar')),
      ],
    },
    {
      id: 'arret',
      type: 'single',
      text: t(
        'Secteur ${secteur}: quel arrêt prenez-vous?',
        'Area ${secteur}: which stop do you use?',
        'في ${secteur}: أي موقف تستعملون؟',
        '${secteur}: hangi durağı kullanıyorsunuz?',
        'Zona ${secteur}: que paragem usa?',
      ),
      filter: 'secteur = ${secteur}',
      options: [
        stop('gare', 'nord', t('la gare', 'the station', 'المحطة', 'istasyon', 'a estação')),
        stop('mairie', 'nord', t('la mairie', 'the town hall', 'البلدية', 'belediye', 'a câmara')),
        stop('poste', 'centre', t('la poste', 'the post office', 'البريد', 'postane', 'o correio')),
        stop('ecole', 'centre', t("l'école", 'the school', 'المدرسة', 'okul', 'a escola')),
        stop('stade', 'sud', t('le stade', 'the stadium', 'الملعب', 'stadyum', 'o estádio')),
        stop('parc', 'sud', t('le parc', 'the park', 'الحديقة', 'park', 'o parque')),
        stop('piscine', 'sud', t('la piscine', 'the pool', 'المسبح', 'havuz', 'a piscina')),
      ],
    },
    {
      id: 'foyer',
      type: 'headcount',
      section: 'foyers',
      max: 12,
      required: true,
      text: t(
        'Combien êtes-vous à la maison?',
        'How many live in your home?',
        'كم شخصا في بيتكم؟',
        'Evde kaç kişisiniz?',
        'Quantas pessoas em casa?',
      ),
    },
    {
      id: 'enfants',
      type: 'number',
      section: 'foyers',
      min: 0,
      max: 11,
      relevant: '${foyer} > 1',
      constraint: '. < ${foyer}',
      constraintMessage: t(
        'Vous êtes ${foyer}, dont au moins un adulte.',
        'You are ${foyer}, at least one of you an adult.',
        'أنتم ${foyer}، بينكم بالغ واحد على الأقل.',
        '${foyer} kişisiniz, en az biri yetişkin.',
        'São ${foyer}, pelo menos um adulto.',
      ),
      text: t(
        "Dont combien d'enfants?",
        'How many of them children?',
        'كم منهم أطفال؟',
        'Kaçı çocuk?',
        'Quantas são crianças?',
      ),
    },
    {
      id: 'adultes',
      type: 'calculate',
      section: 'foyers',
      calculation: "${foyer} - if(${enfants} = '', 0, ${enfants})",
    },
    {
      id: 'livraison',
      type: 'yesno',
      section: 'foyers',
      relevant: '${adultes} = 1',
      text: t(
        'Seul adulte: une livraison vous aiderait?',
        'The only adult: would a delivery help?',
        'بالغ واحد: هل يساعدكم التوصيل؟',
        'Tek yetişkin: eve teslim yardımcı olur mu?',
        'Único adulto: uma entrega ajudava?',
      ),
    },
    {
      id: 'suite',
      type: 'note',
      section: 'halles',
      text: t(
        'Parlons de la halle.',
        'Now the hall.',
        'لنتحدث عن السوق.',
        'Şimdi pazar yeri.',
        'Falemos do mercado.',
      ),
    },
    {
      id: 'moyens',
      type: 'multiple',
      section: 'halles',
      text: t(
        'Comment venez-vous au marché?',
        'How do you come to the market?',
        'كيف تأتون إلى السوق؟',
        'Pazara nasıl geliyorsunuz?',
        'Como vem ao mercado?',
      ),
      options: MEANS,
    },
    {
      id: 'ordre',
      type: 'rank',
      section: 'halles',
      relevant: 'count-selected(${moyens}) >= 2',
      filter: 'selected(${moyens}, name)',
      text: t('Le plus pratique?', 'The handiest?', 'ما الأنسب لكم؟', 'En kolayı?', 'O mais prático?'),
      options: MEANS.map(({ id, label }) => ({ id, label })),
    },
    {
      id: 'depense',
      type: 'number',
      section: 'halles',
      min: 0,
      max: 300,
      decimals: true,
      text: t(
        'Combien dépensez-vous au marché, en euros?',
        'How much do you spend there, in euros?',
        'كم تنفقون في السوق باليورو؟',
        'Pazarda kaç euro harcıyorsunuz?',
        'Quanto gasta no mercado, em euros?',
      ),
    },
    {
      id: 'avis',
      type: 'scale',
      section: 'halles',
      min: 1,
      max: 5,
      low: t('pas du tout', 'not at all', 'أبدا', 'hiç', 'nada'),
      high: t('tout à fait', 'completely', 'تماما', 'tamamen', 'totalmente'),
      text: t(
        "Le marché d'aujourd'hui vous convient?",
        "Does today's market suit you?",
        'هل يناسبكم السوق اليوم؟',
        'Bugünkü pazar size uygun mu?',
        'O mercado de hoje agrada-lhe?',
      ),
    },
    {
      id: 'pourquoi',
      type: 'text',
      section: 'halles',
      relevant: '${avis} <= 2',
      text: t("Qu'est-ce qui ne va pas?", 'What is wrong?', 'ما المشكلة؟', 'Sorun ne?', 'O que está mal?'),
    },
    {
      id: 'visite',
      type: 'date',
      section: 'halles',
      constraint: ". >= '2026-12-01'",
      constraintMessage: t(
        'Le chantier ouvre le 1er décembre.',
        'The site opens on 1 December.',
        'يفتح الموقع في 1 ديسمبر.',
        'Şantiye 1 Aralıkta açılıyor.',
        'A obra abre a 1 de dezembro.',
      ),
      default: '2026-12-05',
      text: t(
        'Quel jour visiter le chantier?',
        'Which day would you visit the site?',
        'في أي يوم تزورون الموقع؟',
        'Şantiyeyi hangi gün gezersiniz?',
        'Em que dia visita a obra?',
      ),
    },
    {
      id: 'lieu',
      type: 'place',
      section: 'halles',
      text: t(
        'Où mettre un abri à vélos?',
        'Where should a bike shelter go?',
        'أين نضع موقفا للدراجات؟',
        'Bisiklet parkı nerede olsun?',
        'Onde pôr um abrigo para bicicletas?',
      ),
    },
  ],
};

export const twelve: Survey = readSurvey(data, 'halle.r1');

const { city, surveys } = localWorld();
/** The city of the examples with this survey beside those shipped. */
export const twelveWorld: World = { city, surveys: surveyShelf([...surveys.all(), twelve]) };
