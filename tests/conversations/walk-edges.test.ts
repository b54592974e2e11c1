/** What lies at the edges of a survey's walk: older sessions, words that are the resident's, what erasing leaves. */
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../conversations/events.ts';
import type { World } from '../../conversations/moment.ts';
import { readSurvey, surveyShelf } from '../../conversations/survey.ts';
import { answersThatCount } from '../../conversations/survey-paths.ts';
import { localWorld } from '../../infra/local/city.ts';
import { type Play, play } from './play.ts';

const fr = (text: string) => ({ fr: text });
const surveyOf = (questions: object[], more: object = {}) =>
  readSurvey(
    {
      key: 'bords',
      revision: 1,
      keywords: ['BORDS'],
      opens: '2026-01-01',
      closes: '2026-12-20',
      languages: ['fr'],
      topic: fr('la rue'),
      intro: fr('Quelques questions.'),
      thanks: fr('À bientôt.'),
      over: fr('Fini.'),
      questions,
      ...more,
    },
    'bords',
  );
const worldOf = (...parts: Parameters<typeof surveyOf>): World => ({
  ...localWorld(),
  surveys: surveyShelf([surveyOf(...parts)]),
});
const yesno = (id: string, more: object = {}) => ({ id, type: 'yesno', text: fr(`${id}?`), ...more });
const offerIn = ({ turns }: Play) =>
  turns.at(-1)?.effects.flatMap((effect) => (effect.type === 'say' ? [effect.offer] : []))[0];

describe('a session stored before the introduction had its place of now', () => {
  const stored = (world: World, channel: Channel = 'sms'): Play => {
    const resident = play(world, undefined, channel);
    resident.say('BORDS');
    const { session } = resident;
    if (session.survey) resident.session = { ...session, survey: { ...session.survey, at: 'intro' } };
    return resident;
  };

  it('goes on from the introduction', () => {
    const world = worldOf([yesno('velo')]);
    expect(stored(world).say('oui')).toContain('1/1 velo?');
    expect(stored(world).say('rien de tout')).toContain('la rue');
    expect(stored(world).wait(30)[0]).toContain('Quelques questions.');
    expect(stored(world, 'whatsapp').send({ media: [{ kind: 'voice', id: 'm' } as never] })).toBeDefined();
    expect(stored(world).say('STOP')).toContain('REPRENDRE');
  });

  it('stays at a question that is called so', () => {
    const resident = stored(worldOf([yesno('intro'), yesno('velo')]));
    expect(resident.say('oui')).toContain('2/2 velo?');
  });
});

describe("words of the resident's before a question", () => {
  it('are in no text that is made once for everybody', () => {
    const resident = play(
      worldOf([
        { id: 'nom', type: 'text', text: fr('Votre nom?') },
        { id: 'salut', type: 'note', text: fr(`Bonjour \${nom}`) },
        yesno('velo'),
        { id: 'n', type: 'number', min: 0, max: 900, constraint: '. < 5', text: fr('Combien?') },
      ]),
      undefined,
      'whatsapp',
    );
    resident.say('BORDS');
    resident.tap('On commence');
    expect(resident.say('Dupont')).toContain('Bonjour Dupont. 2/3 velo?');
    expect(offerIn(resident)?.dynamic).toBe(true);
    resident.tap('Oui');
    expect(offerIn(resident)?.dynamic).toBeUndefined();
    expect(resident.say('612')).toContain("612 n'est pas possible");
    expect(offerIn(resident)?.dynamic).toBe(true);
  });
});

describe('EFFACER', () => {
  const branching = [
    { id: 'jour', type: 'date', text: fr('Quel jour?') },
    yesno('matin', { relevant: `\${jour} != ''` }),
    yesno('sinon', { relevant: `\${matin} = 'yes'` }),
    yesno('velo'),
  ];

  it('leaves the choices that hang on a day or a text which is erased', () => {
    const resident = play(worldOf(branching));
    for (const text of ['BORDS', '1', '12/12/2026', 'oui', 'non', 'EFFACER', '1']) resident.say(text);
    const [record] = resident.effects('record');
    expect(record?.sheet.answers).toMatchObject({
      jour: { m: 'erased' },
      matin: { v: true },
      sinon: { v: false },
    });
  });

  it('and the same answers still do not count where nothing was erased', () => {
    const survey = surveyOf(branching);
    const t = 1;
    expect(Object.keys(answersThatCount(survey, { jour: { m: 'skip', t }, matin: { v: true, t } }))).toEqual([
      'jour',
    ]);
  });
});

describe('an invitation that asks its first question', () => {
  const invited = (): Play => {
    const resident = play(worldOf([yesno('velo'), yesno('bus')], { opening: 'question' }));
    resident.session = { ...resident.session, consent: 'given', lists: ['chene'] };
    resident.happen({ type: 'invited', id: 'i1', channel: 'sms', survey: 'bords' });
    return resident;
  };

  it('leaves no row of who never answers', () => {
    const resident = invited();
    resident.wait(24 * 9);
    expect(resident.session.survey).toBeUndefined();
    expect(resident.effects('record')).toEqual([]);
  });

  it('and one of who leaves on the way', () => {
    const resident = invited();
    resident.say('oui');
    resident.wait(24 * 9);
    expect(resident.effects('record')).toMatchObject([
      { sheet: { end: 'expired', answers: { velo: { v: true } } } },
    ]);
  });
});

