/** A survey with what branches and what is hard to show: sections, a filter, a rank, a day, a place. Never shipped. */
import { readSurvey, type Survey } from '../../conversations/survey.ts';

const texts = (fr: string, ar: string, ta: string) => ({ fr, ar, ta });

export const quartierSurvey: Survey = readSurvey(
  {
    key: 'quartier',
    revision: 2,
    keywords: ['QUARTIER'],
    opens: '2026-01-01',
    closes: '2027-06-30',
    languages: ['fr', 'ar', 'ta'],
    review: { fr: 'reviewed', ar: 'to be reviewed', ta: 'to be reviewed' },
    topic: texts('le quartier', 'الحي', 'பகுதி'),
    intro: texts(
      'Quelques questions sur le quartier. 3 minutes.',
      'أسئلة عن الحي. 3 دقائق.',
      'பகுதி பற்றி சில கேள்விகள். 3 நிமிடம்.',
    ),
    thanks: texts('Résultats en mars.', 'النتائج في مارس.', 'முடிவுகள் மார்ச்சில்.'),
    over: texts('Ce sondage est fini.', 'انتهى الاستطلاع.', 'கணக்கெடுப்பு முடிந்தது.'),
    sections: [
      { id: 'vous', title: texts('Vous', 'أنتم', 'நீங்கள்') },
      {
        id: 'trajets',
        title: texts('Vos trajets', 'تنقلاتكم', 'உங்கள் பயணம்'),
        relevant: "${habite} = 'yes' and ${age} >= 18",
      },
    ],
    questions: [
      {
        id: 'habite',
        section: 'vous',
        type: 'yesno',
        text: texts('Habitez-vous le quartier?', 'هل تسكنون الحي؟', 'இங்கு வசிக்கிறீர்களா?'),
      },
      {
        id: 'age',
        section: 'vous',
        type: 'number',
        min: 11,
        max: 110,
        text: texts('Quel âge avez-vous?', 'كم عمركم؟', 'உங்கள் வயது?'),
        constraint: '. >= 11',
        constraintMessage: texts('À partir de 11 ans.', 'من 11 سنة.', '11 வயது முதல்.'),
      },
      { id: 'majeur', type: 'calculate', calculation: '${age} >= 18' },
      {
        id: 'trajet',
        section: 'trajets',
        type: 'single',
        text: texts('Comment allez-vous au travail?', 'كيف تذهبون إلى العمل؟', 'வேலைக்கு எப்படி?'),
        options: [
          { id: 'pied', label: texts('à pied', 'مشيا', 'நடந்து') },
          { id: 'bus', label: texts('en bus', 'بالحافلة', 'பேருந்தில்') },
          { id: 'voiture', label: texts('en voiture', 'بالسيارة', 'காரில்') },
          { id: 'autre', other: true, label: texts('autrement', 'غير ذلك', 'வேறு') },
        ],
      },
      {
        id: 'arret',
        section: 'trajets',
        type: 'place',
        relevant: "${trajet} = 'bus'",
        text: texts('Quel arrêt prenez-vous?', 'أي موقف؟', 'எந்த நிறுத்தம்?'),
      },
      {
        id: 'besoins',
        type: 'multiple',
        text: texts('Que manque-t-il?', 'ما الذي ينقص؟', 'என்ன தேவை?'),
        options: [
          { id: 'bancs', label: texts('des bancs', 'مقاعد', 'இருக்கை') },
          { id: 'arbres', label: texts('des arbres', 'أشجار', 'மரங்கள்') },
          { id: 'jeux', label: texts('des jeux', 'ألعاب', 'விளையாட்டு') },
        ],
      },
      {
        id: 'ordre',
        type: 'rank',
        filter: 'selected(${besoins}, name)',
        relevant: 'count-selected(${besoins}) > 1',
        text: texts('Dans quel ordre?', 'بأي ترتيب؟', 'எந்த வரிசையில்?'),
        options: [
          { id: 'bancs', label: texts('bancs', 'مقاعد', 'இருக்கை') },
          { id: 'arbres', label: texts('arbres', 'أشجار', 'மரங்கள்') },
          { id: 'jeux', label: texts('jeux', 'ألعاب', 'விளையாட்டு') },
        ],
      },
      {
        id: 'jour',
        type: 'date',
        relevant: "${habite} = 'yes'",
        text: texts('Quel jour pour la visite?', 'أي يوم للزيارة؟', 'வருகை எந்த நாள்?'),
      },
      { id: 'mot', type: 'text', text: texts('Un mot à ajouter?', 'كلمة أخيرة؟', 'வேறு ஏதாவது?') },
    ],
  },
  'quartier',
);
