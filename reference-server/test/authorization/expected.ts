import type { RouteInput } from '../../src/http/access.js'
import type { Actor } from '../../src/organizations/actor.js'
import { type Action, isAllowed } from '../../src/organizations/policy.js'
import type { MountedRoute } from '../../src/testing/list-routes.js'

/** What must be answered. `allowed`: anything but a refusal of who asks; `answered`: anything; neither: a fault of ours. */
export type Outcome = 'answered' | 'allowed' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND'

/** Whose ids a call names. */
export type Ids = 'own' | 'foreign'

/** A route that said who may call it, and what it takes. */
export interface DeclaredRoute extends MountedRoute {
  access: NonNullable<MountedRoute['access']>
  input: RouteInput
}

/** What a super admin does to organizations that are not their own: the one thing that crosses the wall, by its purpose. */
const OVER_ORGANIZATIONS: readonly Action[] = ['organization.list', 'organization.visit', 'organization.delete']

/** Whether this call may reach other organizations, and be told their names. */
export function mayCross({ access }: DeclaredRoute, actor: Actor | undefined): boolean {
  if (access.for !== 'member' || access.action === 'session') return false
  return actor?.kind === 'member' && actor.role === 'super_admin' && OVER_ORGANIZATIONS.includes(access.action)
}

/** Who calls: the policy takes them for `actor`; a `user` is a visitor who brings the site's token, and no session's. */
export interface Credential {
  actor: Actor | undefined
  isUser?: boolean
}

/** By the policy alone. */
export function expectedOutcome(route: DeclaredRoute, { actor, isUser = false }: Credential, ids: Ids): Outcome {
  const { access } = route
  if (access.for === 'everybody') return 'answered'
  const kind = isUser ? 'user' : actor?.kind
  if (!actor || !access.for.split(' or ').some((taken) => taken === kind)) return 'UNAUTHENTICATED'
  // A token of the API is nobody's sign-in.
  if (access.action === 'session' && actor.kind === 'member' && actor.scopes) return 'FORBIDDEN'
  if (access.action !== 'session' && !isAllowed(actor, access.action)) return 'FORBIDDEN'
  return ids === 'foreign' && route.path.includes('/:') && !mayCross(route, actor) ? 'NOT_FOUND' : 'allowed'
}
