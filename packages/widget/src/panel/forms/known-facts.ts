import type { VisitorTraits, VisitorUser } from '@chatdesk/protocol'

/** What the page has said of its visitor. */
export interface KnownFacts {
  traits: VisitorTraits
  /** What it proves; stands before what it only says. */
  proved: Pick<VisitorTraits, 'name' | 'email'>
}

/** What is known before anything is asked. The server checks a proof; here it is only read. */
export function knownFacts(traits: VisitorTraits = {}, user?: VisitorUser): KnownFacts {
  const { name, email } = user && 'token' in user ? claimsOf(user.token) : (user ?? {})
  return {
    traits,
    proved: { ...(isText(name) && { name }), ...(isText(email) && { email }) },
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** What a JWT says; nothing where it cannot be read. */
function claimsOf(token: string): { name?: unknown; email?: unknown } {
  try {
    const bytes = atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))
    const claims: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))))
    return typeof claims === 'object' && claims !== null ? claims : {}
  } catch {
    return {}
  }
}
