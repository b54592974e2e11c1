/** The frame of every page: the city, the menu of what this agent may see, who they are, what the page is for. */
import type { Child } from 'hono/jsx';
import type { City } from '../../conversations/city.ts';
import { languageName } from '../../conversations/preview/transcript.ts';
import type { Agent } from './agent.ts';
import { asset } from './assets.ts';
import { Form, Token } from './forms.tsx';
import { Looked, type Lookup } from './lookup.ts';
import { isUnder, PARTS, ROOT } from './navigation.ts';
import type { Page } from './page.ts';
import { may, ROLE_NAMES } from './roles.ts';

interface Frame {
  city: City;
  agent: Agent;
  token: string;
  /** Of this page alone. */
  lookup: Lookup;
  path: string;
}

/** The whole document. */
export async function framed(page: Page, { city, agent, token, lookup, path }: Frame): Promise<string> {
  const { title, purpose, above, done, moves, body } = page;
  return document(
    <Shell title={title} city={city} moves={moves}>
      <Token.Provider value={token}>
        <a class="skip" href="#contenu">
          Aller au contenu
        </a>
        <header class="top">
          <p class="brand">
            <strong>Porte-Voix</strong> <span>{city.name}</span>
          </p>
          <div class="who">
            <p>
              <bdi>{agent.name}</bdi>
              <span>{roleOf(agent)}</span>
            </p>
            <Form action={`${ROOT}/deconnexion`} inline>
              <button type="submit" class="quiet">
                Se déconnecter
              </button>
            </Form>
          </div>
          <nav aria-label="Rubriques">
            <ul>
              {PARTS.filter(({ right }) => may(agent.role, right)).map(({ name, href }) => (
                <li>
                  <a
                    href={href}
                    {...(isUnder(path, href) && { 'aria-current': path === href ? 'page' : 'true' })}
                  >
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <main id="contenu" tabindex={-1}>
          {above && (
            <p class="above">
              <a href={above.href}>{above.title}</a>
            </p>
          )}
          <h1>{title}</h1>
          <p class="purpose">{purpose}</p>
          {done && (
            <p class="done" role="status">
              <span aria-hidden="true">✓ </span>
              {done}
            </p>
          )}
          <Looked.Provider value={lookup}>{body}</Looked.Provider>
        </main>
        <Foot />
      </Token.Provider>
    </Shell>,
  );
}

const roleOf = ({ role, language }: Agent): string =>
  language ? `${ROLE_NAMES[role]}, ${languageName(language)}` : ROLE_NAMES[role];

/** A page for who is not signed in, or may not see it. */
export async function bare(title: string, city: City, body: Child): Promise<string> {
  return document(
    <Shell title={title} city={city}>
      <main id="contenu" class="bare">
        <p class="brand">
          <strong>Porte-Voix</strong> <span>{city.name}</span>
        </p>
        <h1>{title}</h1>
        {body}
      </main>
      <Foot />
    </Shell>,
  );
}

const Foot = () => (
  <footer>
    <a href={`${ROOT}/accessibilite`}>Accessibilité : partiellement conforme</a>
  </footer>
);

function Shell({
  title,
  city,
  moves,
  children,
}: {
  title: string;
  city: City;
  moves?: boolean | undefined;
  children?: Child;
}) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} – Porte-Voix, ${city.name}`}</title>
        <link rel="stylesheet" href={asset('console.css')} />
        <link rel="icon" href={asset('icone.svg')} type="image/svg+xml" />
        {moves && <script src={asset('htmx.js')} defer />}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** Parts that wait for the store are waited for. */
export const rendered = async (node: { toString(): string | Promise<string> }): Promise<string> =>
  String(await node.toString());

const document = async (page: Parameters<typeof rendered>[0]): Promise<string> =>
  `<!doctype html>${await rendered(page)}`;
