/** Texts of which each wants to run something, wherever it is drawn: `window.hacked` says whether one did. */
export const XSS_CORPUS: readonly string[] = [
  // Elements.
  '<script>hacked=1</script>',
  '<script src=data:text/javascript,hacked=1></script>',
  '<ScRiPt>hacked=1</sCrIpT>',
  '<<script>hacked=1//<</script>',
  '<img src=x onerror=hacked=1>',
  '<img src=x:x onerror="hacked=1">',
  '<img/src=x/onerror=hacked=1>',
  '<image src=x onerror=hacked=1>',
  '<svg onload=hacked=1>',
  '<svg><script>hacked=1</script></svg>',
  '<svg><animate onbegin=hacked=1 attributeName=x dur=1s>',
  '<svg><a xlink:href="javascript:hacked=1"><text y=9>x</text></a></svg>',
  '<math><mi xlink:href="javascript:hacked=1">x</mi></math>',
  '<body onload=hacked=1>',
  '<input autofocus onfocus=hacked=1>',
  '<select autofocus onfocus=hacked=1>',
  '<textarea autofocus onfocus=hacked=1>',
  '<details open ontoggle=hacked=1>x</details>',
  '<video><source onerror=hacked=1></video>',
  '<audio src=x onerror=hacked=1>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<iframe src="javascript:parent.hacked=1"></iframe>',
  '<object data="javascript:hacked=1"></object>',
  '<embed src="javascript:hacked=1">',
  '<form action="javascript:hacked=1"><button autofocus>x</button></form>',
  '<meta http-equiv=refresh content="0;url=javascript:hacked=1">',
  '<base href="javascript:hacked=1//">',
  '<link rel=stylesheet href="javascript:hacked=1">',
  '<style>@import "javascript:hacked=1"</style>',
  '<style onload=hacked=1></style>',
  '<marquee onstart=hacked=1>x</marquee>',
  '<noscript><p title="</noscript><img src=x onerror=hacked=1>">',
  '<template><img src=x onerror=hacked=1></template>',
  '<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=hacked=1>',
  '<div style="background:url(javascript:hacked=1)">x</div>',
  '<a href="javascript:hacked=1" autofocus onfocus=hacked=1>x</a>',
  // Ends of what it may stand in.
  '"><img src=x onerror=hacked=1>',
  "'><img src=x onerror=hacked=1>",
  '</textarea><img src=x onerror=hacked=1>',
  '</title><img src=x onerror=hacked=1>',
  '</script><script>hacked=1</script>',
  '--><img src=x onerror=hacked=1>',
  ']]><img src=x onerror=hacked=1>',
  '" autofocus onfocus="hacked=1',
  "' onmouseover='hacked=1",
  '{{constructor.constructor("hacked=1")()}}',
  '\\u003cimg src=x onerror=hacked=1\\u003e',
  '&lt;img src=x onerror=hacked=1&gt;',
  '&#60;img src=x onerror=hacked=1&#62;',
  // Addresses.
  'javascript:hacked=1',
  'JaVaScRiPt:hacked=1',
  'java\tscript:hacked=1',
  '\u0001javascript:hacked=1',
  'data:text/html,<script>hacked=1</script>',
  'vbscript:hacked=1',
  'https://example.com/"onmouseover="hacked=1',
  "https://example.com/'onmouseover='hacked=1",
  'https://example.com/<img src=x onerror=hacked=1>',
  // Marks.
  '[x](javascript:hacked=1)',
  '[x](JAVASCRIPT:hacked=1)',
  '[x](java\nscript:hacked=1)',
  '[x](&#106;avascript:hacked=1)',
  '[x](data:text/html;base64,PHNjcmlwdD5oYWNrZWQ9MTwvc2NyaXB0Pg==)',
  '[x](https://example.com"onmouseover="hacked=1)',
  '[x](<javascript:hacked=1>)',
  '![x](x"onerror="hacked=1)',
  '![x](javascript:hacked=1)',
  '<javascript:hacked=1>',
  '[<img src=x onerror=hacked=1>](https://example.com)',
  '**<img src=x onerror=hacked=1>**',
  '`<img src=x onerror=hacked=1>`',
  '> <img src=x onerror=hacked=1>',
  '- <img src=x onerror=hacked=1>',
  '```html\n<img src=x onerror=hacked=1>\n```',
]

/** The same in few messages, each with as much as one may hold. */
export function corpusMessages(longest = 1800): string[] {
  const messages: string[] = []
  for (const text of XSS_CORPUS) {
    const last = messages.at(-1)
    if (last !== undefined && last.length + text.length + 2 < longest)
      messages[messages.length - 1] = `${last}\n\n${text}`
    else messages.push(text)
  }
  return messages
}
