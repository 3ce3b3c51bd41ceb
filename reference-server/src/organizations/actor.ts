import type { MemberRole } from '@chatdesk/protocol'

/** A visitor behind a valid session token. */
export interface VisitorActor {
  kind: 'visitor'
  organizationId: string
  widgetId: string
  visitorId: string
  sessionId: string
  /** As an agent reads it: what the visitor gave, or "Visitor" and a short id. */
  name: string
  /** When the session token ends. */
  expiresAt: Date
}

/** A signed-in member of an organization. */
export interface MemberActor {
  kind: 'member'
  organizationId: string
  memberId: string
  role: MemberRole
  name: string
  /** The sign-in, or the API token, that this connection or request belongs to: revoking it ends both. */
  memberSessionId: string
  /** A super admin in an organization that is not their own. */
  visiting?: boolean
  /** Of such a guest: this visit, and the organization that they are a member of. */
  visit?: { id: string; homeOrganizationId: string }
  /** Of an API token: what it may do of what its member may; a sign-in may all of that. */
  scopes?: readonly string[]
  /** When the sign-in ends. */
  expiresAt: Date
}

/** The organization that has the member: while visiting it is not the one that they act in. */
export function homeOf(actor: MemberActor): string {
  return actor.visit?.homeOrganizationId ?? actor.organizationId
}

/** Who acts: made from a credential by the server, never from what a client says of itself. */
export type Actor = VisitorActor | MemberActor

/** Who is written down as the maker of a thing: a guest is no member of the organization that it belongs to. */
export function creatorOf(actor: MemberActor): string | null {
  return actor.visiting ? null : actor.memberId
}
