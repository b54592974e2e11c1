/** A table of texts on a narrow page: a card a row, each cell under the name of its column (`cells.ts`). */
export const ROWS_STYLE = `
@media screen and (max-width:40rem){
.table.rows{border:0;background:none;overflow:visible}
.rows table,.rows tbody{display:block}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows tbody tr{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,9rem),1fr));gap:.625rem 1rem;padding:.75rem 1rem;margin:0 0 .625rem;background:var(--paper);border:1px solid var(--line);border-radius:.5rem}
.rows tbody :is(td,th){display:block;min-width:0;padding:0;border:0;text-align:start;overflow-wrap:anywhere}
.rows tbody :is(th,td:first-child){grid-column:1/-1}
.rows td:empty{display:none}
.rows tbody :is(td,th)::before{content:attr(data-label);content:attr(data-label)/'';display:block;font-weight:400;font-size:.8125rem;color:var(--soft)}
.rows tbody :is(td,th):not([data-label])::before{content:none}}`;
