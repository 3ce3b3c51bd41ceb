import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const button = () => page.getByRole('button', { name: 'Emoji', exact: true })
const picker = () => page.getByRole('dialog', { name: 'Emoji' })
const composer = () => page.getByRole('textbox', { name: 'Your message' })
const field = () => page.getByRole('textbox', { name: 'Search emoji' })
const focused = () => shadow().activeElement?.getAttribute('aria-label')

beforeEach(async () => {
  sessionStorage.removeItem('chatdesk.emoji.wk_demo')
  await page.viewport(900, 700)
})

async function openPicker(): Promise<void> {
  await userEvent.click(button())
  await expect.poll(focused).toBe('Search emoji')
}

describe('the emoji picker', () => {
  it('shows some of them in a panel as low as at 400 %', async () => {
    await page.viewport(320, 256)
    mountTestWidget({ open: true })
    await openPicker()
    await expect.poll(() => shadow().querySelector('[data-part="panel"]')?.ariaModal).toBe('true')
    expect(picker().element().getBoundingClientRect().top).toBeGreaterThanOrEqual(0)
    expect(shadow().querySelector('.emoji-list')?.clientHeight).toBeGreaterThan(76)
  })

  it('puts what is chosen where the caret was, and gives the focus back', async () => {
    mountTestWidget({ open: true })
    await userEvent.fill(composer(), 'Good morning!')
    const box = composer().element() as HTMLTextAreaElement
    box.setSelectionRange(4, 12)
    await openPicker()
    await userEvent.click(page.getByRole('button', { name: 'fire', exact: true }))
    await expect.element(composer()).toHaveValue('Good🔥!')
    await expect.element(picker()).not.toBeInTheDocument()
    expect([shadow().activeElement, box.selectionStart]).toEqual([box, 6])
  })

  it('is used by keyboard alone: letters search, arrows walk, Enter chooses, Escape leaves it and not the panel', async () => {
    const { server } = mountTestWidget({ open: true })
    await openPicker()
    await userEvent.keyboard('{ArrowDown}')
    expect(focused()).toBe('grinning')
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{ArrowUp}')
    expect(focused()).toBe('happy')
    await userEvent.keyboard('{ArrowUp}thumbs')
    await expect.element(field()).toHaveValue('thumbs')
    await expect.element(page.getByText('2 emoji')).toBeInTheDocument()
    await userEvent.keyboard('{Enter}')
    await expect.element(composer()).toHaveValue('👍')
    await openPicker()
    await userEvent.keyboard('{ArrowDown}h')
    await expect.element(field()).toHaveValue('h')
    await userEvent.keyboard('{Escape}')
    await expect.element(picker()).not.toBeInTheDocument()
    await expect.poll(focused).toBe('Your message')
    expect(server.received.some(({ type }) => type === 'message.send')).toBe(false)
  })

  it('speaks German to whoever does, and says when there is nothing', async () => {
    mountTestWidget({ open: true, locale: 'de' })
    await userEvent.click(button())
    await userEvent.fill(page.getByRole('textbox', { name: 'Emoji suchen' }), 'feuer')
    await expect.element(page.getByRole('button', { name: 'Feuer' })).toBeVisible()
    await userEvent.fill(page.getByRole('textbox', { name: 'Emoji suchen' }), 'xyz')
    await expect.element(page.getByText('Kein Emoji gefunden')).toBeVisible()
  })

  it.each([
    ['granted', 1],
    ['required', 0],
  ] as const)('remembers in this tab what was used where storing is allowed: consent %s', async (consent, times) => {
    mountTestWidget({ open: true, consent })
    await openPicker()
    await userEvent.keyboard('fire{Enter}')
    await expect.element(composer()).toHaveValue('🔥')
    await openPicker()
    expect(page.getByRole('group', { name: 'Recently used' }).elements()).toHaveLength(times)
    expect(sessionStorage.getItem('chatdesk.emoji.wk_demo')).toBe(times ? '🔥' : null)
  })

  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
    mountTestWidget({ theme, open: true })
    await openPicker()
    expect(await violations()).toEqual([])
  })
})
