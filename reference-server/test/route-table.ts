import type { MemberRole } from '@chatdesk/protocol'
import { toJSONSchema } from 'zod'
import type { InputSchema } from '../src/http/access.js'
import type { MemberActor } from '../src/organizations/actor.js'
import { type Action, isAllowed, scopeOf } from '../src/organizations/policy.js'
import type { MountedRoute } from '../src/testing/list-routes.js'

/** What is read here of a schema as JSON Schema has it. */
interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  oneOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
}

const ROLES: readonly MemberRole[] = ['super_admin', 'client_admin', 'agent', 'client_user']
/** More is told by names alone. */
const LONGEST = 240

/** The routes as a table in Markdown. */
export function routeTable(routes: readonly MountedRoute[]): string {
  const rows = routes.map(({ method, path, access, input, answer }) => {
    const takes = [drawn('query', input?.query, 'input'), drawn('', input?.body, 'input')].filter((part) => part !== '')
    const cells = [
      method.toUpperCase(),
      `\`${path}\``,
      whoMay(path, access),
      takes.join('<br>'),
      drawn('', answer, 'output'),
    ]
    return `| ${cells.map((cell) => cell || '–').join(' | ')} |\n`
  })
  return `| | path | who | takes | answers |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`
}

function whoMay(path: string, access: MountedRoute['access']): string {
  if (access?.for === 'user') return 'the site’s user'
  if (access?.for === 'user or member') return `the site’s user, or ${membersWho(path, access.action)}`
  return access?.for === 'member' ? membersWho(path, access.action) : (access?.for ?? '')
}

function membersWho(path: string, action: Action | 'session'): string {
  if (action === 'session') return 'whoever is signed in'
  const may = (role: MemberRole, visiting: boolean) =>
    isAllowed({ kind: 'member', role, visiting } as MemberActor, action)
  const roles = ROLES.filter((role) => may(role, false))
  const who = roles.length === ROLES.length ? 'all members' : roles.join(', ')
  const guest = may('super_admin', true) ? '' : ', not as a guest'
  // A sign-in is the account's own: no token has a part in it.
  return path.startsWith('/api/auth/') ? who + guest : `${who}${guest}<br>\`${scopeOf(action)}\``
}

function drawn(label: string, schema: InputSchema | undefined, io: 'input' | 'output'): string {
  if (!schema) return ''
  const shape = toJSONSchema(schema, { io, unrepresentable: 'any' }) as Shape
  const full = draw(shape, 2)
  // A bar would end the cell, in code too.
  const text = (full.length > LONGEST ? draw(shape, 1) : full).replaceAll('|', '\\|')
  return `${label && `${label} `}\`${text}\``
}

/** `{ name, role?: 'agent' | 'client_user', hours?: {…} }`: optional ones with a question mark, `depth` objects deep. */
function draw(shape: Shape, depth: number): string {
  const { properties, required = [], items, const: only } = shape
  const values = only === undefined ? shape.enum : [only]
  if (values) return values.length > 7 ? '' : values.map((value) => `'${value}'`).join(' | ')
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) {
    const drawn = choices.map((choice) => (choice.type === 'null' ? 'null' : draw(choice, depth)))
    // A plain value is told by its name alone, null or not.
    return drawn.includes('') ? '' : [...new Set(drawn)].join(' | ')
  }
  if (items) return `[${draw(items, depth) || '…'}]`
  if (!properties) return shape.type === 'object' ? '{…}' : ''
  if (depth === 0) return '{…}'
  const parts = Object.entries(properties).map(([name, value]) => {
    const inside = draw(value, depth - 1)
    return `${name}${required.includes(name) ? '' : '?'}${inside && `: ${inside}`}`
  })
  return `{ ${parts.join(', ')} }`
}
