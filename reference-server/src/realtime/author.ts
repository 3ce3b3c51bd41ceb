import type { Author } from '@chatdesk/protocol'
import type { Actor } from '../organizations/actor.js'

/** How others see this actor. */
export function authorOf(actor: Actor): { kind: 'visitor' | 'agent'; id: string; name: string } {
  return actor.kind === 'visitor'
    ? { kind: 'visitor', id: actor.visitorId, name: actor.name }
    : { kind: 'agent', id: actor.memberId, name: actor.name }
}

/** Tells one author from another. */
export function authorKey(author: Author): string {
  return `${author.kind}:${author.id ?? ''}`
}
