import type { MountOptions } from '../mount/mount-widget.js'

const text = (value: string): string => value
/** As for any attribute of HTML: there, it is true; `false` is for those who write it out. */
const flag = (value: string): boolean => value !== 'false'

/** What an attribute says, and the option that it is. */
const ATTRIBUTES = {
  'widget-key': ['widgetKey', text],
  url: ['url', text],
  mode: ['mode', text],
  position: ['position', text],
  popout: ['popout', flag],
  'primary-color': ['primaryColor', text],
  greeting: ['greeting', text],
  theme: ['theme', text],
  'auto-open': ['autoOpen', flag],
  'auto-open-delay': ['autoOpenDelay', Number],
  consent: ['consent', text],
  fingerprint: ['fingerprint', flag],
  'department-id': ['departmentId', text],
  locale: ['locale', text],
  'style-nonce': ['styleNonce', text],
} as const satisfies Record<string, readonly [keyof MountOptions, (value: string) => unknown]>

/** Names of the attributes of `<chat-desk>`. */
export const ATTRIBUTE_NAMES: readonly string[] = Object.keys(ATTRIBUTES)

/** The options that attributes say. Wrong values are told to the developer, as those of any page are. */
export function readAttributes(get: (name: string) => string | null): Partial<MountOptions> {
  const found = Object.entries(ATTRIBUTES).flatMap(([name, [option, parse]]) => {
    const value = get(name)
    return value === null ? [] : [[option, parse(value)] as const]
  })
  return Object.fromEntries(found)
}
