/** What a page does with a widget's colour. */
export interface AccentColors {
  /** Behind words. */
  fill: string
  /** Of words on it. */
  onFill: string
  /** Of words on a page that is light, and on one that is dark. */
  light: string
  dark: string
}

/** The grounds on which words stand: the darkest of a light page, the lightest of a dark one. */
export const LIGHT_GROUND = '#f6f7f9'
export const DARK_GROUND = '#1e232b'
/** WCAG AA for text. */
const READABLE = 4.5
const STEP = 0.05

/** Whatever the colour, each of the answers can be read where it is meant to stand. */
export function accentColors(brand: string): AccentColors {
  return {
    fill: brand,
    // One of the two always reaches it.
    onFill: contrast('#ffffff', brand) >= READABLE ? '#ffffff' : '#000000',
    light: readable(brand, '#000000', LIGHT_GROUND),
    dark: readable(brand, '#ffffff', DARK_GROUND),
  }
}

/** The colour itself, with as much of another in it as it takes. */
function readable(color: string, other: string, ground: string): string {
  for (let share = 0; share < 1; share += STEP) {
    const mixed = mix(color, other, share)
    if (contrast(mixed, ground) >= READABLE) return mixed
  }
  return other
}

/** Red, green and blue of `#rrggbb`, each from 0 to 255. */
function channels(hex: string): [number, number, number] {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)) as [number, number, number]
}

function mix(color: string, other: string, share: number): string {
  const others = channels(other)
  const mixed = channels(color).map((channel, index) =>
    Math.round(channel + ((others[index] as number) - channel) * share),
  )
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG's contrast of two colours as `#rrggbb`, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}
