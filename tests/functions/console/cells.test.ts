/** A row on a narrow page: each cell says under which column it stands, and stays a cell for who listens. */
import { Fragment, jsx } from 'hono/jsx';
import { describe, expect, it } from 'vitest';
import type { namedCells } from '../../../functions/console/cells.ts';
import { Table } from '../../../functions/console/list.tsx';

const cell = (text: string, props: object = {}) => jsx('td', props, text);
const shown = async (...rows: Parameters<typeof namedCells>[0][]): Promise<string> =>
  String(
    await jsx(Table as never, { caption: 'Choses', heads: ['Nom', 'Quand', { hidden: 'Actes' }] }, ...rows),
  );

describe('namedCells', () => {
  it('names each cell after its column', async () => {
    const html = await shown(jsx('tr', {}, jsx('th', { scope: 'row' }, 'a'), cell('b'), cell('c')));
    expect(html).toContain(
      '<tr role="row"><th scope="row" role="rowheader" data-label="Nom">a</th><td role="cell" data-label="Quand">b</td><td role="cell">c</td></tr>',
    );
  });

  it('sees through lists, fragments and components, and leaves out what is not there', async () => {
    const Row = ({ name }: { name: string }) =>
      jsx('tr', {}, [cell(name)], jsx(Fragment as never, {}, cell('b')), false, cell(''));
    const html = await shown([jsx(Row as never, { name: '<a>' }), jsx(Row as never, { name: 'z' })]);
    expect(html.match(/data-label="Nom">(?:&lt;a&gt;|z)</g)).toHaveLength(2);
    expect(html.match(/data-label="Quand">b</g)).toHaveLength(2);
    expect(html.match(/<td role="cell"><\/td>/g)).toHaveLength(2);
  });

  it('keeps what a cell had', async () => {
    const html = await shown(jsx('tr', {}, cell('1', { class: 'number' }), cell('b'), cell('c')));
    expect(html).toContain('<td class="number" role="cell" data-label="Nom">1</td>');
  });

  it('leaves a table of figures as it is', async () => {
    const heads = ['Réponse', { name: 'Nombre', number: true }];
    const html = String(await jsx(Table as never, { caption: 'x', heads }, jsx('tr', {}, cell('b'))));
    expect(html).not.toMatch(/role=|data-label/);
  });
});
