import type { ConfigurableSettings } from '@chatdesk/protocol'

/** What a section of the form is given. */
export interface SettingsSectionProps {
  settings: ConfigurableSettings
  change(changes: Partial<ConfigurableSettings>): void
}

/** A list with one entry replaced, or taken out. */
export function withEntry<T>(list: readonly T[], index: number, entry: T | null): T[] {
  return list.flatMap((other, place) => (place === index ? (entry === null ? [] : [entry]) : [other]))
}

/** A list with one entry moved by one place; the same list where there is no such place. */
export function withMoved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const moved = [...list]
  const [entry] = moved.splice(index, 1)
  const to = index + by
  if (entry === undefined || to < 0 || to > moved.length) return [...list]
  moved.splice(to, 0, entry)
  return moved
}
