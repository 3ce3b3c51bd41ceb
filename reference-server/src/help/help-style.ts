import { accentColors, DARK_GROUND, LIGHT_GROUND } from './accent-colors.js'

/** The page's style sheet, in the colour of its widget. */
export function helpStyle(brand: string): string {
  const { fill, onFill, light, dark } = accentColors(brand)
  return `:root{color-scheme:light dark;--fill:${fill};--on-fill:${onFill};--accent:${light};--ground:${LIGHT_GROUND};--card:#fff;--text:#1a1f27;--muted:#566070;--line:#dde1e7}
@media (prefers-color-scheme:dark){:root{--accent:${dark};--ground:#14181e;--card:${DARK_GROUND};--text:#eceff3;--muted:#a4adba;--line:#343b46}}
*{box-sizing:border-box;margin:0}
body{background:var(--ground);color:var(--text);font:16px/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.top{padding:40px 20px;background:var(--fill);color:var(--on-fill)}
.top :focus-visible{outline-color:var(--on-fill)}
.top>*{max-width:720px;margin:0 auto}
.top p,.top h1{font-size:28px;font-weight:600;line-height:36px}
.top a{color:inherit;text-decoration:none}
.top a:hover{text-decoration:underline}
form{display:flex;gap:8px;padding-top:20px}
input,button{min-height:48px;padding:0 16px;border:1px solid #0000;border-radius:12px;font:inherit}
input{flex:1;min-width:0;border-color:#7d8694;background:var(--card);color:var(--text)}
input::placeholder{color:var(--muted);opacity:1}
button{background:var(--fill);color:var(--on-fill);font-weight:500;cursor:pointer}
form button{border-color:currentColor}
form svg{display:block}
main{max-width:760px;margin:0 auto;padding:28px 20px 120px}
nav ul{display:flex;flex-wrap:wrap;gap:8px;padding:0;margin-bottom:28px;list-style:none}
nav a{display:block;padding:6px 14px;border:1px solid var(--line);border-radius:20px;background:var(--card);color:var(--text);font-size:15px;text-decoration:none}
nav a:hover{border-color:var(--accent)}
section{margin-bottom:28px}
h2,.found{margin-bottom:10px;font-size:18px;font-weight:600;line-height:26px}
.questions{padding:0;border:1px solid var(--line);border-radius:12px;overflow:hidden;background:var(--card);list-style:none}
.questions li+li{border-top:1px solid var(--line)}
.questions a{display:block;padding:13px 16px;color:var(--text);text-decoration:none}
.questions a:hover{color:var(--accent);text-decoration:underline}
.questions a:focus-visible{outline-offset:-2px}
article{padding:24px;border:1px solid var(--line);border-radius:12px;background:var(--card)}
article h1{margin-bottom:14px;font-size:24px;font-weight:600;line-height:32px}
article :is(p,ul,ol,pre,blockquote)+:is(p,ul,ol,pre,blockquote){margin-top:12px}
article p,article li{white-space:pre-wrap}
article :is(ul,ol){padding-inline-start:24px;white-space:normal}
article :is(code,pre){border-radius:6px;background:var(--ground);font:.9em/1.5 ui-monospace,monospace}
article code{padding:1px 4px}
article pre{padding:12px;overflow-x:auto}
article pre code{padding:0}
article blockquote{padding-inline-start:12px;border-inline-start:3px solid var(--line);color:var(--muted)}
article .more{margin-top:20px;padding-top:14px;border-top:1px solid var(--line);color:var(--muted);font-size:15px}
h2,.found,.questions a{text-align:left}
[dir=rtl] :is(h2,.found,.questions a){text-align:right}
.way{margin-bottom:16px;font-size:15px}
.note{color:var(--muted)}
.ask{display:flex;flex-wrap:wrap;align-items:center;gap:12px;margin-top:28px}
.ask[hidden]{display:none}
@media (forced-colors:active){button,.top{border:1px solid CanvasText}}
@media (max-width:480px){.top{padding:28px 16px}main{padding-inline:16px}article{padding:18px 16px}.top p,.top h1{font-size:24px;line-height:32px}}`
}
