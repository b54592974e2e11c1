/** Reads the messages out of a TwiML answer, as Twilio would. Knows <Message> and nothing of voice. */

export interface TwimlMessage {
  text: string;
  /** Where its status callbacks go, as written: may be relative. */
  action?: string;
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[(?<raw>[\s\S]*?)\]\]>|<(?<end>\/?)(?<name>[A-Za-z][\w:-]*)(?<attributes>(?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/y;
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The messages in order, or nothing where the document cannot be parsed (Twilio's error 12100). */
export function readTwiml(document: string): TwimlMessage[] | undefined {
  const messages: TwimlMessage[] = [];
  const open: string[] = [];
  let message: (TwimlMessage & { body?: string }) | undefined;
  let roots = 0;
  TOKEN.lastIndex = 0;
  // An answer without a body (204, or 200 and nothing) is a polite silence.
  if (document.trim() === '') return [];
  while (TOKEN.lastIndex < document.length) {
    const token = TOKEN.exec(document)?.groups;
    if (!token) return undefined;
    const { raw, end, name, attributes = '', empty, text } = token;
    if (name === undefined) {
      const words = raw ?? decode(text ?? '');
      if (words === undefined || (open.length === 0 && words.trim() !== '')) return undefined;
      if (message && open.at(-1) === 'Body') message.body = (message.body ?? '') + words;
      else if (message && open.at(-1) === 'Message') message.text += words;
      continue;
    }
    if (end === '') {
      if (open.length === 0) roots += 1;
      if (open.length === 1 && name === 'Message') message = { text: '', action: actionIn(attributes) };
      open.push(name);
    }
    if (end !== '' || empty !== '') {
      if (open.pop() !== name) return undefined;
      if (open.length === 1 && message) {
        const said = message.body ?? message.text;
        if (said.trim() !== '') messages.push({ text: said, action: message.action });
        message = undefined;
      }
    }
  }
  return open.length === 0 && roots === 1 ? messages : undefined;
}

function actionIn(attributes: string): string | undefined {
  const found = [...attributes.matchAll(ATTRIBUTE)].find(([, name]) => name === 'action');
  return found ? decode(found[2] ?? found[3] ?? '') : undefined;
}

/** Undefined where an entity is unknown or an ampersand stands alone: that is not XML. */
function decode(text: string): string | undefined {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\dA-Fa-f]{1,6});)/.test(text)) return undefined;
  return text.replace(/&(?:#x([\dA-Fa-f]+)|#(\d+)|(\w+));/g, (_all, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? '';
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  });
}
