import { beforeEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../testing/drawn-widget.js'
import { mountTestWidget } from '../testing/mount-test-widget.js'

const element = (selector: string) => shadow().querySelector(selector) as HTMLElement
const box = (selector: string) => element(selector).getBoundingClientRect()
/** Which side of a box something in it lies on. */
const sideIn = (outer: string, inner: string) => {
  const [around, within] = [box(outer), box(inner)]
  return within.left - around.left < around.right - within.right ? 'left' : 'right'
}

beforeEach(() => page.viewport(900, 700))

const LANGUAGES = [
  {
    locale: 'en',
    dir: 'ltr',
    start: 'left',
    end: 'right',
    send: 'Send message',
    menu: 'Options',
    search: 'Search messages',
  },
  {
    locale: 'ar',
    dir: 'rtl',
    start: 'right',
    end: 'left',
    send: 'إرسال الرسالة',
    menu: 'الخيارات',
    search: 'البحث في الرسائل',
  },
  {
    locale: 'ur',
    dir: 'rtl',
    start: 'right',
    end: 'left',
    send: 'پیغام بھیجیں',
    menu: 'اختیارات',
    search: 'پیغامات میں تلاش کریں',
  },
] as const

it.each(LANGUAGES)('lies from $start to $end in $locale', async ({ locale, dir, start, end, send }) => {
  const { server } = mountTestWidget({ locale, open: true })
  await expect.element(page.getByRole('button', { name: send })).toBeVisible()
  await expect.poll(() => element('[data-part="tool"]')).toBeTruthy()
  await userEvent.fill(page.getByRole('textbox'), 'Hello')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => element('[data-own="true"] [data-part="bubble"]')?.textContent).toBe('Hello')
  server.agentSays('Yes?')
  await expect.poll(() => element('[data-own="false"] [data-part="bubble"]')?.textContent).toBe('Yes?')

  expect(getComputedStyle(element('[data-part="panel"]')).direction).toBe(dir)
  expect(element('[data-part="panel"]').closest(`[dir="${dir}"]`)).toBeTruthy()
  expect(sideIn('[data-part="composer"]', '[data-part="send"]')).toBe(end)
  expect(sideIn('[data-part="thread"]', '[data-own="true"] [data-part="bubble"]')).toBe(end)
  expect(sideIn('[data-part="thread"]', '[data-own="false"] [data-part="bubble"]')).toBe(start)
  expect(sideIn('[data-part="header"]', '[data-part="title"]')).toBe(start)
  expect(sideIn('[data-part="composer"]', '[data-part="tool"]')).toBe(end)
  const header = getComputedStyle(element('[data-part="header"]'))
  expect([start, end].map((side) => header.getPropertyValue(`padding-${side}`))).toEqual(['16px', '12px'])
  // A long name is cut off at its own end, wherever that is.
  const { direction, textAlign } = getComputedStyle(element('[data-part="title"]'))
  expect([direction, textAlign]).toEqual(['ltr', dir === 'rtl' ? 'right' : 'start'])
  expect(await violations()).toEqual([])
})

it.each(LANGUAGES)('points back to the $start in $locale', async ({ locale, start, search, menu }) => {
  mountTestWidget({ locale, open: true })
  await userEvent.click(page.getByRole('button', { name: menu }))
  await userEvent.click(page.getByRole('menuitem', { name: search }))
  await expect.poll(() => element('[data-part="search"] input')).toBeTruthy()
  // As it is drawn: `a` of the matrix is -1 for what is mirrored, and the chevron points left by itself.
  const { a } = new DOMMatrix(getComputedStyle(element('[data-action="back"] svg')).transform)
  expect(a < 0 ? 'right' : 'left').toBe(start)
  expect(getComputedStyle(element('[data-part="search"] input')).direction).toBe(start === 'left' ? 'ltr' : 'rtl')
  expect(await violations()).toEqual([])
})

it.each(LANGUAGES)('begins an empty field of $locale at its $start, and a text where that begins', async (language) => {
  const { locale, dir, send } = language
  mountTestWidget({ locale, open: true })
  await expect.element(page.getByRole('button', { name: send })).toBeVisible()
  const direction = () => getComputedStyle(element('[data-part="input"]')).direction
  expect(direction()).toBe(dir)
  await userEvent.fill(page.getByRole('textbox'), 'Good morning')
  await expect.poll(direction).toBe('ltr')
  await userEvent.fill(page.getByRole('textbox'), 'صباح الخير')
  await expect.poll(direction).toBe('rtl')
  await userEvent.fill(page.getByRole('textbox'), '')
  await expect.poll(direction).toBe(dir)
})

it.each([
  ['bottom-left', 'left'],
  ['bottom-right', 'right'],
] as const)('leaves the launcher where its owner put it: %s', async (position, side) => {
  mountTestWidget({ locale: 'ar', position, open: true })
  await expect.element(page.getByRole('button', { name: 'إرسال الرسالة' })).toBeVisible()
  for (const animation of shadow().getAnimations()) animation.finish()
  const edge = ({ left, right }: DOMRect) => (side === 'left' ? left : innerWidth - right)
  expect([edge(box('[data-part="launcher"]')), edge(box('[data-part="panel"]'))]).toEqual([20, 20])
})
