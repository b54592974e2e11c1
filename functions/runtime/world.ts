/** The city's file and the surveys shipped with the app, validated once. */
import { readCity } from '../../conversations/city.ts';
import type { World } from '../../conversations/moment.ts';
import { readSurvey, surveyShelf } from '../../conversations/survey.ts';
import repas from '../../conversations/surveys/repas.r1.json';
import square from '../../conversations/surveys/square.r1.json';

const shipped: [name: string, data: unknown][] = [
  ['square.r1.json', square],
  ['repas.r1.json', repas],
];

/** Throws with every fault of the city's file or of a survey. */
export const readWorld = (city: unknown, name: string): World => ({
  city: readCity(city, name),
  surveys: surveyShelf(shipped.map(([file, data]) => readSurvey(data, file))),
});
