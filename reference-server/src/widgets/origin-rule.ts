import { ChatError } from '@chatdesk/protocol'
import { parseUrl } from '../platform/parse-url.js'

/** What a widget says about the pages that may use it. */
export interface OriginRule {
  /**
   * `scheme://host[:port]`, exact, or `scheme://*.host[:port]`, which is every subdomain of any depth and not the host
   * itself. An empty list refuses every page.
   */
  allowedOrigins: readonly string[]
  /** Whether a request without an `Origin` header, which no page of another site can send, is let in: scripts, apps. */
  allowMissingOrigin: boolean
}

/**
 * Whether a request from this origin may use the widget (threat 14). Browsers send an origin in one form only; what comes
 * in another, `null` among it, is on no list.
 */
export function isOriginAllowed(rule: OriginRule, origin: string | undefined): boolean {
  if (origin === undefined) return rule.allowMissingOrigin
  const entries = entriesFor(origin)
  return rule.allowedOrigins.some((entry) => entries.includes(entry))
}

/** A name of the DNS has 253 characters at most; what a stranger makes longer costs more with each of its parts. */
const LONGEST = 300

/** Every entry of a list that lets this origin in: itself, and a wildcard for each of its parents. */
export function entriesFor(origin: string): string[] {
  const url = origin.length > LONGEST ? undefined : parseUrl(origin)
  // URL leaves empty labels and asterisks as they are; no page has either.
  if (url?.origin !== origin || /^\.|\.\.|\*/.test(url.host)) return []
  const [, ...parents] = url.host.split('.')
  return [origin, ...parents.map((_, index) => `${url.protocol}//*.${parents.slice(index).join('.')}`)]
}

/** Stands for the wildcard while `URL`, which knows none, reads the rest. */
const ANY = 'any-subdomain'

/**
 * An entry of a list in the form that browsers send: lower case, punycode, without a default port. Throws
 * `VALIDATION_FAILED` for what is no web origin, and for a wildcard anywhere but before a domain of two parts or more.
 */
export function normalizeOrigin(entry: string): string {
  const [, scheme, rest] = /^(https?:\/\/)\*\.(.*)$/i.exec(entry.trim()) ?? []
  const origin = readOrigin(scheme === undefined ? entry : `${scheme}${ANY}.${rest}`)
  const isWildcard = scheme !== undefined
  if (!origin || (isWildcard && !/^https?:\/\/any-subdomain\.([^.]+\.[^.]+|localhost)/.test(origin)))
    throw new ChatError('VALIDATION_FAILED', `${entry} is not an origin such as https://shop.example.`, {
      field: 'allowedOrigins',
    })
  return isWildcard ? origin.replace(ANY, '*') : origin
}

function readOrigin(entry: string): string | undefined {
  const url = parseUrl(entry)
  if (!url) return undefined
  const { protocol, pathname, search, hash, username, password, hostname, origin } = url
  const isBare = pathname === '/' && !search && !hash && !username && !password && !/[?#@]/.test(entry)
  const isHost = hostname !== '' && !hostname.includes('*') && !hostname.endsWith('.')
  return /^https?:$/.test(protocol) && isBare && isHost ? origin : undefined
}
