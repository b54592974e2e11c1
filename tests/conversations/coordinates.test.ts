/** Spots as they are pasted from maps. */
import { expect, it } from 'vitest';
import { spotIn } from '../../conversations/coordinates.ts';

it.each([
  '48.9101, 2.5533',
  '48.9101,2.5533',
  ' 48.9101 2.5533 ',
  '48,9101; 2,5533',
  '48,9101, 2,5533',
  '48,9101 2,5533',
  '(48.9101°, 2.5533°)',
  'geo:48.9101,2.5533',
  'https://www.openstreetmap.org/#map=18/48.9101/2.5533',
  'https://www.openstreetmap.org/?mlat=48.9101&mlon=2.5533#map=12/48.80000/2.40000',
  'https://www.google.com/maps/@48.9101,2.5533,17z?entry=ttu',
  'https://www.google.com/maps/place/Square/@48.8,2.4,17z/data=!3m1!4b1!4m6!3m5!8m2!3d48.9101!4d2.5533!16s',
  'https://maps.google.com/?q=48.9101,2.5533',
  'https://www.google.com/maps/search/?api=1&query=48.9101%2C2.5533',
])('%s', (text) => {
  expect(spotIn(text)).toEqual({ latitude: 48.9101, longitude: 2.5533 });
});

it.each([
  '',
  'square du Chêne Pointu',
  '48.9101',
  '48,9101',
  '91, 2',
  '48, 181',
  'https://maps.app.goo.gl/x7',
  '1 2 3',
])('nothing in « %s »', (text) => {
  expect(spotIn(text)).toBeUndefined();
});
