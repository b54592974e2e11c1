/** `npm run announce -- apercu ID`: the text as each channel gets it in each language of the city. */
import { announcedText, textLanguage } from '../../conversations/announcement.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { sms } from '../../conversations/shape.ts';
import { purposeOf, templateFor } from '../../functions/channels/templates.ts';
import { findingLines } from '../command/findings.ts';
import { Refused } from '../command/refused.ts';
import { oneLine } from './said.ts';
import { find, withAnnouncements } from './saved.ts';

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run announce -- apercu ID');
  await withAnnouncements(async (saved) => {
    const { announcement } = await find(saved, id);
    const { city, around } = saved;
    const lines = [oneLine(announcement)];
    const own = (language: string): boolean => textLanguage(announcement, language) === language;
    for (const language of city.languages.filter(own)) {
      const sent = sms(announcedText(announcement, language, 'sms'));
      const text = announcedText(announcement, language, 'whatsapp');
      const purpose = purposeOf(announcement.kind);
      const template = templateFor(city, { purpose, language, text });
      lines.push(
        '',
        `${language}, SMS (${sent.parts} ${sent.parts > 1 ? 'parties' : 'partie'}, ${sent.units} caractères ${sent.encoding}): ${sent.text}`,
        `${language}, WhatsApp dans les 24 h: ${text}`,
        `${language}, WhatsApp après 24 h: ${template ? `modèle ${template.contentSid}` : `rien ne part, il n'y a pas de modèle « ${purpose} » dans le fichier de la ville`}`,
        `${language}, Messenger dans les 24 h: ${text}`,
      );
    }
    const others = city.languages.filter((language) => !own(language));
    if (others.length > 0)
      lines.push('', `${others.join(', ')}: comme en « ${textLanguage(announcement, '')} »`);
    lines.push('', 'Messenger après 24 h: rien ne part');
    if (announcement.survey)
      lines.push(
        `le début du sondage « ${announcement.survey} » suit: npm run survey -- preview ${announcement.survey} --start invitation`,
      );
    console.log([...lines, ...findingLines(lintAnnouncement(announcement, around))].join('\n'));
  });
}
