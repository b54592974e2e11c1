/**
 * The names of `botframework-schema` that the turn's context uses, in its place: the package makes zod 3 schemas of
 * everything Teams and SharePoint send. tests/infra/bundles.test.ts compares the values with the package's.
 */
const ActivityTypes = {
  ConversationUpdate: 'conversationUpdate',
  InvokeResponse: 'invokeResponse',
  Message: 'message',
  Trace: 'trace',
};
const Channels = { Directline: 'directline', Webchat: 'webchat' };
const DeliveryModes = { ExpectReplies: 'expectReplies' };
const InputHints = { AcceptingInput: 'acceptingInput' };

export { ActivityTypes, Channels, DeliveryModes, InputHints };
