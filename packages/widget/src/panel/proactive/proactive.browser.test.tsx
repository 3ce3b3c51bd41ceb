import type { ProactiveRule } from '@chatdesk/protocol'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const teaser = () => shadow().querySelector('[data-part="teaser"]')
const words = () => teaser()?.textContent
const RULE: ProactiveRule = { id: 'help', when: {}, message: 'May I help you?' }

function forget(): void {
  sessionStorage.clear()
  localStorage.clear()
}

beforeEach(() => {
  forget()
  onTestFinished(forget)
  return page.viewport(900, 700)
})

/** A widget whose server has these rules; it knows them once it is asked. */
async function mountWithRules(
  rules: readonly ProactiveRule[],
  options: Parameters<typeof mountTestWidget>[0] = {},
): Promise<ReturnType<typeof mountTestWidget>> {
  const mounted = mountTestWidget({
    ...options,
    server: (server) => server.changeWidget({ name: 'Acme', proactiveRules: [...rules] }),
  })
  await mounted.handle.client.start()
  return mounted
}

describe('what a rule says', () => {
  it('stands beside the launcher, takes no focus, and is said once in a region that stood before', async () => {
    const outside = document.body.appendChild(document.createElement('input'))
    onTestFinished(() => outside.remove())
    outside.focus()
    const shown = vi.fn()
    const { handle } = mountTestWidget({
      server: (server) => server.changeWidget({ name: 'Acme', proactiveRules: [{ ...RULE, when: { event: 'go' } }] }),
    })
    handle.on('proactive:shown', shown)
    await handle.client.start()
    const region = () => [...shadow().querySelectorAll('.root > [role="status"]')]
    await expect.poll(() => region().length).toBe(1)
    expect(region()[0]?.textContent).toBe('')
    await handle.run('track', ['go'])
    await expect.poll(words).toContain('May I help you?')
    expect(words()).toContain('Acme')
    expect(region()[0]?.contains(teaser())).toBe(true)
    expect(document.activeElement).toBe(outside)
    expect(shown).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ data: { ruleId: 'help' } }))
    const [box, button] = [teaser(), shadow().querySelector('[part="launcher"]')].map((it) =>
      (it as Element).getBoundingClientRect(),
    )
    expect(box?.bottom).toBeLessThan(button?.top ?? 0)
    expect(box?.right).toBe(button?.right)
  })

  it('opens the panel with these words as the greeting', async () => {
    const clicked = vi.fn()
    const { handle } = await mountWithRules([RULE], { greeting: 'Hello' })
    handle.on('proactive:clicked', clicked)
    await expect.poll(words).toContain('May I help you?')
    await userEvent.click(page.getByRole('button', { name: 'May I help you?' }))
    await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
    await expect.poll(() => shadow().querySelector('[data-part="greeting"]')?.textContent).toContain('May I help you?')
    expect(teaser()).toBeNull()
    expect(shadow().activeElement?.tagName).toBe('TEXTAREA')
    await expect.poll(() => clicked.mock.calls).toMatchObject([[{ data: { ruleId: 'help' } }]])
    handle.close()
    expect(teaser()).toBeNull()
  })

  it('goes by the keyboard, which stays at the launcher', async () => {
    const dismissed = vi.fn()
    const { handle } = await mountWithRules([RULE])
    handle.on('proactive:dismissed', dismissed)
    await expect.poll(words).toBeTruthy()
    ;(shadow().querySelector('[part="launcher"]') as HTMLElement).focus()
    await userEvent.keyboard('{Tab}')
    expect(shadow().activeElement?.textContent).toContain('May I help you?')
    await userEvent.keyboard('{Tab}')
    expect(shadow().activeElement?.getAttribute('aria-label')).toBe('Dismiss')
    await userEvent.keyboard('{Enter}')
    await expect.poll(teaser).toBeNull()
    expect(shadow().activeElement?.getAttribute('part')).toBe('launcher')
    await expect.poll(() => dismissed.mock.calls).toMatchObject([[{ data: { ruleId: 'help' } }]])
  })

  it('is silent in this tab from then on, and for a day in others', async () => {
    const { handle } = await mountWithRules([RULE])
    await expect.poll(words).toBeTruthy()
    handle.client.dispose()
    document.querySelector('chatdesk-widget')?.remove()
    sessionStorage.clear()
    await mountWithRules([RULE, { id: 'other', when: {}, message: 'Another one' }])
    await expect.poll(words).toContain('Another one')
    document.querySelector('chatdesk-widget')?.remove()
    const later = await mountWithRules([{ id: 'third', when: { event: 'go' }, message: 'A third one' }])
    await later.handle.run('track', ['go'])
    expect(teaser()).toBeNull()
  })

  it('keeps nothing of a visitor before a rule has spoken, unless one asks whether they come back', async () => {
    const kept = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
    await mountWithRules([{ ...RULE, when: { event: 'go' } }])
    await expect.poll(() => shadow().querySelector('.teaser-region')).not.toBeNull()
    expect(kept()).toEqual([])
    document.querySelector('chatdesk-widget')?.remove()
    await mountWithRules([{ ...RULE, when: { event: 'go', returning: true } }])
    await expect.poll(kept).toEqual(['chatdesk.rules.wk_demo', 'chatdesk.returning.wk_demo'])
  })

  it('keeps nothing where nothing may be kept', async () => {
    await mountWithRules([RULE], { consent: 'required' })
    await expect.poll(words).toBeTruthy()
    expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).toEqual([])
  })
})

