/** Red, green and blue, each from 0 to 1, in sRGB. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Reads `#rrggbb`. */
export function parseHex(hex: string): Rgb {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255) as unknown as Rgb
}

/** Undoes the gamma of one sRGB channel. */
export function toLinear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}

/** WCAG's relative luminance of `#rrggbb`, 0 to 1. */
function luminance(hex: string): number {
  const [red, green, blue] = parseHex(hex).map(toLinear) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** White where it is readable on a colour, else black: one of the two always reaches 4.5. */
export function colorOn(background: string, ratio: number): '#ffffff' | '#000000' {
  // White has the luminance 1.
  return luminance(background) <= 1.05 / ratio - 0.05 ? '#ffffff' : '#000000'
}
