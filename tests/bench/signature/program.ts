/** A program: µs of CPU that each check takes, by turns. Arguments: rounds, checks a round. */
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { isSigned, readForm } from '../../../functions/channels/twilio-receive.ts';
import { createHashes } from '../../../functions/runtime/hashes.ts';
import { freshSid, PUBLIC_URL, smsForm, TOKEN } from '../../support/city.ts';

const [, , rounds = '1', checks = '1'] = process.argv;
const url = `${PUBLIC_URL}/webhooks/twilio`;
const form = smsForm('+33639980001', "Il faut que le gardien reste jusqu'à 20h", freshSid());
const body = new URLSearchParams(form).toString();
const signature = getExpectedTwilioSignature(TOKEN, url, form);
const hashes = createHashes({
  address: 'a'.repeat(32),
  answers: 'b'.repeat(32),
  suppression: 'c'.repeat(32),
});

const subjects: Record<string, () => boolean> = {
  sdk: () => validateRequest(TOKEN, signature, url, form),
  isSigned: () => isSigned([TOKEN], signature, url, form),
  rotated: () => isSigned(['another-token-0123456789', TOKEN], signature, url, form),
  refused: () => !isSigned([TOKEN], 'wrong', url, form),
  form: () => readForm(body).Body !== undefined,
  pseudonym: () => hashes.address('sms:+33639980001').length === 22,
};

const measured: Record<string, number[]> = {};
for (let round = 0; round <= Number(rounds); round += 1)
  for (const [name, subject] of Object.entries(subjects)) {
    const before = process.cpuUsage();
    for (let check = 0; check < Number(checks); check += 1)
      if (!subject()) throw new Error(`${name} gave another answer`);
    const { user, system } = process.cpuUsage(before);
    // The first round is the compiler's.
    if (round > 0) measured[name] = [...(measured[name] ?? []), (user + system) / Number(checks)];
  }
console.log(JSON.stringify(measured));
