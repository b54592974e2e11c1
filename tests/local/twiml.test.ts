/** What the stand-in reads in a TwiML answer, against what the real SDK writes. */
import fc from 'fast-check';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { readTwiml } from '../../infra/local/twiml.ts';

const RESPONSE = '<?xml version="1.0" encoding="UTF-8"?><Response>';

test.each([
  ['silence', `${RESPONSE}</Response>`, []],
  ['silence in short', '<Response/>', []],
  ['an empty answer', '', []],
  ['two messages', '<Response><Message>un</Message><Message>deux</Message></Response>', ['un', 'deux']],
  ['a body of its own', '<Response><Message><Body>un</Body></Message></Response>', ['un']],
  [
    'entities',
    '<Response><Message>&lt;3 l&apos;&#233;t&#xE9; &amp;amp;</Message></Response>',
    ["<3 l'été &amp;"],
  ],
  ['raw text', '<Response><Message><![CDATA[a < b & c]]></Message></Response>', ['a < b & c']],
  ['a comment', '<Response><!-- <Message>non</Message> --><Message>oui</Message></Response>', ['oui']],
  ['line breaks', '<Response>\n  <Message>a\nb</Message>\n</Response>', ['a\nb']],
  ['a message without a text', '<Response><Message action="/r"/></Response>', []],
])('reads %s', (_label, document, texts) => {
  expect(readTwiml(document)?.map(({ text }) => text)).toEqual(texts);
});

test('reads the action, decoded', () => {
  const document = `<Response><Message method='POST' action="/r?d=1&amp;e=2">un</Message></Response>`;
  expect(readTwiml(document)).toEqual([{ text: 'un', action: '/r?d=1&e=2' }]);
});

test.each([
  'bonjour',
  '<Response>',
  '<Response></Message>',
  '<Response>&nbsp;</Response>',
  '<a/><b/>',
  '{"ok":true}',
])('does not take %s for TwiML', (document) => {
  expect(readTwiml(document)).toBeUndefined();
});

test('reads back any text that the real SDK writes', () => {
  // XML cannot carry control characters; a parser may turn a carriage return into a line feed.
  const text = fc
    .string({ unit: 'grapheme' })
    .filter((words) => words.trim() !== '' && !/[\p{Cc}\ufffe\uffff]/u.test(words));
  fc.assert(
    fc.property(text, (words) => {
      const twiml = new twilio.twiml.MessagingResponse();
      twiml.message({ action: 'https://example.org/r?a=1&b=2' }, words);
      expect(readTwiml(twiml.toString())).toEqual([{ text: words, action: 'https://example.org/r?a=1&b=2' }]);
    }),
  );
});
