/** The look of what residents are told: a bubble a channel, side by side where there is room. */
export const TOLD = `
.bubbles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:1rem;margin:.5rem 0 1rem;align-items:start}
.told{margin:0;padding:.75rem;border:1px solid var(--line);border-radius:.75rem;background:#eef3f5}
.told.whatsapp{background:#edf4ee}
.told.messenger{background:#f1f0f8}
.told figcaption{font-size:.875rem;color:var(--soft)}
.told .said{margin:.375rem 0;padding:.5rem .875rem;border:1px solid var(--line);border-radius:1.125rem;border-end-start-radius:.25rem;background:var(--paper);white-space:pre-wrap;overflow-wrap:anywhere}
.taps{list-style:none;display:flex;flex-wrap:wrap;gap:.375rem;margin:.375rem 0;padding:0}
.taps li{padding:.125rem .75rem;border:1px solid var(--blue);border-radius:1rem;background:var(--paper);color:var(--blue);font-size:.9375rem}
.tally{grid-template-columns:repeat(auto-fit,minmax(min(100%,7.5rem),1fr))}
.tally .card{padding:.625rem .875rem}
.button.danger{border-color:var(--bad);color:var(--bad)}
.button.danger:hover{background:var(--bad);color:#fff}
.under{display:block;font-size:.875rem;color:var(--soft)}
td:has(>.under){min-width:11rem}
.audience .choices{grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr))}
.texts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:0 1.25rem}
@media print{.told{break-inside:avoid}}`;
