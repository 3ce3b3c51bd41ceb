import type { WidgetOptions } from '../widget-options.js'

/** What each option must look like, as JSON. Options of later versions are not in the list, and are ignored. */
export const OPTION_SHAPES = {
  widgetKey: /^"./,
  url: /^"https?:\/\//,
  mode: /^"(floating|inline)"$/,
  popout: /^(true|false)$/,
  position: /^"bottom-(right|left)"$/,
  primaryColor: /^"#[\da-f]{6}"$/i,
  greeting: /^"/,
  theme: /^({|"(light|dark|system)"$)/,
  autoOpen: /^(true|false)$/,
  autoOpenDelay: /^[\d.]+$/,
  consent: /^"(on-interaction|required|granted)"$/,
  serviceWorker: /^"./,
  sound: /^(true|false)$/,
  fingerprint: /^(true|false)$/,
  /** A function is no JSON. */
  user: /^({|undefined$)/,
  traits: /^{/,
  userData: /^{/,
  departmentId: /^"./,
  locale: /^"./,
  texts: /^{/,
  styleNonce: /^"./,
} as const satisfies Record<keyof WidgetOptions, RegExp>

/** Names of the options that a page gave with a wrong value: a developer is told, the panel takes what stands behind them. */
export function invalidOptions(given: object): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const shape = Object.hasOwn(OPTION_SHAPES, name) && OPTION_SHAPES[name as keyof typeof OPTION_SHAPES]
    return shape && value !== undefined && !shape.test(JSON.stringify(value)) ? [name] : []
  })
}

/** Tells the page's developer which options mean nothing. */
export function warnOfInvalid(given: object): void {
  for (const option of invalidOptions(given)) console.warn(`[chatdesk] option "${option}" is not valid`)
}