describe('a rule says nothing', () => {
  const silent = async (prepare: (mounted: ReturnType<typeof mountTestWidget>) => unknown, options = {}) => {
    const mounted = await mountWithRules([{ ...RULE, when: { event: 'go' } }], options)
    await expect.poll(() => shadow().querySelector('.root > [role="status"]')).not.toBeNull()
    await prepare(mounted)
    await mounted.handle.run('track', ['go'])
    expect(teaser()).toBeNull()
    return mounted
  }

  it('while the panel is open, and while a conversation is live', async () => {
    const { handle } = await silent(({ handle }) => handle.open())
    handle.close()
    await handle.client.sendMessage('Hello')
    await handle.run('track', ['go'])
    expect(teaser()).toBeNull()
  })

  it('before a panel that opens by itself', async () => {
    await silent(() => {}, { autoOpen: true, autoOpenDelay: 600 })
  })
})

describe('how it looks', () => {
  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
    await mountWithRules([RULE], { theme })
    await expect.poll(words).toBeTruthy()
    expect(await violations()).toEqual([])
  })

  it('fits a page of 320 pixels, from right to left as well', async () => {
    await page.viewport(320, 480)
    await mountWithRules([{ ...RULE, message: 'هل يمكنني مساعدتك؟ '.repeat(12) }], { locale: 'ar' })
    await expect.poll(words).toBeTruthy()
    const { left, right, top } = (teaser() as Element).getBoundingClientRect()
    expect(left).toBeGreaterThanOrEqual(0)
    expect(right).toBeLessThanOrEqual(320)
    expect(top).toBeGreaterThanOrEqual(0)
    await expect.poll(() => getComputedStyle(teaser() as Element).direction).toBe('rtl')
    const close = (shadow().querySelector('.teaser-close') as Element).getBoundingClientRect()
    expect(close.left - left).toBeLessThan(12)
  })
})

describe('when nobody is there', () => {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString()
  const rules = [RULE, { ...RULE, id: 'night', when: { outOfHours: true }, message: 'Leave us a word' }]

  it.each([
    ['open', { open: true, nextChangeAt: at(3_600_000) }, 'May I help you?'],
    ['closed', { open: false, nextChangeAt: at(3_600_000) }, 'Leave us a word'],
    ['closed since the page was loaded', { open: true, nextChangeAt: at(-1_000) }, 'Leave us a word'],
    ['open since then', { open: false, nextChangeAt: at(-1_000) }, 'May I help you?'],
  ])('speaks only what is for those hours: %s', async (_, hours, message) => {
    const { handle } = mountTestWidget({
      server: (server) => server.changeWidget({ name: 'Acme', proactiveRules: rules, ...hours }),
    })
    await handle.client.start()
    await expect.poll(words).toContain(message)
  })
})
