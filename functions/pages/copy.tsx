/** The page that shows a resident everything held about them, and the same as a file. Never cached, never indexed. */
import { raw } from 'hono/html';
import type { Answer } from '../../conversations/events.ts';
import type { World } from '../../conversations/moment.ts';
import { local } from '../../conversations/phrase.ts';
import { filledText, wordsOf } from '../../conversations/posed.ts';
import { askable } from '../../conversations/survey-paths.ts';
import { type CopyKey, copyTexts } from '../../locales/copy.ts';
import { type Language, words } from '../../locales/index.ts';
import type { Held } from '../runtime/held.ts';
import { STYLE } from './notice.tsx';

type Texts = Record<CopyKey, string>;

const time = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-u-nu-latn' : language, {
    timeZone: 'Europe/Paris',
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(at));

/** `held` undefined: the code opens nothing (any more). */
export async function copyPage(
  world: World,
  held: Held | undefined,
  language: Language,
  code: string,
): Promise<string> {
  const texts = copyTexts[language];
  const page = (
    <html lang={language} dir={words[language].direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${texts.title} – ${world.city.name}`}</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <main>
          <p class="city">{world.city.name}</p>
          <h1>{texts.title}</h1>
          {held ? (
            <Everything world={world} held={held} language={language} code={code} />
          ) : (
            <p>{texts.gone}</p>
          )}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${await page}`;
}

function Everything({
  world,
  held,
  language,
  code,
}: {
  world: World;
  held: Held;
  language: Language;
  code: string;
}) {
  const texts = copyTexts[language];
  const { session, kept } = held;
  const of = (kind: string) => kept.filter((item) => String(item.sk).startsWith(`${kind}#`));
  // Kept as it came, raised on a visit, asked of a live.
  const written = [...of('kept'), ...of('raised'), ...of('question')];
  const named = (sk: unknown): string => {
    const name = of('first-name').find((each) => each.sk === String(sk).replace('question#', 'first-name#'));
    return name?.name ? ` (${name.name})` : '';
  };
  const lists = [...world.city.quartiers, ...(world.lists ?? [])];
  const quartier = (id: string): string => lists.find((each) => each.id === id)?.name ?? id;
  const profile: [string, string | undefined][] = [
    [texts.address, held.address.replace(/^\w+:/, '')],
    [texts.language, session.language && words[session.language as Language]?.name],
    [texts.quartier, session.quartier && quartier(session.quartier)],
    [texts.age, session.age],
    [texts.source, session.source],
    [texts.consent, texts[`consent.${session.consent}`]],
  ];
  return (
    <>
      <p>{texts.intro}</p>
      <h2>{texts.profile}</h2>
      <dl class="times">{profile.map(([name, value]) => value && <Fact name={name} value={value} />)}</dl>
      <Part title={texts.lists} texts={texts} rows={session.lists.map(quartier)} />
      <Part
        title={texts.proofs}
        texts={texts}
        rows={of('consent').map((item) => `${time(String(item.at), language)} : ${item.text}`)}
      />
      <Part
        title={texts.calls}
        texts={texts}
        rows={of('call').map((item) => time(String(item.at), language))}
      />
      <Part
        title={texts.messages}
        texts={texts}
        rows={written.map((item) => `${time(String(item.at), language)} : ${item.text}${named(item.sk)}`)}
      />
      <h2>{texts.answers}</h2>
      <Answers world={world} held={held} language={language} />
      {held.cut.length > 0 && (
        <p>
          {texts.cut} <bdi>{held.cut.map((key) => topicOf(world, key, language)).join(', ')}</bdi>
        </p>
      )}
      <p>{texts.correct}</p>
      <p>
        <a href={`${code}.json`}>{texts.json}</a>
      </p>
    </>
  );
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <bdi>{value}</bdi>
    </dd>
  </div>
);

const Part = ({ title, rows, texts }: { title: string; rows: string[]; texts: Texts }) => (
  <>
    <h2>{title}</h2>
    {rows.length === 0 ? (
      <p>{texts.none}</p>
    ) : (
      <ul>
        {rows.map((row) => (
          <li dir="auto">{row}</li>
        ))}
      </ul>
    )}
  </>
);

function Answers({ world, held, language }: { world: World; held: Held; language: Language }) {
  const texts = copyTexts[language];
  const { survey: open } = held.session;
  const sheets = [
    ...held.sheets,
    ...(open ? [{ survey: open.key, revision: open.revision, answers: open.answers }] : []),
  ];
  const rows = sheets.flatMap(({ survey: key, revision, answers }) => {
    const survey = world.surveys.get(key, revision);
    if (!survey) return [];
    return askable(survey).flatMap((question) => {
      const answer = answers[question.id];
      if (!answer || !('text' in question)) return [];
      const said = inWords(answer, texts, wordsOf(question, answer, language));
      return [{ name: filledText(question.text, survey, answers, language), value: said }];
    });
  });
  if (rows.length === 0) return <p>{texts.none}</p>;
  return (
    <dl class="times">
      {rows.map(({ name, value }) => (
        <Fact name={name} value={value} />
      ))}
    </dl>
  );
}

function topicOf({ surveys }: World, key: string, language: Language): string {
  const survey = surveys.latest(key);
  return survey ? local(survey.topic, language) : key;
}

function inWords(answer: Answer, texts: Texts, words: string): string {
  const missing = { skip: texts.skipped, unknown: texts.unknown, erased: texts.erased };
  const value = answer.m ? missing[answer.m] : words;
  return [value, answer.o, answer.c, ...(answer.x ?? [])].filter(Boolean).join(' – ');
}
