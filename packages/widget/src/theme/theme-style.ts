import type { CustomTheme, WidgetTheme } from '../widget-options.js'
import { deriveColors } from './derive-colors.js'

function declarations(brandColor: string, theme: 'light' | 'dark'): string {
  const tokens = Object.entries(deriveColors(brandColor, theme)).map(([name, value]) => `--chatdesk-${name}:${value};`)
  return `:host,.root{color-scheme:${theme}}:host{${tokens.join('')}}`
}

/** A style sheet with the colour tokens of one brand colour. Whatever is no theme follows the visitor's setting. */
export function themeStyle(brandColor: string, theme: WidgetTheme | CustomTheme | undefined): string {
  const mode = (theme as CustomTheme | undefined)?.mode ?? theme
  if (mode === 'light' || mode === 'dark') return declarations(brandColor, mode)
  return `${declarations(brandColor, 'light')}@media (prefers-color-scheme:dark){${declarations(brandColor, 'dark')}}`
}
