/**
 * The one look of the console: dark ink on near-white, one blue, orange for the focus and for what waits. Every pair of
 * colours here has 4.5:1 or more; widths are in rem, so that 200 % of text size only wraps; it prints without its menu.
 */
import { FONT_FAMILY } from '../pages/fonts.ts';
import { ROWS_STYLE } from './style-rows.ts';
import { TOLD } from './style-told.ts';
import { SURVEYS_STYLE } from './surveys/style.ts';

const BASE = `*{box-sizing:border-box}
:root{--ink:#17242f;--soft:#4a5864;--line:#cfd8df;--edge:#75848f;--paper:#fff;--ground:#f4f7f8;--blue:#0a4560;--link:#0a5570;--wash:#e8f0f3;--focus:#c65d00;--warn:#8a4300;--warn-wash:#fff4e6;--bad:#a51d2d;--bad-wash:#fdeef0;--good:#1c6846;--good-wash:#e9f5ef}
html{font:400 100%/1.55 ${FONT_FAMILY};color:var(--ink);background:var(--ground);-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;overflow-wrap:break-word;min-width:0}
h1,h2,h3,h4{font-weight:600;line-height:1.25;text-wrap:balance;color:var(--blue);margin:0}
h1{font-size:1.75rem}
h2{font-size:1.25rem;margin:2.25rem 0 .75rem}
h3{font-size:1.0625rem;margin:1.5rem 0 .5rem;color:var(--ink)}
p{margin:.5rem 0;max-width:46rem}
ul,ol{margin:.5rem 0;padding-inline-start:1.25rem}
a{color:var(--link);text-underline-offset:.2em}
a:hover{text-decoration-thickness:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:2px}
main:focus{outline:0}
[hidden]{display:none}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;top:-5rem;padding:.5rem 1rem;background:var(--paper);z-index:2}
.skip:focus{top:.5rem}
.soft{color:var(--soft)}
.number,td.number,th.number{font-variant-numeric:tabular-nums}
td.number,th.number{text-align:end}
bdi{overflow-wrap:anywhere}
:lang(ar),:lang(ur){line-height:1.8}`;

const FRAME = `
.top{background:var(--paper);border-bottom:1px solid var(--line);padding:.75rem 1.25rem 0;display:grid;grid-template-columns:minmax(0,1fr);gap:.5rem 1rem;align-items:center}
.brand{margin:0;font-size:1.0625rem}
.brand strong{color:var(--blue);font-weight:600}
.brand span{color:var(--soft)}
.brand span::before{content:'· '}
.who{display:flex;gap:.75rem;align-items:center;justify-content:space-between}
.who p{margin:0;line-height:1.3;font-size:.9375rem}
.who button{white-space:nowrap}
.who p span{display:block;font-size:.8125rem;color:var(--soft)}
nav[aria-label=Rubriques]{grid-column:1/-1;margin:0 -.5rem}
nav[aria-label=Rubriques] ul{display:flex;flex-wrap:wrap;list-style:none;margin:0;padding:0}
nav[aria-label=Rubriques] a{display:block;padding:.5rem .625rem;color:var(--ink);text-decoration:none;border-bottom:3px solid transparent}
nav[aria-label=Rubriques] a:hover{background:var(--wash)}
nav[aria-label=Rubriques] [aria-current]{color:var(--blue);font-weight:600;border-bottom-color:var(--blue)}
main{padding:1.5rem 1.25rem 3rem;max-width:76rem;margin:0 auto}
main.bare{max-width:36rem}
main.bare h1{margin-top:1.5rem}
.above{margin:0 0 .25rem}
.above a::before{content:'‹ '}
.purpose{margin:.375rem 0 1.25rem;color:var(--soft);font-size:1.0625rem}
.done{padding:.625rem 1rem;border-inline-start:.25rem solid var(--good);background:var(--good-wash);color:#0f4b31;max-width:none}
.warning{padding:.625rem 1rem;border-inline-start:.25rem solid var(--focus);background:var(--warn-wash);max-width:none}
footer{padding:1rem 1.25rem 2rem;max-width:76rem;margin:0 auto;font-size:.875rem;color:var(--soft)}
@media(min-width:40rem){.top{grid-template-columns:1fr auto}.who p{text-align:end}}
@media(min-width:68rem){body:has(.top){display:grid;grid-template-columns:14rem minmax(0,1fr);grid-template-rows:1fr auto;min-height:100vh}
.top{grid-row:1/3;grid-template-columns:1fr;grid-template-rows:auto auto 1fr;align-items:start;align-content:start;border-bottom:0;border-inline-end:1px solid var(--line);padding:1.5rem 1rem;position:sticky;top:0;height:100vh;overflow-y:auto}
.brand span{display:block}.brand span::before{content:''}
.top nav[aria-label=Rubriques]{grid-row:2;margin:1.25rem -1rem 0}
.top nav[aria-label=Rubriques] ul{flex-direction:column}
.top nav[aria-label=Rubriques] a{padding:.5rem 1rem;border-bottom:0;border-inline-start:3px solid transparent}
.top nav[aria-label=Rubriques] [aria-current]{border-inline-start-color:var(--blue);background:var(--wash)}
.who{grid-row:3;align-self:end;flex-direction:column;align-items:start;padding-top:1.5rem}.who p{text-align:start}
main{margin:0;padding:2rem 2.5rem 3rem;width:100%}footer{margin:0;padding-inline:2.5rem;width:100%}}`;

