/** Stands for the key under which a bot framework's context keeps the answer to an invocation: nobody invokes us. */
export const INVOKE_RESPONSE_KEY = Symbol('invokeResponse');
