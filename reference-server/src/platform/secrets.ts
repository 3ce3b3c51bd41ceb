import { createHash, createHmac, randomBytes } from 'node:crypto'

/** What a secret opens; its first letters, so that one found in the wrong place is told apart at sight. */
export type SecretKind = 'vs' | 'vo' | 'vt' | 'ms' | 'ct' | 'iv' | 'pr' | 'cp' | 'ik'

/** A new secret of 256 random bits, URL-safe, as `kind_…`. */
export function createSecret(kind: SecretKind): string {
  return `${kind}_${randomBytes(32).toString('base64url')}`
}

/** A key that names a widget, and opens nothing: `wk_` and 128 random bits. */
export function createWidgetKey(): string {
  return `wk_${randomBytes(16).toString('base64url')}`
}

/** Whether a secret is of this kind, by its first letters. */
export function isSecretOf(kind: SecretKind, secret: string): boolean {
  return secret.startsWith(`${kind}_`)
}

/**
 * What is stored of a secret. A plain SHA-256 is enough: 256 random bits cannot be guessed, so there is nothing to
 * slow down, and whoever reads the table cannot use what stands there (threat 37).
 */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/**
 * The secret that only posts messages for the session that `token` opens, and reads nothing. It follows from the token, so
 * that every answer to `init` can name it although only hashes are stored; the token does not follow from it.
 */
export function sendTokenOf(token: string): string {
  return `vo_${createHash('sha256').update(`send ${token}`).digest('base64url')}`
}

/**
 * The token of a shared session, the same for every tab that brings the visitor's token: none of them has to learn it from
 * another, and none ends what another has. Neither token follows from what is stored, nor the visitor's from this one (S12).
 */
export function sharedTokenOf(visitorToken: string, sessionId: string): string {
  return `vs_${createHash('sha256').update(`shared ${sessionId} ${visitorToken}`).digest('base64url')}`
}

/**
 * The token that follows another of the same session, when that has ended (S14). Whoever brings the ended one is given it, as
 * often as they ask; without the salt, which leaves the server never, it does not follow from what somebody has once seen.
 */
export function nextTokenOf(token: string, salt: Buffer): string {
  return `vs_${createHmac('sha256', salt).update(`next ${token}`).digest('base64url')}`
}

/** What is stored of a device hint: salted by organization, so that no value of one is found at another (threat 84). */
export function hashDeviceHint(organizationId: string, hint: string): Buffer {
  return hashSecret(`${organizationId} ${hint}`)
}
