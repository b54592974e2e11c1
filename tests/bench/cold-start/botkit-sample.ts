/** Botkit in a Lambda as its documentation would have it: the whole package, a controller, one thing it hears. */
import {
  type Activity,
  BotAdapter,
  MemoryStorage,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder-core';
import { Botkit } from 'botkit';

class CollectingAdapter extends BotAdapter {
  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((_, index) => ({ id: String(index) }));
  }
  async updateActivity(): Promise<void> {}
  async deleteActivity(): Promise<void> {}
  async continueConversation(): Promise<void> {}
}

const adapter = new CollectingAdapter();
const controller = new Botkit({
  adapter,
  storage: new MemoryStorage(),
  disable_webserver: true,
  disable_console: true,
});
controller.hears('hello', 'message', async (bot, message) => {
  await bot.reply(message, 'hello');
});

export const handler = (activity: Partial<Activity>): Promise<void> =>
  controller.handleTurn(new TurnContext(adapter, activity));
