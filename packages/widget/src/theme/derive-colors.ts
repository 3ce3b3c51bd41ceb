import { colorOn, contrast } from './contrast.js'
import { type Oklch, toHex, toOklch } from './oklch.js'

/** Colours of one theme by token, without the prefix `--chatdesk-`; all `#rrggbb`. */
export interface ThemeColors {
  brand: string
  'brand-hover': string
  'brand-pressed': string
  /** Text on `brand`, 4.5:1. */
  'on-brand': string
  /** Icons on `brand`, 3:1: white stays white for longer. */
  'on-brand-icon': string
  /** Bubbles of one's own. */
  'brand-tint': string
  'on-brand-tint': string
  /** Links and emphasis on `surface`. */
  'brand-text': string
  /** Links on `brand-tint`. */
  'link-on-tint': string
  /** Around what has the focus. */
  ring: string
  surface: string
  /** Bubbles of the other side, and fields. */
  'surface-sunken': string
  'link-on-sunken': string
  text: string
  'text-muted': string
  border: string
  /** Outlines that tell a control from its surroundings, 3:1. */
  'border-strong': string
  danger: string
  'danger-tint': string
  notice: string
  'notice-tint': string
}

/** Moves the lightness of a colour, dark or light, until it reads on every background. */
function readable(color: Oklch, backgrounds: readonly string[], ratio: number, dark: boolean): string {
  const end = dark ? 1 : 0
  for (let { lightness } = color; Math.abs(end - lightness) > 0.01; lightness += dark ? 0.01 : -0.01) {
    const hex = toHex({ ...color, lightness })
    if (backgrounds.every((background) => contrast(hex, background) >= ratio)) return hex
  }
  return toHex({ ...color, lightness: end })
}

/** Everything that a theme needs, from one brand colour (`#rrggbb`). */
export function deriveColors(brandColor: string, theme: 'light' | 'dark'): ThemeColors {
  const dark = theme === 'dark'
  const brand = toOklch(brandColor)
  const { hue } = brand
  // A grey brand keeps grey neutrals; a vivid one tints them by a breath.
  const breath = Math.min(brand.chroma, 0.006)
  const neutral = (lightness: number, chroma = breath) => toHex({ lightness, chroma, hue })
  const tone = (lightness: number, strength: number) =>
    toHex({ lightness, chroma: Math.min(brand.chroma, strength), hue })
  const shifted = (by: number) => toHex({ ...brand, lightness: brand.lightness + (brand.lightness < 0.35 ? by : -by) })

  const surface = dark ? neutral(0.205) : '#ffffff'
  const sunken = dark ? neutral(0.268) : neutral(0.965)
  const tint = dark ? tone(0.36, 0.075) : tone(0.93, 0.045)
  const text = dark ? neutral(0.955) : neutral(0.23, breath * 2)
  const muted: Oklch = { lightness: dark ? 0.72 : 0.53, chroma: breath * 2, hue }
  const red: Oklch = { lightness: dark ? 0.7 : 0.55, chroma: 0.19, hue: 0.44 }
  const amber: Oklch = { lightness: dark ? 0.8 : 0.5, chroma: 0.11, hue: 1.2 }
  const dangerTint = toHex({ lightness: dark ? 0.29 : 0.955, chroma: dark ? 0.05 : 0.02, hue: red.hue })
  const noticeTint = toHex({ lightness: dark ? 0.3 : 0.96, chroma: dark ? 0.035 : 0.035, hue: amber.hue })
  return {
    brand: brandColor,
    'brand-hover': shifted(0.05),
    'brand-pressed': shifted(0.1),
    'on-brand': colorOn(brandColor, 4.5),
    'on-brand-icon': colorOn(brandColor, 3),
    'brand-tint': tint,
    'on-brand-tint': readable(toOklch(text), [tint], 4.5, dark),
    'brand-text': readable(brand, [surface], 4.5, dark),
    'link-on-tint': readable(brand, [tint], 4.5, dark),
    ring: readable(brand, [surface, sunken], 3, dark),
    surface,
    'surface-sunken': sunken,
    'link-on-sunken': readable(brand, [sunken], 4.5, dark),
    text,
    'text-muted': readable(muted, [surface, sunken, tint], 4.5, dark),
    border: neutral(dark ? 0.32 : 0.915),
    'border-strong': readable({ lightness: dark ? 0.45 : 0.75, chroma: breath, hue }, [surface, sunken], 3, dark),
    danger: readable(red, [surface, sunken, dangerTint], 4.5, dark),
    'danger-tint': dangerTint,
    notice: readable(amber, [surface, noticeTint], 4.5, dark),
    'notice-tint': noticeTint,
  }
}
