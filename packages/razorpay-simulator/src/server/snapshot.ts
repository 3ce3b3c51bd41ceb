import type { SimulatorState } from '../core/state.js'

/** Without what nobody should read in a journal. */
export function withoutSecret<T extends object>(record: T): Omit<T, 'secret'> {
  const { secret: _secret, ...rest } = record as T & { secret?: unknown }
  return rest as Omit<T, 'secret'>
}

/** A state as JSON, tables as lists, but for secrets. */
export function snapshot(state: SimulatorState): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      value instanceof Map
        ? [...value.values()].map(withoutSecret)
        : name === 'keys'
          ? state.keys.map(withoutSecret)
          : value,
    ]),
  )
}
