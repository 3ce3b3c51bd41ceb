import type { WidgetTheme } from '../widget-options.js'
import { deriveColors } from './derive-colors.js'

function declarations(brandColor: string, theme: 'light' | 'dark'): string {
  const tokens = Object.entries(deriveColors(brandColor, theme)).map(([name, value]) => `--chatdesk-${name}:${value};`)
  return `:host{color-scheme:${theme};${tokens.join('')}}`
}

/** A style sheet with the colour tokens of one brand colour. Whatever is no theme follows the visitor's setting. */
export function themeStyle(brandColor: string, theme: WidgetTheme | undefined): string {
  if (theme === 'light' || theme === 'dark') return declarations(brandColor, theme)
  return `${declarations(brandColor, 'light')}@media (prefers-color-scheme:dark){${declarations(brandColor, 'dark')}}`
}
