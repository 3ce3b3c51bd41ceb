import { expect, it, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import { mountTestWidget } from '../testing/mount-test-widget.js'

const host = () => document.querySelector('chatdesk-widget') as HTMLElement
const launcher = () => page.getByRole('button', { name: 'Open chat' })
const corner = () => {
  const button = host().shadowRoot?.querySelector('[data-part=launcher]')?.getBoundingClientRect()
  return button && { right: innerWidth - button.right, bottom: innerHeight - button.bottom, width: button.width }
}
const CORNER = { right: 20, bottom: 20, width: 56 }

function pageCss(css: string): void {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
  onTestFinished(() => style.remove())
}

it('stays when a framework swaps the body, with what was written in it', async () => {
  const { handle } = mountTestWidget({ open: true })
  const before = document.body
  const after = document.createElement('body')
  document.documentElement.replaceChild(after, before)
  onTestFinished(() => void document.documentElement.replaceChild(before, after))
  await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  handle.close()
  await expect.element(launcher()).toBeVisible()
})

it.each([
  ['a body that is transformed', 'body { transform: translateX(200px) scale(0.5) }'],
  ['a body that is faded out', 'body { opacity: 0; visibility: hidden }'],
  ['a small type', 'html { font-size: 10px }'],
  ['a reset of everything', '* { all: unset !important }'],
  ['a box for everything', '* { display: block !important; position: static !important; float: left !important }'],
  ['a grid for the root', 'html { display: grid; place-items: center }'],
])('threat 21: keeps its corner on a page with %s', async (_name, css) => {
  await page.viewport(900, 700)
  pageCss(css)
  mountTestWidget()
  expect(corner()).toEqual(CORNER)
})

it('threat 19: listens to no message of another window', async () => {
  const listen = vi.spyOn(window, 'addEventListener')
  onTestFinished(() => listen.mockRestore())
  const { handle } = mountTestWidget({ open: true })
  await expect.poll(() => handle.client.$connection.get().status).toBe('online')
  expect(listen.mock.calls.map(([type]) => type)).not.toContain('message')
  expect(listen).toHaveBeenCalled()
})

it('threat 18: is hidden where the page says so by its name', async () => {
  pageCss('chatdesk-widget { display: none }')
  mountTestWidget()
  expect(host().getBoundingClientRect().width).toBe(0)
})
