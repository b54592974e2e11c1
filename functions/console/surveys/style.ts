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
.drawing svg{display:block;max-width:100%;height:auto}`;
