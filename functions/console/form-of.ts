/** What a form sent: its fields and its files. */
import type { Request } from '../runtime/http.ts';

/** More than a hundred questions in twelve languages. */
export const MAX_FORM = 1024 * 1024;
/** API Gateway hands on 10 MB and Lambda takes 6, in base64 4.5 (Lambda quotas). */
export const MAX_FILES = 4 * 1024 * 1024;

/** The message is for staff. */
export class TooLarge extends Error {}
/** The message is for staff. */
export class Broken extends Error {}

export async function formOf(
  request: Request,
  takesFiles: boolean | undefined,
): Promise<{ form: URLSearchParams; files: Map<string, { name: string; bytes: Buffer }> }> {
  const bytes = request.bytes ?? Buffer.from(request.body);
  const most = takesFiles ? MAX_FILES : MAX_FORM;
  if (bytes.length > most)
    throw new TooLarge(
      `${(bytes.length / 1e6).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo reçus, ${(most / 1e6).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo au plus. Partagez le fichier en plusieurs parties.`,
    );
  const type = request.headers['content-type'] ?? '';
  const files = new Map<string, { name: string; bytes: Buffer }>();
  if (!(takesFiles && type.startsWith('multipart/form-data')))
    return { form: new URLSearchParams(bytes.toString('utf8')), files };
  const form = new URLSearchParams();
  const sent = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw new Broken(
        'L’envoi est arrivé incomplet. Revenez à la page précédente et envoyez-le de nouveau.',
      );
    });
  for (const [name, value] of sent)
    if (typeof value === 'string') form.append(name, value);
    else if (value.size > 0)
      files.set(name, { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  return { form, files };
}
