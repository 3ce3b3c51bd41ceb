/** Contrast of an element's text with what stands behind it, as it is drawn: axe leaves out what is disabled. */
export function textContrast(element: Element): number {
  const style = getComputedStyle(element)
  const behind = backgroundOf(element)
  const opacity = Number(style.opacity)
  const text = channels(style.color).map((value, index) => value * opacity + (behind[index] ?? 0) * (1 - opacity))
  const [lighter = 0, darker = 0] = [luminance(text), luminance(behind)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function backgroundOf(element: Element | null): number[] {
  if (!element) return [255, 255, 255]
  const colour = getComputedStyle(element).backgroundColor
  return /^rgba\(.*, 0\)$/.test(colour) ? backgroundOf(element.parentElement) : channels(colour)
}

function channels(colour: string): number[] {
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
