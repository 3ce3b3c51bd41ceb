// Draws the real widget with the settings that the console posts. The widget's bundle does not know that it is a preview:
// what it asks a server for is answered here, and the page's policy lets nothing out.
;(() => {
  let settings = null
  /** Whether the panel stands open: kept when the widget is drawn anew. */
  let open = true
  let removeObserver = () => {}

  window.fetch = (address) =>
    String(address).endsWith('/config')
      ? Promise.resolve(new Response(JSON.stringify({ widget: settings })))
      : new Promise(() => {})

  function draw() {
    removeObserver()
    chatdesk('destroy')
    chatdesk('init', {
      widgetKey: settings.key,
      url: location.origin,
      autoOpen: open,
      autoOpenDelay: 0,
      theme: 'light',
    })
    chatdesk('on', 'ready', stillPanel)
    chatdesk('on', 'open', () => {
      open = true
    })
    chatdesk('on', 'close', () => {
      open = false
    })
  }

  /** The panel is to be looked at: a visitor's first touch would begin a session, and there is nobody to talk to. */
  function stillPanel() {
    const root = document.querySelector('chatdesk-widget').shadowRoot
    const still = () => {
      const panel = root.querySelector('[data-part="panel"]')
      if (panel) panel.inert = true
    }
    const observer = new MutationObserver(still)
    observer.observe(root, { childList: true, subtree: true })
    removeObserver = () => observer.disconnect()
    still()
  }

  window.addEventListener('message', ({ source, origin, data }) => {
    // The console's page and no other: this page has no origin of its own, but its address has the console's.
    if (source !== window.parent || origin !== location.origin) return
    // Whoever looks is a first visitor, who is asked what such a one is asked: of tabs that share a visitor only a server knows that.
    settings = { ...data, tabs: 'isolated' }
    if (typeof window.chatdesk?.version === 'string') draw()
  })

  const loader = document.createElement('script')
  loader.src = '../../widget.js'
  loader.onload = () => window.parent.postMessage('chatdesk.preview.ready', location.origin)
  document.head.append(loader)
})()
