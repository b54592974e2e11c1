/** The look of the preview: phones side by side on a wide page, one below the other on a narrow one or on paper. */
import { FONT_FAMILY, fontFaces } from '../pages/fonts.ts';

/** A phone alone, for pages that have a look of their own: they give it `--ink`, `--soft`, `--line` and `--paper`. */
export const PHONE = `.phone{--accent:#0a5570;--wash:#eef3f5;overflow:hidden;background:var(--paper);border:1px solid var(--line);border-radius:1.75rem;box-shadow:0 .5rem 1.5rem rgb(23 36 47/.08)}
.phone[data-channel=whatsapp]{--accent:#1c6846;--wash:#edf4ee}
.phone[data-channel=messenger]{--accent:#4c4799;--wash:#f1f0f8}
.phone-top{display:flex;align-items:center;gap:.75rem;padding:.75rem 1.125rem;border-bottom:1px solid var(--line)}
.face{flex:none;display:grid;place-items:center;width:2.25rem;height:2.25rem;border-radius:50%;background:var(--accent);color:#fff;font-weight:600}
.phone-top strong{display:block;font-weight:600;line-height:1.3}
.phone-top div span{font-size:.8125rem;color:var(--soft)}
.thread{list-style:none;display:flex;flex-direction:column;gap:.75rem;padding:1.125rem 1rem 1.375rem;background:var(--wash)}
.bubble{display:flex;flex-direction:column;align-items:flex-start;max-width:88%}
.bubble.resident{align-self:flex-end;align-items:flex-end}
.said{max-width:100%;margin:0;padding:.5rem .875rem;border:1px solid var(--line);border-radius:1.125rem;border-end-start-radius:.25rem;background:var(--paper);white-space:pre-wrap;overflow-wrap:anywhere;text-align:start}
.resident .said{border-color:var(--accent);background:var(--accent);color:#fff;border-end-start-radius:1.125rem;border-end-end-radius:.25rem}
.thread:lang(ar),.thread:lang(ur){font-size:1.0625rem;line-height:1.75}
.buttons{list-style:none;display:flex;flex-wrap:wrap;gap:.375rem;margin-top:.375rem;padding:0;max-width:100%}
.buttons li{padding:.25rem .875rem;border:1px solid var(--accent);border-radius:1.125rem;background:var(--paper);color:var(--accent);font-size:.9375em;overflow-wrap:anywhere}
[data-channel=whatsapp] .buttons{flex-direction:column;align-self:stretch}
[data-channel=whatsapp] .buttons li{text-align:center}
.menu{align-self:stretch;margin-top:.375rem;border:1px solid var(--line);border-radius:1rem;background:var(--paper);overflow:hidden}
.menu p{padding:.375rem .875rem;text-align:center;color:var(--accent);font-size:.9375em;border-bottom:1px solid var(--line)}
.menu ul{list-style:none;display:block;padding:0}
.menu li{padding:.3125rem .875rem;font-size:.9375em}
.menu li+li{border-top:1px solid #e6ecf0}
.meta{padding:.125rem .375rem 0;font-size:.75rem;line-height:1.4;color:var(--soft)}
.phone figcaption{padding:.75rem 1.125rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
.phone figcaption p+p{margin-top:.125rem}`;

/** `fonts`: the folder of the font files, as the page's own address sees it. */
export const previewStyle = (fonts: string): string => `${fontFaces(fonts)}
*{box-sizing:border-box}
:root{--ink:#17242f;--soft:#4a5864;--line:#cfd8df;--paper:#fff;--ground:#eaf0f2}
html{font:400 100%/1.5 ${FONT_FAMILY};color:var(--ink);background:var(--ground);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:84rem;padding:1.5rem clamp(1rem,3vw,2.5rem) 3rem}
h1,h2,p,ol,ul,figure,table{margin:0;padding:0}
h1,h2,h3{font-weight:600;line-height:1.3;text-wrap:balance}
h1{font-size:1.6rem;color:#0a4560}
h2{font-size:1.125rem}
a{color:#0a5570;text-underline-offset:.2em}
:focus-visible{outline:3px solid #c65d00;outline-offset:3px;border-radius:2px}
.soft{color:var(--soft)}
header{margin-bottom:1.75rem}
header p{margin-top:.375rem;max-width:46rem}
.price{font-weight:600}
.remarks{list-style:none;margin-top:.875rem;padding:.625rem 1rem;border-inline-start:.25rem solid #a85200;background:#fff8ef;max-width:46rem}
.scenes{display:flex;flex-wrap:wrap;gap:2rem 1.75rem;align-items:flex-start}
.scene{flex:1 1 20rem;max-width:24.375rem;min-width:0}
.scene>p{margin:.125rem 0 .75rem;min-height:3rem;font-size:.9375rem;color:var(--soft)}
${PHONE}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.drawn{display:grid;gap:2rem;align-items:start}
.drawing{overflow-x:auto;border:1px solid var(--line);border-radius:1rem;background:#fff}
.drawing svg{display:block;margin:0 auto;max-width:100%;height:auto}
.steps{list-style:none;padding:0}
.steps>li{padding:.75rem 1rem;border:1px solid var(--line);border-bottom:0;background:#fff}
.steps>li:first-child{border-radius:1rem 1rem 0 0}
.steps>li:last-child{border-bottom:1px solid var(--line);border-radius:0 0 1rem 1rem}
.steps ul{margin-top:.25rem;padding-inline-start:1.125rem;font-size:.9375rem;color:var(--soft)}
.steps .number{display:inline-block;min-width:1.75rem;font-weight:600;color:#0a5570}
.list h2{margin-bottom:.75rem}
table{border-collapse:collapse;width:100%;background:#fff;font-size:.9375rem}
.table{overflow-x:auto;margin:0 0 2rem;border:1px solid var(--line);border-radius:1rem;background:#fff}
caption{padding:.875rem 1rem .25rem;text-align:start;font-weight:600}
th,td{padding:.5rem 1rem;text-align:start;vertical-align:top;border-top:1px solid #e6ecf0}
thead th{border-top:0;font-weight:400;font-size:.8125rem;color:var(--soft)}
th[scope=row]{font-weight:400}
td.figure{font-variant-numeric:tabular-nums;white-space:nowrap}
@media(min-width:64rem){.drawn{grid-template-columns:minmax(0,3fr) minmax(18rem,2fr)}}
@media print{html{background:#fff;font-size:10.5pt}body{max-width:none;padding:0}.phone,.drawing{box-shadow:none}.scene,.steps>li{break-inside:avoid}.drawn{grid-template-columns:1fr}}
`;
