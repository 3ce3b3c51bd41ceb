import axe from 'axe-core'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { mountTestWidget } from '../testing/mount-test-widget.js'

const shadow = () => document.querySelector('chatdesk-widget')?.shadowRoot as ShadowRoot
const region = () => page.getByRole('region', { name: 'Chat' })

/** An element of the page that a panel may fill. */
function place(width: number, height: number): HTMLElement {
  const element = document.createElement('div')
  element.id = 'support'
  Object.assign(element.style, { width: `${width}px`, height: `${height}px` })
  document.body.append(element)
  onTestFinished(() => element.remove())
  return element
}

it.each([
  [1280, 800],
  [400, 800],
])('fills an element of a page of %i × %i, as a region of it', async (...size) => {
  await page.viewport(...size)
  const target = place(320, 500)
  mountTestWidget({ mode: 'inline', target })
  await expect.element(region()).toBeVisible()
  const [panel, frame] = [region().element(), target].map((element) => element.getBoundingClientRect().toJSON())
  expect(panel).toEqual(frame)
  expect(region().element().hasAttribute('aria-modal')).toBe(false)
  expect(getComputedStyle(shadow().querySelector('[part=launcher]') as Element).display).toBe('none')
  for (const animation of shadow().getAnimations()) animation.finish()
  const { violations } = await axe.run(shadow().host as HTMLElement, { rules: { region: { enabled: false } } })
  expect(violations.map(({ id }) => id)).toEqual([])
})

it('takes no focus, and Escape does not close it', async () => {
  const { server } = mountTestWidget({ mode: 'inline', target: place(320, 500) })
  await expect.element(region()).toBeVisible()
  expect(document.activeElement).toBe(document.body)
  await userEvent.fill(page.getByRole('textbox', { name: 'Your message' }), 'Hello')
  await userEvent.keyboard('{Escape}')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => server.log().events.length).toBeGreaterThan(0)
  await expect.element(region()).toBeVisible()
})

it('has a height where the page gives it none', async () => {
  const target = place(320, 0)
  target.style.height = ''
  mountTestWidget({ mode: 'inline', target })
  await expect.element(region()).toBeVisible()
  expect(target.offsetHeight).toBe(400)
})

it('may be asked for by a selector, and stays in its corner when there is no such element', async () => {
  place(320, 500)
  const { handle } = mountTestWidget()
  await expect(handle.run('inline', ['#nowhere'])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  await expect.element(page.getByRole('button', { name: 'Open chat' })).toBeVisible()
  await handle.run('inline', ['#support'])
  await expect.element(region()).toBeVisible()
})

it('is taken off the page whole', async () => {
  const target = place(320, 500)
  const { handle } = mountTestWidget({ mode: 'inline', target })
  await expect.element(region()).toBeVisible()
  handle.unmount()
  expect(target.childElementCount).toBe(0)
})

it('tells the developer where the element is missing', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => error.mockRestore())
  mountTestWidget({ mode: 'inline' })
  await expect.poll(() => error.mock.calls.flat().join(' ')).toContain('no such element')
})