const FORMS = `
.form{max-width:46rem}
form.inline{display:inline-flex;gap:.5rem;align-items:center;flex-wrap:wrap}
.field{border:0;margin:1.25rem 0;padding:0;min-width:0}
.field>label,legend{display:block;font-weight:600;padding:0}
.field.wrong{border-inline-start:.25rem solid var(--bad);padding-inline-start:.75rem}
.hint{margin:.125rem 0 0;font-size:.9375rem;color:var(--soft)}
.fault{margin:.125rem 0 0;color:var(--bad);font-weight:600}
input:not([type=radio],[type=checkbox],[type=hidden]),select,textarea{font:inherit;color:inherit;width:100%;max-width:100%;min-height:2.75rem;margin-top:.375rem;padding:.5rem .75rem;background:var(--paper);border:1px solid var(--edge);border-radius:.375rem}
textarea{line-height:1.5;resize:vertical}
input[type=number],input[type=date],input[type=time]{max-width:12rem}
input[type=datetime-local]{max-width:16rem}
input[aria-invalid],textarea[aria-invalid],select[aria-invalid]{border:2px solid var(--bad)}
.choices{display:grid;gap:.125rem;margin-top:.375rem}
.choice{display:flex;gap:.625rem;align-items:flex-start;padding:.375rem 0;min-height:2.25rem}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.15rem 0 0;accent-color:var(--blue)}
.row{max-width:60rem;display:flex;flex-wrap:wrap;gap:0 1rem;align-items:end}
.row>.field{flex:1 1 12rem;margin:.75rem 0}
.row>button{margin-bottom:.75rem}
button,.button{font:inherit;font-weight:600;display:inline-block;min-height:2.75rem;padding:.5rem 1.125rem;border:2px solid var(--blue);border-radius:.375rem;background:var(--paper);color:var(--blue);cursor:pointer;text-decoration:none;text-align:center}
button.main,.button.main{background:var(--blue);color:#fff}
button.main:hover,.button.main:hover{background:#06324a}
button.quiet,.button.quiet{border-color:var(--line);font-weight:400}
button.quiet:hover,.button.quiet:hover{border-color:var(--blue)}
button.danger{border-color:var(--bad);color:var(--bad)}
button.danger:hover{background:var(--bad);color:#fff}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:1.25rem 0}
.faults{padding:.75rem 1.25rem;border:2px solid var(--bad);background:var(--bad-wash);margin:1rem 0;max-width:46rem}
.faults h2{margin:0;color:var(--bad);font-size:1.0625rem}
.faults a{color:var(--bad)}`;

