/**
 * What Botkit's core takes from `botbuilder-dialogs`, in its place: conversations are the engine's, so a dialog
 * that is added or begun is refused.
 */
const refuse = (): never => {
  throw new Error(
    'there are no Botkit dialogs in this bundle: a city answers with bot.reply (functions/runtime/bot.ts)',
  );
};

/** Botkit's constructor makes one. */
class DialogSet {
  add = refuse;
  createContext = refuse;
  find = refuse;
}

/** Only ever compared with, by `spawn`. */
class DialogContext {
  constructor() {
    refuse();
  }
}

class WaterfallDialog {
  constructor() {
    refuse();
  }
}

const DialogTurnStatus = { empty: 'empty' };

export { DialogContext, DialogSet, DialogTurnStatus, WaterfallDialog };
