import type { WidgetOptions } from '../widget-options.js'

/** What each option must look like, as JSON. Options of later versions are not in the list, and are ignored. */
const SHAPES = {
  widgetKey: /^"./,
  url: /^"https?:\/\//,
  position: /^"bottom-(right|left)"$/,
  primaryColor: /^"#[\da-f]{6}"$/i,
  greeting: /^"/,
  theme: /^"(light|dark|system)"$/,
  autoOpen: /^(true|false)$/,
  autoOpenDelay: /^[\d.]+$/,
  texts: /^{/,
  styleNonce: /^"./,
  scriptNonce: /^"./,
}

/**
 * The known options among what a page, or a server, gave. Only own properties count, so that a polluted prototype
 * configures nothing. A wrong value is reported and left out.
 */
export function readOptions(given: unknown, report: (message: string) => void): Partial<WidgetOptions> {
  const options: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given ?? {})) {
    const shape = Object.hasOwn(SHAPES, name) && SHAPES[name as keyof typeof SHAPES]
    if (!shape || value === undefined) continue
    if (shape.test(JSON.stringify(value))) options[name] = value
    else report(`option "${name}" is not valid`)
  }
  return options
}
