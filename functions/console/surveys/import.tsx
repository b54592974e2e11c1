/** A form of KoboToolbox or ODK becomes a draft; what stands in the way is named with its exact cell. */
import path from 'node:path';
import { SurveyDraft } from '../../../conversations/drafts/draft.ts';
import { inParis } from '../../../conversations/hours.ts';
import { faultLine, noticeLine } from '../../../conversations/xlsform/finding-lines.ts';
import { type ReadForm, readForm } from '../../../conversations/xlsform/read-form.ts';
import { FormFileError } from '../../forms/form-file-error.ts';
import { Button, Choices, FaultSummary, type Faults, File, Form } from '../forms.tsx';
import type { Asked, Made, Page } from '../page.ts';
import { seeOther } from '../page.ts';
import { nameOfAgent } from '../who.tsx';
import { draftsOf } from './drafts.ts';
import { IMPORT_PATH, isTaken, pathOf, SURVEYS_PATH } from './paths.ts';

export const showImport = (): Page => importPage({});

function importPage({ faults = {}, read, asks }: { faults?: Faults; read?: ReadForm; asks?: string }): Page {
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 as const }),
    title: 'Importer un formulaire',
    purpose: 'Un formulaire XLSForm (KoboToolbox, ODK) devient un brouillon ; rien n’est publié.',
    above: { title: 'Sondages', href: SURVEYS_PATH },
    body: (
      <>
        <FaultSummary faults={faults} />
        {read && read.faults.length > 0 && (
          <ul class="findings">
            {read.faults.map((fault) => (
              <li class="error">{faultLine(fault)}</li>
            ))}
          </ul>
        )}
        <Form action={IMPORT_PATH} files>
          <File
            name="fichier"
            label="Fichier"
            accept=".xlsx,.xlsm,.csv"
            required
            hint="Un .xlsx ou un .csv, avec une feuille survey. 4 Mo au plus."
            faults={faults}
          />
          {asks && (
            <Choices
              name="remplacer"
              label="Un brouillon existe déjà"
              required
              values={[]}
              choices={[{ value: asks, label: `Remplacer le brouillon « ${asks} » par ce fichier` }]}
              faults={faults}
            />
          )}
          <div class="actions">
            <Button>Importer</Button>
          </div>
        </Form>
      </>
    ),
  };
}

export async function importForm(asked: Asked): Promise<Made> {
  const { deps, agent, files, form, now, note } = asked;
  const file = files.get('fichier');
  if (!file) return importPage({ faults: { fichier: 'Choisissez un fichier .xlsx ou .csv.' } });
  // What reads spreadsheets is as large as everything else here: it is loaded when somebody brings one.
  const { readFormFile } = await import('../../forms/form-file.ts');
  let read: ReadForm;
  try {
    read = readForm(await readFormFile(file.name, file.bytes), {
      today: inParis(now).date,
      name: path.basename(file.name, path.extname(file.name)),
      before: (key) => deps.world.surveys.latest(key),
    });
  } catch (error) {
    if (error instanceof FormFileError) return importPage({ faults: { fichier: sentence(error.message) } });
    throw error;
  }
  const { survey, faults, notices } = read;
  if (!survey) {
    const count = faults.length;
    const many = count > 1 ? `${count} erreurs sont` : 'Une erreur est';
    return importPage({
      read,
      faults: { fichier: `${many} à corriger dans le fichier : rien n’est enregistré.` },
    });
  }
  const { key } = survey;
  if (isTaken(key))
    return importPage({
      faults: { fichier: `La clé « ${key} » est prise : changez form_id dans settings.` },
    });
  const store = draftsOf(deps);
  const before = await store.get(key);
  if (before && form.get('remplacer') !== key)
    return importPage({
      asks: key,
      faults: {
        remplacer: `« ${key} » est en cours d’écriture (${await nameOfAgent(deps.db, before.by)}). Choisissez le fichier de nouveau et cochez la case pour remplacer ce brouillon.`,
      },
    });
  const latest = deps.world.surveys.latest(key);
  const draft = SurveyDraft.parse({
    survey,
    without: [],
    ...(latest && { onto: latest.revision }),
  });
  const written = await store.write(draft, before?.version ?? 0, agent.id, now);
  if (written === 'too-large')
    return importPage({
      faults: { fichier: 'Le sondage est trop long : faites-en deux, ou retirez une langue.' },
    });
  if (written === 'overtaken')
    return importPage({
      asks: key,
      faults: { fichier: 'Quelqu’un vient de changer ce brouillon : recommencez.' },
    });
  await note('formulaire importé dans un brouillon', key);
  return notices.length === 0
    ? seeOther(`${pathOf(key)}/editer`, 'importe')
    : {
        title: 'Formulaire importé',
        purpose: 'Le formulaire est devenu un brouillon. Voici ce qui a été laissé de côté ou complété.',
        above: { title: 'Sondages', href: SURVEYS_PATH },
        body: (
          <>
            <ul class="findings">
              {notices.map((notice) => (
                <li>{noticeLine(notice)}</li>
              ))}
            </ul>
            <p>
              <a class="button main" href={`${pathOf(key)}/editer`}>
                Ouvrir le brouillon
              </a>
            </p>
          </>
        ),
      };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
