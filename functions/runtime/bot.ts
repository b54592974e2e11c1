/**
 * Botkit as the host of the bot: events enter through its controller and middleware, a city plugs its own
 * commands in with `hears` and `on`. It keeps no state and sends nothing: what is said is collected into the
 * turn's effects (docs/decisions/0001). The turn itself is the engine's.
 */
import {
  type Activity,
  BotAdapter,
  MemoryStorage,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder-core';
import type { BotWorker } from 'botkit/lib/botworker.js';
import { Botkit, type BotkitHandler, type BotkitMessage } from 'botkit/lib/core.js';
import { createEngine, type Turn } from '../../conversations/engine.ts';
import { Event } from '../../conversations/events.ts';
import type { World } from '../../conversations/moment.ts';
import { readTap } from '../../conversations/offer.ts';
import type { Session } from '../../conversations/session.ts';

export type HostedTurn = (session: Session, event: Event, now: Date) => Promise<Turn>;

/** A city's own command: registers with `hears` and `on`, answers with `bot.reply`. */
export type CityPlugin = (controller: Controller, world: World) => void;

/** One turn inside Botkit: what goes in, what comes out, what handlers have said. */
interface Hosted {
  session: Session;
  event: Event;
  now: Date;
  said: string[];
  turn?: Turn;
}
const HOSTED = Symbol('hosted turn');

/** What a city's handler finds on the message: who is speaking, in which language, without an address. */
export interface CityMessage extends BotkitMessage {
  session: Session;
}

/** Sends nothing: keeps what was said for the turn. */
class CollectingAdapter extends BotAdapter {
  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const hosted = context.turnState.get(HOSTED) as Hosted;
    for (const { text } of activities) if (text) hosted.said.push(text);
    return activities.map((_, index) => ({ id: String(index) }));
  }
  async updateActivity(): Promise<void> {
    throw new Error('a message that was sent cannot be changed: SMS has no such thing');
  }
  async deleteActivity(): Promise<void> {
    throw new Error('a message that was sent cannot be deleted: SMS has no such thing');
  }
  async continueConversation(): Promise<void> {
    throw new Error('messages that are not replies are turns of their own: see functions/remind.ts');
  }
}

type Pattern = RegExp | ((message: CityMessage) => boolean | Promise<boolean>);

/** Botkit's controller with a turn whose every error rejects; as shipped it never settles after a throw. */
export class Controller extends Botkit {
  private readonly heard: { pattern: Pattern; events: string[]; handler: BotkitHandler }[] = [];
  private readonly handlers: { events: string[]; handler: BotkitHandler }[] = [];

  constructor(adapter: BotAdapter) {
    super({ adapter, storage: new MemoryStorage(), disable_webserver: true, disable_console: true });
  }

  /** As Botkit's, but a text pattern is not taken: it would be an unanchored regular expression ("10" hears "1"). */
  override hears(patterns: unknown, events: string | string[], handler: BotkitHandler): void {
    for (const pattern of Array.isArray(patterns) ? patterns : [patterns]) {
      if (typeof pattern !== 'function' && !(pattern instanceof RegExp))
        throw new TypeError(`hears takes a regular expression or a function, got ${typeof pattern}`);
      this.heard.push({ pattern: pattern as Pattern, events: list(events), handler });
    }
  }

  override on(events: string | string[], handler: BotkitHandler): void {
    this.handlers.push({ events: list(events), handler });
  }

  override async handleTurn(context: TurnContext): Promise<void> {
    const { activity } = context;
    const hosted = context.turnState.get(HOSTED) as Hosted;
    const reference = TurnContext.getConversationReference(activity);
    const bot = await this.spawn({ context, reference, activity });
    const message = {
      type: activity.type,
      text: activity.text,
      user: activity.from.id,
      channel: activity.conversation.id,
      value: undefined,
      reference,
      context,
      incoming_message: activity,
      session: hosted.session,
    } as unknown as CityMessage;
    await through(this.middleware.ingest, bot, message);
    await through(this.middleware.receive, bot, message);
    for (const { pattern, events, handler } of this.heard) {
      if (!events.includes(message.type) || !(await matches(pattern, message))) continue;
      await handler(bot, message);
      return;
    }
    for (const { events, handler } of this.handlers)
      if (events.includes(message.type) && (await handler(bot, message)) === false) return;
  }
}

const list = (events: string | string[]): string[] =>
  (Array.isArray(events) ? events : events.split(',')).map((event) => event.trim());

const matches = async (pattern: Pattern, message: CityMessage): Promise<boolean> =>
  pattern instanceof RegExp ? pattern.test(message.text ?? '') : await pattern(message);

/** Runs a Botkit middleware to its end, with its errors. */
function through(
  middleware: { run(...input: unknown[]): unknown },
  bot: BotWorker,
  message: BotkitMessage,
): Promise<void> {
  return new Promise((resolve, reject) => {
    middleware.run(bot, message, (error: unknown) => (error ? reject(error) : resolve()));
  });
}

/** Everything that happens to a conversation; a message is Botkit's word for what is said. */
const typeIn = (type: Event['type']): string => (type === 'said' ? 'message' : type);
const EVENTS = Event.options.map(({ shape }) => typeIn(shape.type.value));

/** The engine hosted by Botkit: the same turn, with the city's plugins heard first. */
export function hostEngine(world: World, plugins: CityPlugin[]): HostedTurn {
  const engine = createEngine(world);
  const adapter = new CollectingAdapter();
  const controller = new Controller(adapter);
  for (const plugin of plugins) plugin(controller, world);
  controller.on(EVENTS, async (_bot, message) => {
    const hosted = (message.context as TurnContext).turnState.get(HOSTED) as Hosted;
    hosted.turn = engine(hosted.session, hosted.event, hosted.now);
  });
  return async (session, event, now) => {
    const hosted: Hosted = { session, event, now, said: [] };
    const context = new TurnContext(adapter, activityOf(event));
    context.turnState.set(HOSTED, hosted);
    await controller.handleTurn(context);
    const { turn, said } = hosted;
    if (!turn) return { session, effects: said.length > 0 ? [{ type: 'say', text: said.join('\n') }] : [] };
    if (said.length > 0)
      throw new Error('a plugin that answers with on() must stop the turn by returning false');
    return turn;
  };
}

/** No address and no name enters Botkit: it needs none. */
function activityOf(event: Event): Partial<Activity> {
  const channel = 'channel' in event ? event.channel : 'sms';
  return {
    type: typeIn(event.type),
    id: event.id,
    channelId: channel,
    serviceUrl: '',
    from: { id: 'resident', name: '' },
    recipient: { id: 'city', name: '' },
    conversation: { id: 'conversation', isGroup: false, conversationType: '', name: '' },
    // What stands on a button of ours is no city's command, whatever it says.
    text: event.type !== 'said' || (event.choice && readTap(event.choice)) ? '' : event.text,
  };
}
