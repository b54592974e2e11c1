/** Which addresses are counted together. */
import { expect, it } from 'vitest';
import { blockOf } from '../../../../functions/console/sign-in/rate.ts';

it.each([
  ['192.0.2.7', '192.0.2'],
  ['::ffff:192.0.2.7', '192.0.2'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
  ['2001:0DB8:0001::9', '2001:db8:1'],
  ['2001:db8::1', '2001:db8:0'],
  ['::1', '0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0'],
  ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1'],
  ['not an address', 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('%s is of the block %s', (address, block) => {
  expect(blockOf(address)).toBe(block);
});
