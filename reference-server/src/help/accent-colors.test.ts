import { expect, it } from 'vitest'
import { accentColors, contrast, DARK_GROUND, LIGHT_GROUND } from './accent-colors.js'

const SWEEP = ['00', '33', '66', '99', 'cc', 'ff'].flatMap((red, _, all) =>
  all.flatMap((green) => all.map((blue) => `#${red}${green}${blue}`)),
)

it('can be read whatever the colour of the widget', () => {
  for (const brand of SWEEP) {
    const { fill, onFill, light, dark } = accentColors(brand)
    expect(contrast(onFill, fill), brand).toBeGreaterThanOrEqual(4.5)
    expect(contrast(light, LIGHT_GROUND), brand).toBeGreaterThanOrEqual(4.5)
    expect(contrast(light, '#ffffff'), brand).toBeGreaterThanOrEqual(4.5)
    expect(contrast(dark, DARK_GROUND), brand).toBeGreaterThanOrEqual(4.5)
  }
})

it('is that colour where that can be read', () => {
  expect(accentColors('#0b5d4b')).toMatchObject({ fill: '#0b5d4b', onFill: '#ffffff', light: '#0b5d4b' })
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
})
