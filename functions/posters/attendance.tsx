/**
 * The attendance sheet of a visit, to print: codes, how many people, what they want to be seen, a box to tick. A4, black
 * on white; no number, no name, nothing that says who someone is.
 */

import { raw } from 'hono/html';
import { dayName } from '../../conversations/hours.ts';
import { codeOf, type Seats, taken } from '../../conversations/seats.ts';
import { beginsAt, type Visit } from '../../conversations/visit.ts';
import { visitTitle } from '../../conversations/visit-words.ts';
import { counted } from '../console/said.ts';
import { FONT_FAMILY, fontFaces } from '../pages/fonts.ts';

const style = (fonts: string): string => `${fontFaces(fonts)}
@page{size:A4;margin:14mm 12mm}
*{box-sizing:border-box}
html{font:400 11pt/1.35 ${FONT_FAMILY};color:#000;background:#fff}
body{margin:0 auto;max-width:186mm}
h1{font-size:18pt;line-height:1.25;margin:0}
h2{font-size:13pt;margin:8mm 0 2mm}
p,ol{margin:1mm 0}
table{width:100%;border-collapse:collapse;margin-top:4mm}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:.3mm solid #000;padding:1.6mm 2mm;text-align:left;vertical-align:top}
th{font-weight:600}
.code{font-weight:600;white-space:nowrap;width:22mm}
.count{width:20mm;text-align:center}
.here{width:26mm}
.whole{white-space:nowrap}
.see{padding-left:7mm;text-indent:-7mm;overflow-wrap:anywhere;break-inside:avoid}
.box{text-indent:0;display:inline-block;width:5mm;height:5mm;border:.4mm solid #000;vertical-align:-1mm;margin-right:2mm}
`;

/** Something to be looked at there: its number, and the code of who asked, where they come. */
export interface ToSee {
  number: string;
  text: string;
  /** That it is written in. */
  language: string;
  hash: string;
}

/** `fetched`: hashes of those who need transport. `fonts`: the folder of the font files, as the page's own address sees it. Blank lines at the end are for who just comes. */
export async function attendancePage(
  visit: Visit,
  seats: Seats,
  { subjects, fetched }: { subjects: readonly ToSee[]; fetched: ReadonlySet<string> },
  { fonts, city, blank = 5 }: { fonts: string; city: string; blank?: number },
): Promise<string> {
  const coming = seats.parties.filter(({ state }) => state === 'coming').sort((a, b) => a.number - b.number);
  const codes = new Map(coming.map((party) => [party.hash, codeOf(party)]));
  const title = visitTitle(visit, 'fr');
  const page = (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${visit.id} – feuille de présence`}</title>
        <style>{raw(style(fonts))}</style>
      </head>
      <body>
        <main>
          <p>{`${city} – feuille de présence ${visit.id}`}</p>
          <h1>{`${title.charAt(0).toUpperCase()}${title.slice(1)}, ${dayName(beginsAt(visit), 'fr')} ${visit.day.slice(0, 4)} à ${visit.time}`}</h1>
          <p>{`Rendez-vous: ${visit.meeting.name}. ${counted(taken(seats), 'personne inscrite', 'personnes inscrites')}, ${counted(seats.capacity, 'place', 'places')}.`}</p>
          {visit.stops.length > 0 && (
            <ol>
              {visit.stops.map((stop) => (
                <li>{stop}</li>
              ))}
            </ol>
          )}
          <table>
            <thead>
              <tr>
                <th scope="col" class="code">
                  Code
                </th>
                <th scope="col" class="count">
                  Inscrits
                </th>
                <th scope="col" class="here">
                  Présents
                </th>
                <th scope="col">À voir</th>
              </tr>
            </thead>
            <tbody>
              {coming.map((party) => (
                <tr>
                  <th scope="row" class="code">
                    {codeOf(party)}
                  </th>
                  <td class="count">{party.people}</td>
                  <td class="here">
                    <span class="box" />
                    {party.here ?? '____'}
                  </td>
                  <td>
                    {[
                      ...(fetched.has(party.hash) ? ['à aller chercher'] : []),
                      ...subjects.filter(({ hash }) => hash === party.hash).map(({ number }) => number),
                    ].map((each, index) => (
                      <>
                        {index > 0 && ', '}
                        <span class="whole">{each}</span>
                      </>
                    ))}
                  </td>
                </tr>
              ))}
              {Array.from({ length: blank }, () => (
                <tr>
                  <td class="code">sans code</td>
                  <td class="count" />
                  <td class="here">
                    <span class="box" />
                    ____
                  </td>
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
          {subjects.length > 0 && <h2>À voir sur place</h2>}
          {subjects.map(({ number, text, language, hash }) => (
            <p class="see">
              <span class="box" />
              {`${number}${codes.has(hash) ? ` (${codes.get(hash)})` : ''}: `}
              <bdi lang={language === 'fr-facile' ? 'fr' : language} dir="auto">
                {text}
              </bdi>
            </p>
          ))}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${await page.toString()}`;
}
