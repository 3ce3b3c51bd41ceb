import { describe, expect, it } from 'vitest'
import { colorOn, contrast } from './contrast.js'
import { deriveColors } from './derive-colors.js'
import { toHex, toOklch } from './oklch.js'

const sweep: string[] = ['#000000', '#ffffff', '#808080', '#3b82f6', '#10b981', '#ffff00', '#0000ff', '#ff0000']
for (let hue = 0; hue < 360; hue += 15) {
  for (const lightness of [0.15, 0.35, 0.5, 0.65, 0.8, 0.95]) {
    for (const chroma of [0.03, 0.12, 0.3]) sweep.push(toHex({ lightness, chroma, hue: (hue * Math.PI) / 180 }))
  }
}

const pairs = [
  ['on-brand', 'brand', 4.5],
  ['on-brand-icon', 'brand', 3],
  ['on-brand-tint', 'brand-tint', 4.5],
  ['link-on-tint', 'brand-tint', 4.5],
  ['link-on-sunken', 'surface-sunken', 4.5],
  ['brand-text', 'surface', 4.5],
  ['ring', 'surface', 3],
  ['ring', 'surface-sunken', 3],
  ['text', 'surface', 4.5],
  ['text', 'surface-sunken', 4.5],
  ['text-muted', 'surface', 4.5],
  ['text-muted', 'surface-sunken', 4.5],
  ['text-muted', 'brand-tint', 4.5],
  ['border-strong', 'surface', 3],
  ['danger', 'surface', 4.5],
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

describe('colours', () => {
  it('survive the way to OKLCH and back', () => {
    for (const hex of ['#3b82f6', '#10b981', '#ff0000', '#000000', '#ffffff', '#123456']) {
      expect(toHex(toOklch(hex))).toBe(hex)
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
