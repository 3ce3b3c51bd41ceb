/** Notes when the first element of a kind is on the screen, and when the focus is in a text field, wherever it stands: a shadow root keeps the events of its own focus. */
const PROBE = `
<script>
  window.probe = {}
  const painted = (then) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => then(performance.now()); port2.postMessage(0) })
  const everywhere = (root, selector) => root.querySelector(selector) ?? [...root.querySelectorAll('*')].filter((e) => e.shadowRoot).map((e) => everywhere(e.shadowRoot, selector)).find(Boolean)
  const watch = () => {
    const button = everywhere(document, 'button')
    if (button && button.getBoundingClientRect().width > 0) painted((now) => { probe.launcher = now - probe.embed; probe.button = button })
    else requestAnimationFrame(watch)
  }
  requestAnimationFrame(watch)
  addEventListener('pointerdown', (event) => { probe.down = event.timeStamp }, true)
  const focused = (root) => root.activeElement?.shadowRoot ? focused(root.activeElement.shadowRoot) : root.activeElement
  const watchFocus = () => focused(document)?.matches('textarea') ? painted((now) => { probe.ready = now - probe.down }) : requestAnimationFrame(watchFocus)
  requestAnimationFrame(watchFocus)
  probe.embed = performance.now()
</script>`

const page = (body: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>
<h1>A page</h1><p>${'Some words of a page. '.repeat(200)}</p>${PROBE}${body}</html>`

/** Our widget, by the script tag of a customer. No server stands behind it: what is measured ends with the composer. */
export const WIDGET_PAGE = page(`
<script async src="/widget.js"></script>
<script>
  window.chatdesk = window.chatdesk || function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('init', { widgetKey: 'wk_bench', primaryColor: '#14b8a6', position: 'bottom-right' })
</script>`)

/** The least that could do it: a script that draws a button, which opens a text field. */
export const BUTTON_PAGE = page('<script async src="/button.js"></script>')

/** The script of `BUTTON_PAGE`. */
export const BUTTON_SCRIPT = `
const button = document.createElement('button')
button.textContent = 'Chat'
button.style.cssText = 'position:fixed;right:20px;bottom:20px;width:56px;height:56px;border-radius:50%'
button.onclick = () => {
  const text = document.createElement('textarea')
  text.style.cssText = 'position:fixed;right:20px;bottom:90px;width:360px;height:500px'
  document.body.append(text)
  text.focus()
}
document.body.append(button)`
