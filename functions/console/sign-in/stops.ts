/** Where the sign-in stops, in the words of the agent who reads it: what is wrong, and what to do. */
import type { Refusal } from './claims.ts';
import type { RefusedPost } from './csrf.ts';
import type { Stop } from './stop-page.tsx';

type Words = Pick<Stop, 'status' | 'title' | 'text'>;

const ASK = 'Demandez à l’administrateur de la console';

export const REFUSED: Record<Refusal, Words> = {
  'no-address': {
    status: 403,
    title: 'Votre compte n’a pas d’adresse',
    text: `La console reconnaît un agent à son adresse de courriel. ${ASK} de l’ajouter à votre compte.`,
  },
  'address-unverified': {
    status: 403,
    title: 'Votre adresse n’est pas vérifiée',
    text: `${ASK} de confirmer l’adresse de courriel de votre compte.`,
  },
  'no-role': {
    status: 403,
    title: 'Votre compte n’a pas de rôle',
    text: `Vous êtes bien identifié, mais votre compte n’ouvre aucune page de la console. ${ASK} de vous donner un rôle.`,
  },
  'several-roles': {
    status: 403,
    title: 'Votre compte a plusieurs rôles',
    text: `Un agent a un seul rôle dans la console. ${ASK} de n’en laisser qu’un à votre compte.`,
  },
  'no-language': {
    status: 403,
    title: 'Votre compte n’a pas de langue',
    text: `Un relais répond dans une langue. ${ASK} d’indiquer la vôtre sur votre compte.`,
  },
};

export const STOPS = {
  /** Too late, another tab, a link from elsewhere, a second time: for who reads it, all the same. */
  lost: {
    status: 400,
    title: 'La connexion n’a pas abouti',
    text: 'Elle a peut-être duré plus de dix minutes, ou une autre connexion a commencé dans un autre onglet. Recommencez : rien n’est perdu.',
  },
  given: {
    status: 400,
    title: 'La connexion a été interrompue',
    text: 'Le service de connexion n’a pas confirmé votre identité. Recommencez.',
  },
  down: {
    status: 503,
    title: 'Le service de connexion ne répond pas',
    text: 'Réessayez dans une minute. Si cela dure, prévenez l’administrateur de la console.',
  },
  often: {
    status: 429,
    title: 'Trop d’essais de connexion',
    text: 'Beaucoup de connexions ont été essayées depuis votre réseau.',
  },
} satisfies Record<string, Words>;

const ELSEWHERE = 'Cet envoi ne venait pas d’une page de la console.';
const OLD = 'La page a été ouverte avant votre dernière connexion, ou son envoi est incomplet.';

export const REFUSED_POST: Record<RefusedPost, string> = {
  'foreign-origin': ELSEWHERE,
  'foreign-site': ELSEWHERE,
  'no-origin': 'Votre navigateur ne dit pas d’où vient cet envoi. Mettez-le à jour.',
  'no-token': OLD,
  'wrong-token': OLD,
};

export const waitText = (seconds: number): string =>
  seconds < 60 ? 'Réessayez dans une minute.' : `Réessayez dans ${Math.ceil(seconds / 60)} minutes.`;
