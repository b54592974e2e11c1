/** Stands for Graph's `/{live-video-id}/comments`: pages by cursor, the error of a token that is not the page's. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GraphComment {
  id: string;
  message?: string;
  created_time: string;
}

export interface GraphComments {
  url: string;
  /** What was asked, without the token. */
  asked: string[];
  comments: GraphComment[];
  /** The next answers but so many fail. */
  fails: number | undefined;
  close(): Promise<void>;
}

/** However many are asked for, a page has `size` of them. */
export async function startGraphComments(token: string, size = 2): Promise<GraphComments> {
  const self: GraphComments = { url: '', asked: [], comments: [], fails: undefined, close: async () => {} };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://graph');
    self.asked.push(`${url.pathname}?${url.searchParams}`);
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const refuse = (code: number, type: string): void =>
      answer(400, { error: { message: 'no', type, code, fbtrace_id: 'x' } });
    if (request.headers.authorization !== `Bearer ${token}`) return refuse(190, 'OAuthException');
    if (self.fails === 0) return refuse(2, 'OAuthException');
    if (self.fails !== undefined) self.fails -= 1;
    const from = Number(url.searchParams.get('after') ?? 0);
    const fields = (url.searchParams.get('fields') ?? '').split(',');
    const shown = self.comments.slice(from, from + size);
    const data = shown.map((each) =>
      Object.fromEntries(
        Object.entries({ ...each, from: { name: 'Someone', id: '1' } }).filter(([key]) =>
          fields.includes(key),
        ),
      ),
    );
    const more = from + size < self.comments.length;
    const cursors = { before: String(from), after: String(from + size) };
    answer(200, { data, paging: { cursors, ...(more && { next: 'https://graph/next' }) } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  self.close = () => new Promise((resolve) => void server.close(() => resolve()));
  return self;
}
