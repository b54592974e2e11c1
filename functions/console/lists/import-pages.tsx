/** What the import of contacts shows: the form, what would come of the file, what came of it. */
import type { Counts, Told } from '../../contacts/import-contacts.ts';
import { countsInWords, toldInWords } from '../../contacts/told-words.ts';
import type { CityList } from '../../runtime/city-lists.ts';
import type { Ticket } from '../../store/kept-uploads.ts';
import { Button, FaultSummary, type Faults, Field, File, Form, TextArea } from '../forms.tsx';
import { Facts, Table } from '../list.tsx';
import type { Page } from '../page.ts';
import { counted, figure, sentence, typeset } from '../said.ts';
import { addressOf } from './parts.ts';

/** What a page shows of the rows that do not go in; all of them are in the file. */
export const SHOWN = 200;

export interface Typed {
  preuve: string;
  le: string;
  par: string;
}

const above = ({ id, name }: CityList) => ({ title: name, href: addressOf(id) });

/** `most`: rows that are tried while the page is waited for, and rows there may be at all. `under`: long imports under way. */
export const formPage = (
  list: CityList,
  most: { now: number; all: number },
  typed: Typed,
  { faults = {}, under = [] }: { faults?: Faults; under?: string[] } = {},
): Page => ({
  ...(Object.keys(faults).length > 0 && { status: 422 as const }),
  title: 'Importer des contacts',
  purpose:
    'Inscrire les personnes d’un fichier qui ont donné leur accord. D’abord un essai, qui n’enregistre rien.',
  above: above(list),
  body: (
    <>
      <FaultSummary faults={faults} />
      {under.map((address) => (
        <p class="warning">
          Un import de cette liste est en cours : <a href={address}>voir où il en est</a>.
        </p>
      ))}
      <Form action={addressOf(list.id, 'import')} files label="Essayer un fichier">
        <File
          name="fichier"
          label="Fichier"
          hint={`Tableau .csv ou .xlsx, 4 Mo et ${figure(most.all)} lignes au plus ; à partir de ${figure(most.now)}, l’essai se fait pendant que vous faites autre chose. La première ligne porte les titres ; seule la colonne « téléphone » est obligatoire.`}
          accept=".csv,.txt,.xlsx,.xlsm"
          faults={faults}
          required
        />
        <TextArea
          name="preuve"
          label="Comment les personnes ont donné leur accord"
          hint="Par exemple : bulletin signé au forum des associations. Vide si la colonne « preuve » le dit à chaque ligne."
          rows={2}
          value={typed.preuve}
          faults={faults}
        />
        <Field
          name="le"
          type="date"
          label="Jour de l’accord"
          hint="Vide si la colonne « date de consentement » le dit à chaque ligne."
          value={typed.le}
          faults={faults}
        />
        <Field
          name="par"
          label="Recueilli par"
          hint="Un service, jamais le nom d’une personne."
          value={typed.par}
          faults={faults}
        />
        <p>
          Sans preuve ni jour, une ligne est refusée. Qui a dit STOP ou EFFACER n’est jamais repris. Aucun
          message ne part.
        </p>
        <div class="actions">
          <Button>Essayer</Button>
          <a href={addressOf(list.id)}>Annuler</a>
        </div>
      </Form>
      <details>
        <summary>Les autres colonnes lues</summary>
        <ul>
          <li>langue, quartier : un nom de la ville ;</li>
          <li>âge : un âge, une tranche ou une année de naissance, à partir de 15 ans ;</li>
          <li>consentement : oui ; canal : SMS.</li>
        </ul>
        <p>Le reste du fichier n’est ni lu ni gardé.</p>
      </details>
    </>
  ),
});

export function resultPage({
  list,
  counts,
  told,
  ticket,
  trial,
}: {
  list: CityList;
  counts: Counts;
  told: Told[];
  ticket?: Ticket;
  trial: boolean;
}): Page {
  const joining = counts.new + counts.added;
  const cut = !trial && ticket !== undefined;
  return {
    title: trial ? 'Ce que ferait l’import' : cut ? 'Import à reprendre' : 'Import fait',
    purpose: trial
      ? `Rien n’est encore enregistré dans « ${list.name} ». Lisez, puis importez ou renoncez.`
      : `Ce qui a été enregistré dans « ${list.name} ». Aucun message n’est parti.`,
    above: above(list),
    body: (
      <>
        {cut && (
          <p class="warning">
            Les données n’ont pas toujours répondu : une partie est enregistrée. Reprenez, rien n’est importé
            deux fois.
          </p>
        )}
        <Facts facts={countsInWords(counts).map(([what, count]) => [sentence(what), figure(count)])} />
        {ticket && (
          <div class="actions">
            {(cut || joining > 0) && (
              <Act list={list} act="confirmer" ticket={ticket}>
                {cut ? 'Reprendre l’import' : `Importer ${counted(joining, 'contact', 'contacts')}`}
              </Act>
            )}
            {trial && told.length > 0 && (
              <Act list={list} act="lignes" ticket={ticket} quiet>
                Toutes les lignes écartées (CSV)
              </Act>
            )}
            {trial && (
              <Act list={list} act="abandonner" ticket={ticket} quiet>
                Ne rien importer
              </Act>
            )}
          </div>
        )}
        {trial && (
          <p class="soft">
            Le fichier attend une heure, chiffré, puis disparaît. Après avoir corrigé des lignes,{' '}
            <a href={addressOf(list.id, 'import')}>essayez le nouveau fichier</a>.
          </p>
        )}
        {told.length > 0 && <Lines told={told} />}
      </>
    ),
  };
}

function Act({
  list,
  act,
  ticket,
  quiet = false,
  children,
}: {
  list: CityList;
  act: string;
  ticket: Ticket;
  quiet?: boolean;
  children?: unknown;
}) {
  return (
    <Form action={addressOf(list.id, `import/${act}`)} inline>
      <input type="hidden" name="fichier" value={ticket.id} />
      <input type="hidden" name="cle" value={ticket.key} />
      <Button quiet={quiet}>{children as never}</Button>
    </Form>
  );
}

export function Lines({ told, all = told.length }: { told: Told[]; all?: number }) {
  return (
    <>
      <h2>Lignes écartées</h2>
      {all > SHOWN && (
        <p>
          Les {figure(SHOWN)} premières, sur {figure(all)}.
        </p>
      )}
      <Table caption="Lignes écartées" heads={[{ name: 'Ligne', number: true }, 'Où', 'Pourquoi']}>
        {told.slice(0, SHOWN).map((row) => {
          const { line, where = '', why } = toldInWords(row);
          return (
            <tr>
              <td class="number">{line}</td>
              <td>{where}</td>
              <td>{typeset(why)}</td>
            </tr>
          );
        })}
      </Table>
    </>
  );
}

export const gonePage = (list: CityList): Page => ({
  status: 409,
  title: 'Ce fichier n’est plus gardé',
  purpose: 'L’import est déjà fait, ou une heure a passé.',
  above: above(list),
  body: (
    <p>
      <a href={addressOf(list.id, 'import')}>Envoyez le fichier de nouveau</a> si vous avez un doute :
      personne n’est importé deux fois.
    </p>
  ),
});
