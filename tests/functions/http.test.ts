/** API Gateway's payload 2.0 and back: what it keeps apart from the headers. */
import { expect, it } from 'vitest';
import { requestOf, resultOf } from '../../functions/runtime/http.ts';
import event from '../infra/events/http.json';

it('cookies come in a field of their own, and are read as the header that they were', () => {
  const cookies = ['__Host-pv=a', 'theme=b'];
  expect(requestOf({ ...event, cookies } as never).headers.cookie).toBe('__Host-pv=a; theme=b');
  expect(requestOf({ ...event, cookies: undefined } as never).headers.cookie).toBeUndefined();
});

it('who asks is whom the gateway saw, whatever the headers say', () => {
  const headers = { ...event.headers, 'x-forwarded-for': '203.0.113.9' };
  expect(requestOf({ ...event, headers } as never).from).toBe(event.requestContext.http.sourceIp);
});

it('several cookies go out, each whole', () => {
  const cookies = ['a=1; Path=/', 'b=; Max-Age=0'];
  expect(resultOf({ status: 303, headers: { location: '/console' }, cookies, body: '' })).toEqual({
    statusCode: 303,
    headers: { location: '/console' },
    cookies,
    body: '',
  });
  expect(resultOf({ status: 200, body: '' })).not.toHaveProperty('cookies');
});
