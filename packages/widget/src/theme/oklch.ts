import { parseHex, type Rgb, toLinear } from './contrast.js'

/** Lightness 0 to 1, chroma 0 to about 0.4, hue in radians. */
export interface Oklch {
  lightness: number
  chroma: number
  hue: number
}

/** `#rrggbb` in OKLCH (Björn Ottosson's matrices). */
export function toOklch(hex: string): Oklch {
  const [red, green, blue] = parseHex(hex).map(toLinear) as unknown as Rgb
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
  return {
    lightness: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    chroma: Math.hypot(a, b),
    hue: Math.atan2(b, a),
  }
}

/** OKLCH as linear light; outside 0 to 1 where sRGB cannot show it. */
function toLinearRgb({ lightness, chroma, hue }: Oklch): Rgb {
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

const toHexChannel = (linear: number): string => {
  const channel = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(Math.min(1, Math.max(0, channel)) * 255)
    .toString(16)
    .padStart(2, '0')
}

/** OKLCH as `#rrggbb`; a colour that sRGB cannot show loses chroma, never lightness or hue. */
export function toHex(color: Oklch): string {
  let { chroma } = color
  let rgb = toLinearRgb(color)
  while (chroma > 0.001 && rgb.some((channel) => channel < -0.0005 || channel > 1.0005)) {
    chroma *= 0.95
    rgb = toLinearRgb({ ...color, chroma })
  }
  return `#${rgb.map(toHexChannel).join('')}`
}
