import type { WidgetOptions } from '../widget-options.js'

const isText = (value: unknown): boolean => typeof value === 'string'

/** A property that an object has itself: a polluted prototype, or none at all, gives nothing. */
export function ownProperty(given: unknown, name: string): unknown {
  return Object.hasOwn(Object(given), name) ? (given as Record<string, unknown>)[name] : undefined
}

/** What each option must look like. Options of later versions are not in the list, and are ignored. */
const checks: { [K in keyof WidgetOptions]-?: (value: unknown) => boolean } = {
  widgetKey: isText,
  url: (value) => /^https?:\/\//.test(String(value)),
  position: (value) => value === 'bottom-right' || value === 'bottom-left',
  primaryColor: (value) => /^#[0-9a-f]{6}$/i.test(String(value)),
  greeting: isText,
  theme: (value) => value === 'light' || value === 'dark' || value === 'system',
  autoOpen: (value) => typeof value === 'boolean',
  autoOpenDelay: (value) => Number(value) >= 0,
  texts: (value) => typeof value === 'object' && value !== null,
  styleNonce: isText,
  scriptNonce: isText,
}

/** The known options among what a page, or a server, gave. A wrong value is reported and left out. */
export function readOptions(given: unknown, report: (message: string) => void): Partial<WidgetOptions> {
  const options: Record<string, unknown> = {}
  for (const [name, fits] of Object.entries(checks)) {
    const value = ownProperty(given, name)
    if (value === undefined) continue
    if (fits(value)) options[name] = value
    else report(`option "${name}" is not valid and is ignored`)
  }
  return options
}
