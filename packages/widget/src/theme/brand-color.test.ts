import { describe, expect, it } from 'vitest'
import { DEFAULT_COLOR } from '../widget-options.js'
import { brandColor } from './brand-color.js'
import { themeStyle } from './theme-style.js'

const options = { widgetKey: 'wk_1', url: 'https://chat.example' }
const settings = {
  key: 'wk_1',
  name: 'Team',
  position: 'bottom-right',
  primaryColor: '#102030',
  greeting: '',
  tabs: 'isolated',
} as const

describe('brandColor', () => {
  it('takes the colour of the page, then of the server, then ours', () => {
    expect(brandColor({ ...options, primaryColor: '#ABCDEF' }, settings)).toBe('#ABCDEF')
    expect(brandColor(options, settings)).toBe('#102030')
    expect(brandColor(options, null)).toBe(DEFAULT_COLOR)
  })

  it('lets nothing but a colour into the style sheet', () => {
    const primaryColor = 'red;}:host{display:none'
    expect(brandColor({ ...options, primaryColor }, { ...settings, primaryColor })).toBe(DEFAULT_COLOR)
  })
})

describe('themeStyle', () => {
  it('follows the visitor when a page names no theme that there is', () => {
    const system = themeStyle('#102030', 'system')
    expect(system).toContain('prefers-color-scheme:dark')
    expect(themeStyle('#102030', 'x}' as 'system')).toBe(system)
    expect(themeStyle('#102030', 'dark')).not.toContain('prefers-color-scheme')
  })
})
