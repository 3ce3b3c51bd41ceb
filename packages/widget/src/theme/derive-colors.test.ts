import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colorOn, contrast, mix } from './contrast.js'
import { deriveColors } from './derive-colors.js'

const sweep: string[] = ['#000000', '#ffffff', '#808080', '#3b82f6', '#10b981', '#ffff00', '#0000ff', '#ff0000']
for (const red of [0, 1, 2, 3, 4]) {
  for (const green of [0, 1, 2, 3, 4]) {
    for (const blue of [0, 1, 2, 3, 4]) {
      const hex = [red, green, blue].map((step) =>
        Math.round(step * 63.75)
          .toString(16)
          .padStart(2, '0'),
      )
      sweep.push(`#${hex.join('')}`)
    }
  }
}

const pairs = [
  ['on-brand', 'brand', 4.5],
  ['on-brand-icon', 'brand', 3],
  ['on-brand-icon', 'brand-hover', 3],
  ['on-brand-icon', 'brand-pressed', 3],
  ['brand-text', 'surface', 4.5],
  ['brand-text', 'surface-sunken', 4.5],
  ['brand-text', 'brand-tint', 4.5],
  ['ring', 'surface', 3],
  ['ring', 'surface-sunken', 3],
  ['ring', 'brand-tint', 3],
  ['brand-tint', 'surface', 1.12],
  // Quiet words stay quiet.
  ['text', 'text-muted', 1.5],
  ['text', 'surface', 4.5],
  ['text', 'surface-sunken', 4.5],
  ['text', 'brand-tint', 4.5],
  ['text', 'danger-tint', 4.5],
  ['text-muted', 'surface', 4.5],
  ['text-muted', 'surface-sunken', 4.5],
  ['text-muted', 'brand-tint', 4.5],
  ['border-strong', 'surface', 3],
  ['danger', 'surface', 4.5],
  ['danger', 'surface-sunken', 4.5],
  ['danger', 'danger-tint', 4.5],
  ['notice', 'notice-tint', 4.5],
] as const

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  it.each(pairs)('%s on %s reaches %d for every brand colour', (foreground, background, ratio) => {
    const failures = sweep.filter((brand) => {
      const colors = deriveColors(brand, theme)
      return contrast(colors[foreground], colors[background]) < ratio
    })
    expect(failures).toEqual([])
  })
})

it('keep their contrast for any brand colour at all, light and dark', () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(color, fc.constantFrom('light' as const, 'dark' as const), (brand, theme) => {
      const colors = deriveColors(brand, theme)
      const poor = pairs.filter(
        ([foreground, background, ratio]) => contrast(colors[foreground], colors[background]) < ratio,
      )
      expect(poor, `${brand} ${theme}`).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

describe('colours', () => {
  it('mix channel by channel', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080')
    expect(mix('#102030', '#a0b0c0', 0)).toBe('#102030')
    expect(mix('#102030', '#a0b0c0', 1)).toBe('#a0b0c0')
  })

  it.each(['light', 'dark'] as const)('show hovering and pressing on every brand colour (%s)', (theme) => {
    for (const brand of sweep) {
      const colors = deriveColors(brand, theme)
      expect(new Set([colors.brand, colors['brand-hover'], colors['brand-pressed']]).size, brand).toBe(3)
    }
  })

  it('know the contrast of black on white', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
  })

  it('prefer white on a colour as long as it is readable', () => {
    expect(colorOn('#3b82f6', 3)).toBe('#ffffff')
    expect(colorOn('#3b82f6', 4.5)).toBe('#000000')
    expect(colorOn('#ffff00', 3)).toBe('#000000')
  })
})
