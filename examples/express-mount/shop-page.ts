/** The shop's one page, with the chat's snippet. */
export function shopPage({ chatPath, widgetKey }: { chatPath: string; widgetKey: string }): string {
  // The key becomes part of a script, so it may be nothing but a key.
  if (!/^wk_[\w-]+$/.test(widgetKey)) throw new TypeError('The widget key must be wk_ and letters, digits, _ or -')
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>A shop</title>
  </head>
  <body>
    <h1>A shop that had an Express app before it had a chat</h1>
    <script>
      (function(w,d,s,o,f,js,fjs){
        w['ChatDesk']=o;w[o]=w[o]||function(){(w[o].q=w[o].q||[]).push(arguments)};
        js=d.createElement(s),fjs=d.getElementsByTagName(s)[0];
        js.id=o;js.src=f;js.async=1;fjs.parentNode.insertBefore(js,fjs);
      }(window,document,'script','chatdesk','${chatPath}/widget.js'));

      chatdesk('init', { widgetKey: '${widgetKey}' });
    </script>
  </body>
</html>
`
}
