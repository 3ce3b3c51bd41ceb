/** The text that the first integration guide printed, but for the address and the key. */
export const snippet = (serverUrl: string, nonce = '') => `
<script${nonce}>
  (function(w,d,s,o,f,js,fjs){
    w['ChatDesk']=o;w[o]=w[o]||function(){(w[o].q=w[o].q||[]).push(arguments)};
    js=d.createElement(s),fjs=d.getElementsByTagName(s)[0];
    js.id=o;js.src=f;js.async=1;fjs.parentNode.insertBefore(js,fjs);
  }(window,document,'script','chatdesk','${serverUrl}/widget.js'));

  chatdesk('init', {
    widgetKey: 'wk_demo',
    primaryColor: '#14b8a6',
    position: 'bottom-right'
  });
</script>`
