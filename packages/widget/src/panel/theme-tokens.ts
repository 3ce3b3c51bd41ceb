import { type ThemeTokens, TOKENS } from '../theme/tokens.js'
import type { WidgetOptions } from '../widget-options.js'

/** What a developer was told already: options are applied whenever the widget's settings change. */
const told = new Set<string>()

/** Sets the tokens of a theme on a widget's host element, and takes back those that it no longer names. */
export function setTokens({ style }: HTMLElement, theme: WidgetOptions['theme']): void {
  const { tokens } = Object(theme) as { tokens?: ThemeTokens }
  const given: Record<string, unknown> = { ...tokens }
  for (const [name, property] of Object.entries(TOKENS)) {
    const value = given[name]
    style.removeProperty(`--chatdesk-${name}`)
    // One declaration, whatever the value says: it cannot end a rule and begin another.
    if (typeof value === 'string' && CSS.supports(property, value)) style.setProperty(`--chatdesk-${name}`, value)
  }
  for (const [name, value] of Object.entries(given)) {
    const warning = `[chatdesk] token "${name}" of the theme is not valid: ${value}`
    if (value !== undefined && !style.getPropertyValue(`--chatdesk-${name}`) && !told.has(warning))
      console.warn(warning)
    told.add(warning)
  }
}