const THINGS = `
.table{position:relative;overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:.5rem;margin:.75rem 0}
.table:focus-visible{outline-offset:-3px}
table{border-collapse:collapse;width:100%}
caption{text-align:start;padding:.75rem 1rem .25rem;font-weight:600}
th,td{padding:.625rem 1rem;text-align:start;vertical-align:top;border-top:1px solid #e3e9ed}
thead th{border-top:0;font-weight:400;font-size:.875rem;color:var(--soft);white-space:nowrap}
tbody th{font-weight:600}
td,tbody th{min-width:6.5rem;overflow-wrap:break-word}td bdi{overflow-wrap:normal}td.number{min-width:4rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:1rem;margin:.75rem 0;padding:0;list-style:none}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.25rem}
.card>h2,.card>h3{margin-top:0}
.card>:last-child{margin-bottom:0}
.figure{font-size:1.75rem;font-weight:600;line-height:1.2;color:var(--blue);margin:0;font-variant-numeric:tabular-nums}
.figure+p{margin-top:.125rem;color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(6rem,1fr));gap:1rem;list-style:none;margin:.75rem 0;padding:1rem 1.25rem;background:var(--paper);border:1px solid var(--line);border-radius:.5rem;max-width:46rem}
.empty{padding:2rem 1.5rem;background:var(--paper);border:1px dashed var(--edge);border-radius:.5rem;text-align:center}
.empty p{margin-inline:auto}
.state{display:inline-block;padding:.0625rem .625rem;border-radius:1rem;border:1px solid var(--edge);font-size:.875rem;white-space:nowrap;background:var(--paper)}
.state.going{border-color:var(--good);background:var(--good-wash);color:#0f4b31}
.state.waits{border-color:var(--focus);background:var(--warn-wash);color:#6b3400}
.state.over{color:var(--soft)}
.state.bad{border-color:var(--bad);background:var(--bad-wash);color:var(--bad)}
.facts{display:grid;grid-template-columns:minmax(9rem,max-content) minmax(0,1fr);gap:.375rem 1.25rem;margin:.75rem 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.pager{display:flex;gap:.75rem;margin:1rem 0}
ul.plain{list-style:none;padding:0}.plain li{padding:.5rem 0;border-top:1px solid #e3e9ed}.plain li:first-child{border-top:0}.plain li>.soft{display:block;font-size:.9375rem}
.chart svg{display:block;width:100%;max-width:28rem;height:auto}
.question{margin-top:2.5rem;padding-top:.25rem;border-top:1px solid var(--line);break-inside:avoid}
.columns{display:grid;gap:2rem}
@media(min-width:60rem){.columns{grid-template-columns:minmax(0,3fr) minmax(17rem,2fr);align-items:start}}
progress{width:100%;max-width:24rem;height:.75rem;accent-color:var(--blue)}
.findings{list-style:none;padding:0}
.findings li{padding:.375rem .875rem;margin:.375rem 0;border-inline-start:.25rem solid var(--focus);background:var(--warn-wash)}
.findings li.error{border-color:var(--bad);background:var(--bad-wash)}
.qr svg{width:min(16rem,100%);height:auto;display:block}
blockquote{margin:1rem 0;max-width:46rem}
blockquote>bdi{display:block;white-space:pre-line;padding-block:.25rem;padding-inline-start:1rem;border-inline-start:.25rem solid var(--line)}
details{margin:.75rem 0}
summary{cursor:pointer;padding:.375rem 0;font-weight:600;color:var(--link)}
@media(max-width:34rem){.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.625rem}th,td{padding:.5rem .75rem}}
@media(prefers-reduced-motion:no-preference){button,.button{transition:background-color .12s}}
@media print{html{background:#fff;font-size:10pt}.top,.skip,footer,form,.actions,.pager,.above{display:none!important}body:has(.top){display:block}main{padding:0;max-width:none}.table,.card{break-inside:avoid;border-color:#999}a{color:inherit;text-decoration:none}}`;

export const STYLE = BASE + FRAME + FORMS + THINGS + ROWS_STYLE + TOLD + SURVEYS_STYLE;
