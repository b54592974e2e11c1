/** What the pages of surveys have beyond the console's look: a phone, questions, texts side by side. */
import { PHONE } from '../../preview/style.ts';

export const SURVEYS_STYLE = `
${PHONE}
.phone ol,.phone ul,.phone p{margin:0}
.phone figcaption p+p{margin-top:.125rem}
.phone{max-width:24.375rem}
figure.phone{margin:1rem 0}
.asked>li{padding:.5rem 0}
.asked p{margin:.125rem 0}
.drawing{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;background:#fff}
.drawing svg{display:block;max-width:100%;height:auto}
.editor>.form{max-width:none}
.editor .card{margin:1rem 0}
.editor .bar{position:sticky;top:0;z-index:1;margin:0;padding:.625rem 0;background:var(--ground)}
@media(max-width:40rem){.editor .bar{position:static}}
.texts{border:0;margin:1rem 0;padding:0;min-width:0}
.side{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));gap:.5rem 1rem;align-items:start}
.side label{font-size:.9375rem;color:var(--soft)}
.weight{margin:.125rem 0 0;font-size:.8125rem;color:var(--soft)}
.options{padding-inline-start:1.75rem}
.options>li{padding:.25rem 0}
.options details{margin:0}
.options summary{padding:0;font-weight:400;font-size:.8125rem}
details.aside{margin:0}
@media(min-width:60rem){.stays{position:sticky;top:4.5rem;max-height:calc(100vh - 5rem);overflow-y:auto}}`;
