/** The longest that each place of a phrase really holds, in the example city. */
import type { Survey } from '../../conversations/survey.ts';
import { filledBy } from '../../conversations/translate/filled.ts';
import { localWorld } from '../../infra/local/city.ts';

const { city, surveys } = localWorld();
const shipped = (key: string): Survey => {
  const survey = surveys.latest(key);
  if (!survey) throw new Error(`no survey ${key}`);
  return survey;
};

export const { places: FILLED, byKey: BY_KEY } = filledBy(city, shipped('square'), shipped('repas'));
