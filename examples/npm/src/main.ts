import { mountWidget } from '@chatdesk/widget'

const widget = mountWidget({ url: 'http://localhost:3001', widgetKey: 'wk_demo' })

// Everything below is optional.
const unread = document.querySelector('#unread')
widget.on('unread', ({ count }) => {
  if (unread) unread.textContent = count ? `(${count} unread)` : ''
})
document.querySelector('#ask')?.addEventListener('click', widget.open)
