import { colorOn, contrast, mix } from './contrast.js'

/** Everything that a theme needs, from one brand colour: colours by token, without the prefix `--chatdesk-`; all `#rrggbb`. */
export function deriveColors(brand: string, theme: 'light' | 'dark') {
  const dark = theme === 'dark'
  const [surface, ink] = dark ? ['#17181a', '#ffffff'] : ['#ffffff', '#000000']
  /** Moves a colour towards the ink until it reads on the surface and whatever else it stands on. */
  const readable = (color: string, ratio: number, ...backgrounds: string[]): string => {
    for (let share = 0; share < 1; share += 0.02) {
      const moved = mix(color, ink, share)
      if ([surface, ...backgrounds].every((background) => contrast(moved, background) >= ratio)) return moved
    }
    return ink
  }
  /** A grey with a breath of the brand in it. */
  const neutral = (share: number) => mix(mix(surface, ink, share), brand, 0.02)
  /** A pole that the brand can move towards and stay visible. */
  const pole = colorOn(brand, 10) === '#ffffff' ? '#ffffff' : '#000000'
  const red = dark ? '#f2706a' : '#c8281e'
  const amber = dark ? '#e8b45a' : '#8a5a00'

  const sunken = neutral(dark ? 0.07 : 0.035)
  // Seen beside the surface, also where the brand is as pale, or as dark.
  let share = dark ? 0.32 : 0.14
  // And calm enough for quiet words on it.
  while (contrast(mix(surface, brand, share), surface) > 1.6) share -= 0.02
  const tint = readable(mix(surface, brand, share), 1.12)
  const dangerTint = mix(surface, red, 0.08)
  const noticeTint = mix(surface, amber, 0.1)
  return {
    brand,
    'brand-hover': mix(brand, pole, 0.1),
    'brand-pressed': mix(brand, pole, 0.2),
    /** Words on `brand`. */
    'on-brand': colorOn(brand, 4.5),
    /** Icons on `brand`, 3:1: white stays white for longer. */
    'on-brand-icon': colorOn(brand, 3),
    /** Bubbles of one's own. */
    'brand-tint': tint,
    /** Links and emphasis, on every bubble and beside them. */
    'brand-text': readable(brand, 4.5, sunken, tint),
    /** Around what has the focus. */
    ring: readable(brand, 3, sunken, tint),
    surface,
    /** Bubbles of the other side, and fields. */
    'surface-sunken': sunken,
    text: readable(neutral(0.9), 4.5, sunken, tint),
    'text-muted': readable(neutral(0.55), 4.5, sunken, tint),
    border: neutral(0.09),
    /** Outlines that tell a control from its surroundings, 3:1. */
    'border-strong': readable(neutral(0.25), 3, sunken),
    danger: readable(red, 4.5, sunken, dangerTint),
    'danger-tint': dangerTint,
    notice: readable(amber, 4.5, noticeTint),
    'notice-tint': noticeTint,
  }
}
