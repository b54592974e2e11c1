/** The addresses of the surveys' pages. */
import { ROOT } from '../navigation.ts';

export const SURVEYS_PATH = `${ROOT}/sondages`;
export const NEW_PATH = `${SURVEYS_PATH}/nouveau`;
export const IMPORT_PATH = `${SURVEYS_PATH}/importer`;
export const pathOf = (key: string): string => `${SURVEYS_PATH}/${key}`;

/** No survey may have a key that is an address of ours. */
export const isTaken = (key: string): boolean => [NEW_PATH, IMPORT_PATH].includes(pathOf(key));
