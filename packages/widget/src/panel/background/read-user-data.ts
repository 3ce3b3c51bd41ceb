import type { VisitorTraits } from '@chatdesk/protocol'
import type { UserData } from '../../widget-options.js'

/** Names, addresses and the like are traits; whatever else a page says of its visitor is a field of its own. */
export function readUserData({ name, email, phone, ...rest }: UserData): VisitorTraits {
  const custom = Object.fromEntries(
    Object.entries(rest).flatMap(([key, value]) => (isPlain(value) ? [[key, value] as const] : [])),
  )
  const said = Object.entries({ name, email, phone }).filter(([, value]) => value !== undefined && value !== null)
  return {
    ...Object.fromEntries(said.map(([key, value]) => [key, `${value}`])),
    ...(Object.keys(custom).length > 0 ? { custom } : {}),
  }
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
