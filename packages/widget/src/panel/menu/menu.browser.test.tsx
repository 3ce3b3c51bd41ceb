import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const button = () => page.getByRole('button', { name: 'Options' })
const menu = () => page.getByRole('menu', { name: 'Options' })
const last = () => menu().element().lastElementChild?.textContent
const focused = () => shadow().activeElement?.textContent

beforeEach(() => page.viewport(900, 700))

describe('the menu', () => {
  it('opens with the focus on its first item, goes round by arrows, and gives the focus back on Escape', async () => {
    const { server } = mountTestWidget({ open: true })
    await expect.poll(() => server.connections).toBe(1)
    await expect.element(button()).toHaveAttribute('aria-expanded', 'false')
    ;(button().element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(focused).toBe('Search messages')
    await expect.element(button()).toHaveAttribute('aria-expanded', 'true')
    expect(getComputedStyle(button().element().firstElementChild as Element).opacity).toBe('1')
    for (const [key, item] of [
      ['{ArrowDown}', 'Turn sounds off'],
      ['{ArrowUp}', 'Search messages'],
      ['{ArrowUp}', last()],
      ['{ArrowDown}', 'Search messages'],
      ['{End}', last()],
      ['{Home}', 'Search messages'],
      ['t', 'Turn sounds off'],
      ['s', 'Search messages'],
    ] as const) {
      await userEvent.keyboard(key)
      expect(focused()).toBe(item)
    }
    await userEvent.keyboard('{Escape}')
    await expect.element(menu()).not.toBeInTheDocument()
    expect(shadow().activeElement).toBe(button().element())
    await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  })

  it('goes when its button is pressed again, and when the visitor turns to something else', async () => {
    mountTestWidget({ open: true })
    await userEvent.click(button())
    await expect.element(menu()).toBeVisible()
    await userEvent.click(button())
    await expect.element(menu()).not.toBeInTheDocument()
    await userEvent.click(button())
    await expect.element(menu()).toBeVisible()
    await userEvent.click(page.getByRole('textbox'))
    await expect.element(menu()).not.toBeInTheDocument()
    await expect.poll(() => shadow().activeElement?.tagName).toBe('TEXTAREA')
  })

  it('offers what there is something to do it with', async () => {
    const { server } = mountTestWidget({
      open: true,
      server: (server) => {
        server.startConversation()
        server.visitorSays('Hello')
      },
    })
    await expect.element(page.getByText('Hello', { exact: true })).toBeVisible()
    const items = () => [...shadow().querySelectorAll('[role="menuitem"]')].map(({ textContent }) => textContent)
    const sound = ['Turn sounds off', 'Turn notifications on']
    const always = ['Conversations', 'Search messages', ...sound, 'Transcript', 'Your data']
    await userEvent.click(button())
    await expect.poll(items).toEqual([...always, 'End chat'])
    server.changeStatus('resolved')
    await expect.poll(items).toEqual(always)
  })

  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
    mountTestWidget({ theme, open: true })
    await userEvent.click(button())
    await expect.element(menu()).toBeVisible()
    expect(await violations()).toEqual([])
  })
})
