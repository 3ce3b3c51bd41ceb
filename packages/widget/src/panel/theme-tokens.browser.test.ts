import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import { drawn, pageCss, shadow } from '../testing/drawn-widget.js'
import { mountTestWidget } from '../testing/mount-test-widget.js'
import type { ThemeTokens } from '../theme/tokens.js'

const host = () => document.querySelector('chatdesk-widget') as HTMLElement
const token = (name: string) => getComputedStyle(host()).getPropertyValue(`--chatdesk-${name}`)
const surface = () => getComputedStyle(drawn('panel')).backgroundColor
const CREAM = 'rgb(255, 248, 231)'

beforeEach(() => page.viewport(900, 700))

it('is drawn in the colours, type and shape that a page gives it, and in its own again', async () => {
  const { handle } = mountTestWidget({
    open: true,
    theme: { mode: 'light', tokens: { surface: '#fff8e7', 'panel-radius': '4px', font: 'Georgia, serif' } },
  })
  await expect.poll(surface).toBe(CREAM)
  const { borderTopLeftRadius, fontFamily } = getComputedStyle(drawn('panel'))
  expect([borderTopLeftRadius, fontFamily]).toEqual(['4px', 'Georgia, serif'])

  await handle.run('update', [{ theme: { mode: 'light', tokens: { radius: '2px' } } }])
  await expect.poll(() => token('radius')).toBe('2px')
  expect(surface()).toBe('rgb(255, 255, 255)')

  await handle.run('update', [{ theme: 'dark' }])
  await expect.poll(() => token('radius')).toBe('18px')
  expect(surface()).toBe('rgb(23, 24, 26)')
})

it('follows light and dark with tokens that know both', async () => {
  const tokens = { surface: 'light-dark(#fff8e7, #2b1d0e)' }
  const { handle } = mountTestWidget({ open: true, theme: { mode: 'light', tokens } })
  await expect.poll(surface).toBe(CREAM)
  await handle.run('update', [{ theme: { mode: 'dark', tokens } }])
  await expect.poll(surface).toBe('rgb(43, 29, 14)')
})

it('takes nothing but values of the right kind, and tells the developer', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => warn.mockRestore())
  const tokens = {
    surface: 'red;}:host{display:none',
    text: 'url(https://elsewhere.example/)',
    radius: 'auto',
    brnd: '#ff0000',
    'viewport-height': '1px',
    ring: '#be123c',
  } as ThemeTokens
  mountTestWidget({ open: true, theme: { mode: 'light', tokens } })
  await expect.poll(() => token('ring')).toBe('#be123c')
  expect([token('surface'), token('radius'), token('brnd')]).toEqual(['#ffffff', '18px', ''])
  expect(warn.mock.calls.map(([said]) => /token "([^"]+)"/.exec(said)?.[1])).toEqual([
    'surface',
    'text',
    'radius',
    'brnd',
    'viewport-height',
  ])
})

it('keeps what a comment or a bracket without an end would swallow', async () => {
  mountTestWidget({ open: true, theme: { mode: 'light', tokens: { surface: 'red /*', text: 'var(--none' } } })
  await expect.poll(surface).toBe('rgb(255, 0, 0)')
  expect(token('radius')).toBe('18px')
})

it('goes by the page’s important rules, then its options, then its style sheet for the widget, and not by what inherits', async () => {
  pageCss(`chatdesk-widget { --chatdesk-surface: #fff8e7; --chatdesk-text: #3b2f1e; --chatdesk-ring: #111111 !important }
    :root { --chatdesk-border: #00ff00 }`)
  const tokens = { text: '#101010', ring: '#222222' }
  const { handle } = mountTestWidget({ open: true, theme: { mode: 'light', tokens } })
  await expect.poll(() => token('text')).toBe('#101010')
  expect(surface()).toBe(CREAM)
  expect(token('ring')).toBe('#111111')
  expect(token('border')).not.toBe('#00ff00')
  await handle.run('update', [{ theme: 'light' }])
  await expect.poll(() => token('text')).toBe('#3b2f1e')
})

it('styles its parts by their names, and stands where the page’s layers say', async () => {
  pageCss('chatdesk-widget { z-index: 50 } chatdesk-widget::part(send) { border-radius: 3px }')
  mountTestWidget({ open: true })
  await expect.element(page.getByRole('button', { name: 'Send message' })).toBeVisible()
  expect(getComputedStyle(drawn('send')).borderTopLeftRadius).toBe('3px')
  expect(getComputedStyle(host()).zIndex).toBe('50')
  expect(shadow().querySelectorAll('style')).toHaveLength(0)
})
