/** The commands of a city's own file ("HORAIRES"), as a Botkit plugin: an example of how a city adds behaviour. */
import { local } from '../../conversations/phrase.ts';
import { readCommand } from '../../conversations/understand/commands.ts';
import { normalise } from '../../conversations/understand/normalise.ts';
import type { CityMessage, CityPlugin } from './bot.ts';

/** Throws where a city's keyword is one of ours: it would never be heard. */
export const cityCommands: CityPlugin = (controller, { city }) => {
  for (const command of city.commands) {
    const keywords = new Set(command.keywords.map(normalise));
    for (const keyword of keywords)
      if (readCommand(keyword, 'fr'))
        throw new Error(`city command ${keyword} is a reserved word, choose another`);
    const asked = (message: CityMessage): boolean =>
      message.session.consent !== 'stopped' && keywords.has(normalise(message.text ?? ''));
    controller.hears(asked, 'message', async (bot, message) => {
      await bot.reply(message, local(command.text, (message as CityMessage).session.language ?? 'fr'));
    });
  }
};
