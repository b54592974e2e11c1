/**
 * The survey in Botkit as its documentation has it: a BotkitConversation with questions, patterns, a default that
 * repeats and a thread for "other", MemoryStorage, handleTurn; an adapter that collects what is sent.
 */
import {
  type Activity,
  BotAdapter,
  MemoryStorage,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder-core';
import { Botkit, BotkitConversation } from 'botkit';
import type { Dialogue, Values } from './dialogue.ts';
import { program, type Subject } from './program.ts';
import { one, several } from './reading.ts';

class CollectingAdapter extends BotAdapter {
  said: string[] = [];
  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    for (const { text } of activities) if (text) this.said.push(text);
    return activities.map((_, index) => ({ id: String(index) }));
  }
  async updateActivity(): Promise<void> {}
  async deleteActivity(): Promise<void> {}
  async continueConversation(): Promise<void> {}
  receive(activity: Partial<Activity>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(new TurnContext(this, activity), logic);
  }
}

/** The questions by the dialogue's own words; `done` gets what each conversation ends with. */
function conversationOf(
  controller: Botkit,
  replies: string[],
  done: (results: Values & { user: string }) => void,
): BotkitConversation {
  const [intro, frequence, priorites, autre, securite, mot, thanks] = replies as string[];
  const square = new BotkitConversation('square', controller);
  const again = {
    default: true,
    handler: async (_: string, convo: { repeat(): Promise<void> }) => convo.repeat(),
  };
  const choice = (most: number, key: keyof Values) => ({
    pattern: async (text: string) => one(text, most) !== undefined,
    type: 'function' as never,
    handler: async (text: string, convo: { setVar(key: string, value: unknown): void }) =>
      convo.setVar(key, one(text, most)),
  });
  square.ask(
    intro as string,
    [{ pattern: '^1$', type: 'regex' as never, handler: async () => {} }, again],
    'begin',
  );
  square.ask(frequence as string, [choice(4, 'frequence'), again] as never, 'frequence');
  square.ask(
    priorites as string,
    async (text, convo) => {
      const chosen = several(text, 6);
      if (!chosen) return convo.repeat();
      convo.setVar('priorites', chosen);
      await convo.gotoThread(chosen.includes(6) ? 'other' : 'rest');
    },
    'priorites',
  );
  square.addQuestion(
    autre as string,
    async (text, convo) => {
      convo.setVar('autre', text);
      await convo.gotoThread('rest');
    },
    'autre',
    'other',
  );
  square.addQuestion(securite as string, [choice(5, 'securite'), again] as never, 'securite', 'rest');
  square.addQuestion(mot as string, async () => {}, 'mot', 'rest');
  square.addMessage(thanks as string, 'rest');
  square.after(async (results) => done(results));
  return square;
}

interface Job {
  user: string;
}

const botkit = async ({ said, replies }: Dialogue): Promise<Subject<Job>> => {
  const adapter = new CollectingAdapter();
  const controller = new Botkit({
    adapter,
    storage: new MemoryStorage(),
    disable_webserver: true,
    disable_console: true,
  });
  let last: (Values & { user: string }) | undefined;
  controller.addDialog(
    conversationOf(controller, replies, (results) => {
      last = results;
    }),
  );
  controller.hears('SQUARE', 'message', async (bot) => {
    await bot.beginDialog('square');
  });
  await new Promise<void>((ready) => controller.ready(() => ready()));
  const turn = (context: TurnContext): Promise<void> => controller.handleTurn(context);
  let people = 0;
  return {
    prepare: (count) => Array.from({ length: count }, () => ({ user: `resident-${++people}` })),
    async hold({ user }) {
      adapter.said = [];
      for (const [index, text] of said.entries())
        await adapter.receive(
          {
            type: 'message',
            id: `${user}-${index}`,
            channelId: 'sms',
            serviceUrl: '',
            from: { id: user, name: '' },
            recipient: { id: 'city', name: '' },
            conversation: { id: user, isGroup: false, conversationType: '', name: '' },
            text,
          },
          turn,
        );
      return adapter.said;
    },
    values({ user }) {
      if (last?.user !== user) throw new Error('the conversation has not ended');
      const { frequence, priorites, autre, securite, mot } = last;
      return { frequence, priorites, autre, securite, mot };
    },
  };
};

program({ botkit: botkit as never });
