/** Red, green and blue of `#rrggbb`, each from 0 to 255. */
function channels(hex: string): number[] {
  return [1, 3, 5].map((start) => Number(`0x${hex.slice(start, start + 2)}`))
}

/** WCAG's relative luminance of `#rrggbb`, 0 to 1. */
function luminance(hex: string): number {
  // The formula is for 0 to 1: 10.31475 is 255 times its 0.04045, and so on.
  const [red, green, blue] = channels(hex).map((channel) =>
    channel < 10.31475 ? channel / 3294.6 : ((channel + 14.025) / 269.025) ** 2.4,
  ) as [number, number, number]
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

/** A colour with a share, 0 to 1, of another one in it. */
export function mix(color: string, other: string, share: number): string {
  const others = channels(other) as [number, number, number]
  const mixed = channels(color).map((channel, index) =>
    Math.round(channel + ((others[index] as number) - channel) * share),
  )
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
