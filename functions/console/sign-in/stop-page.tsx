/** What an agent reads where the sign-in stops: what happened, what to do, one link. */
import type { City } from '../../../conversations/city.ts';
import type { Answer } from '../../runtime/http.ts';
import { bare } from '../layout.tsx';

export interface Stop {
  status: number;
  title: string;
  text: string;
  link: { href: string; label: string };
  headers?: Record<string, string>;
  cookies?: string[];
}

export async function stopPage(city: City, stop: Stop): Promise<Answer> {
  const { status, title, text, link, headers, cookies } = stop;
  const body = (
    <>
      <p>{text}</p>
      <p>
        <a class="button" href={link.href}>
          {link.label}
        </a>
      </p>
    </>
  );
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-language': 'fr', ...headers },
    ...(cookies && { cookies }),
    body: await bare(title, city, body),
  };
}
