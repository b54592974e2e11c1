/** A page to print that has its own style inside: its policy names that style and no other. */
import { createHash } from 'node:crypto';
import type { Answer } from '../runtime/http.ts';

export function printed(html: string): Answer {
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'fr',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body: html,
  };
}
