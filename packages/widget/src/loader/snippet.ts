/** What a snippet is made for. */
export interface SnippetOptions {
  widgetKey: string
  /** Directory of `widget.js`, without a slash at its end. */
  url: string
  /** Name of the page's global function. Default: `chatdesk`. */
  name?: string
  /** Further options of `init`. */
  options?: Readonly<Record<string, unknown>>
}

/** A value as JavaScript inside a `script` element, which no text in it can end. */
const literal = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')

/** The text that a site owner pastes before `</body>`: a queue, and the script that drains it. It holds no logic (L1). */
export function createSnippet({ widgetKey, url, name = 'chatdesk', options = {} }: SnippetOptions): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new TypeError(`"${name}" cannot be the name of a function`)
  // `typeof`, because an element with the same id is a global too, and is no function.
  return `<script>
(function(w,d,o,u,s){
w.ChatDesk=o;if(typeof w[o]!='function')w[o]=function(){(w[o].q=w[o].q||[]).push(arguments)};
s=d.createElement('script');s.async=1;s.src=u;d.head.appendChild(s)
})(window,document,${literal(name)},${literal(`${url}/widget.js`)});
${name}('init',${literal({ widgetKey, ...options })});
</script>`
}
