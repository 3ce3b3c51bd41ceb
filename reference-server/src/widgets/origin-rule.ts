import { ChatError } from '@chatdesk/protocol'

/** What a widget says about the pages that may use it. */
export interface OriginRule {
  /** `scheme://host[:port]`, exact. An empty list refuses every page. */
  allowedOrigins: readonly string[]
  /** Whether a request without an `Origin` header, which no page of another site can send, is let in: scripts, apps. */
  allowMissingOrigin: boolean
}

/**
 * Whether a request from this origin may use the widget (threat 14). Browsers send an origin in one form only, so it is
 * compared as it stands; anything else, `null` among it, is on no list.
 */
export function isOriginAllowed(rule: OriginRule, origin: string | undefined): boolean {
  if (origin === undefined) return rule.allowMissingOrigin
  return rule.allowedOrigins.includes(origin)
}

/** Throws `FORBIDDEN_ORIGIN` unless the rule lets the origin in. */
export function requireOrigin(rule: OriginRule, origin: string | undefined): void {
  if (!isOriginAllowed(rule, origin))
    throw new ChatError('FORBIDDEN_ORIGIN', 'This widget is not allowed on this page.')
}

/** An entry of a list in the form that browsers send; throws `VALIDATION_FAILED` for what is no web origin. */
export function normalizeOrigin(entry: string): string {
  const refuse = () => new ChatError('VALIDATION_FAILED', `${entry} is not an origin.`, { field: 'allowedOrigins' })
  let url: URL
  try {
    url = new URL(entry)
  } catch {
    throw refuse()
  }
  const isBare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  if (!/^https?:$/.test(url.protocol) || !isBare || url.hostname.includes('*')) throw refuse()
  return url.origin
}