it('a survey that asks nothing of somebody ends, and what follows at once is heard', () => {
  const resident = play(worldOf([yesno('velo', { relevant: '1 = 2' })]));
  resident.say('BORDS');
  expect(resident.say('oui')).toContain('Merci');
  const event = { type: 'said', id: 'quick', channel: 'sms', text: 'et les bus?' } as const;
  expect(resident.happen(event)).toBeDefined();
});

it('a reminder counts as the question does, also where its branch was taken back', () => {
  const resident = play(
    worldOf([yesno('velo'), yesno('casque', { relevant: `\${velo} = 'yes'` }), yesno('bus'), yesno('train')]),
    undefined,
    'messenger',
  );
  resident.say('BORDS');
  expect(resident.tap('On commence')).toContain('1/4');
  resident.tap('Oui');
  const [of] = resident.session.survey?.answers.velo?.e ?? [];
  resident.happen({ type: 'unsaid', id: 'u1', of: of as string });
  const [said] = resident.wait(24);
  expect(said).toContain('Il reste 3 questions');
  expect(said).toContain('2/4');
});

describe('a reply right behind an answer', () => {
  const places = worldOf([
    {
      id: 'secteur',
      type: 'single',
      text: fr('Quel secteur?'),
      options: [
        { id: 'nord', label: fr('nord') },
        { id: 'sud', label: fr('sud') },
      ],
    },
    {
      id: 'rue',
      type: 'single',
      text: fr('Quelle rue?'),
      filter: 'secteur = ${secteur}',
      options: [
        { id: 'haute', label: fr('rue Haute'), columns: { secteur: 'nord' } },
        { id: 'quai', label: fr('quai Neuf'), columns: { secteur: 'sud' } },
        { id: 'moulin', label: fr('rue du Moulin'), columns: { secteur: 'nord' } },
      ],
    },
  ]);

  it('that is an option of elsewhere is asked again, and no comment on what came before', () => {
    const resident = play(places);
    resident.say('BORDS');
    resident.say('1');
    expect(resident.say('nord')).toContain('1 rue Haute 2 rue du Moulin');
    const at = resident.now;
    resident.now = new Date(at.getTime() - 80_000);
    expect(resident.say('quai neuf')).toContain("Je n'ai pas compris");
    expect(resident.session.survey?.answers.secteur).not.toHaveProperty('c');
  });
});

describe('0, where a number cannot be 0', () => {
  const count = (more: object = {}) => ({
    id: 'minutes',
    type: 'number',
    text: fr('Combien de minutes?'),
    constraint: '. >= 1 and . <= 120',
    constraintMessage: fr('De 1 à 120.'),
    ...more,
  });
  const answering = (question: object, text: string): Play => {
    const resident = play(worldOf([question, yesno('velo')]));
    resident.say('BORDS');
    resident.say('1');
    resident.say(text);
    return resident;
  };

  it('passes', () => {
    const { survey } = answering(count(), '0').session;
    expect(survey).toMatchObject({ at: 'velo', answers: { minutes: { m: 'skip' } } });
    expect(answering(count({ default: '20' }), '0').session.survey?.answers.minutes).toMatchObject({
      v: 20,
      d: true,
    });
  });

  it('does not where an answer is needed, nor any other number that cannot be', () => {
    expect(answering(count({ required: true }), '0').session.survey?.at).toBe('minutes');
    expect(answering(count(), '200').session.survey?.at).toBe('minutes');
  });
});

it('a refused choice is said as it was shown, also from a filtered list', () => {
  const options = ['nord', 'sud'].map((id) => ({
    id,
    label: fr(`${id} de \${nom}`),
    columns: { cote: id },
  }));
  const resident = play(
    worldOf([
      { id: 'nom', type: 'text', text: fr('Quelle rue?') },
      {
        id: 'ou',
        type: 'single',
        options,
        filter: "cote = 'sud'",
        constraint: ". != 'sud'",
        text: fr('Où?'),
      },
    ]),
  );
  resident.say('BORDS');
  resident.say('oui');
  resident.say('Lilas');
  expect(resident.say('1')).toMatch(/^sud de Lilas n'est pas possible/);
});

it('several answers in one message are counted as the next question counts', () => {
  const resident = play(
    worldOf([yesno('velo'), yesno('casque', { relevant: `\${velo} = 'yes'` }), yesno('bus')]),
  );
  expect(resident.say('BORDS bus oui')).toMatch(/^C'est noté: 1\/3\. 1\/3 velo\?/);
});

it('who writes when it is over hears what became of it, where that is known', () => {
  const world = worldOf([yesno('velo')], { closes: '2026-11-23', results: fr('La rue est piétonne.') });
  const resident = play(world);
  resident.say('BORDS');
  resident.say('oui');
  resident.wait(24);
  expect(resident.session.survey).toBeUndefined();
  expect(resident.say('je voulais dire oui')).toBe('La rue est piétonne.');
});
