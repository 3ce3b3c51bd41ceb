import type { Draft } from '../draft.js'
import { type IdKind, looksLikeId } from '../ids.js'
import { type Body, isSent } from './fields.js'
import { badRequest, notApplicable } from './refusal.js'

/** A call that was let in. */
export interface Call {
  readonly draft: Draft
  readonly accountId: string
  readonly keyId: string
  readonly query: URLSearchParams
  readonly body: Body
  /** The body as it was sent, to compare what is asked for twice. */
  readonly rawBody: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly refundKeysInFlight: readonly string[]
}

/** What a call is answered with, by 200. */
export type Answer = Readonly<Record<string, unknown>>

/** Finds a thing of the caller's account. Someone else's does not exist. */
export function find<T extends { accountId: string }>(
  call: Call,
  table: ReadonlyMap<string, T>,
  kind: IdKind,
  id: string,
): T {
  if (!looksLikeId(id, kind)) throw badRequest(`${id} is not a valid id`)
  const found = table.get(id)
  if (!found || found.accountId !== call.accountId) throw badRequest('The id provided does not exist')
  return found
}

/** Everything of the caller's account in a table, newest first as the API lists it. */
export function ownNewestFirst<T extends { accountId: string }>(call: Call, table: ReadonlyMap<string, T>): T[] {
  return [...table.values()].filter(({ accountId }) => accountId === call.accountId).reverse()
}

function wholeNumber(call: Call, name: string, least: number, most: number, otherwise: number): number {
  const text = call.query.get(name)
  if (text === null) return otherwise
  if (!/^-?\d+$/.test(text)) throw badRequest(`The ${name} must be an integer.`, name)
  const number = Number(text)
  if (number < least) throw badRequest(`The ${name} must be at least ${least}.`, name)
  if (number > most) throw badRequest(`The ${name} may not be greater than ${most}.`, name)
  return number
}

/** The part of a list that a call asks for: `from` and `to` in seconds, `count` of 10 unless it says otherwise, `skip`. */
export function page<T extends { createdAt: number }>(call: Call, list: readonly T[]): T[] {
  const count = wholeNumber(call, 'count', 1, 100, 10)
  const skip = wholeNumber(call, 'skip', 0, Number.MAX_SAFE_INTEGER, 0)
  const from = wholeNumber(call, 'from', 0, Number.MAX_SAFE_INTEGER, 0)
  const to = wholeNumber(call, 'to', 0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  return list
    .filter(({ createdAt }) => Math.floor(createdAt / 1000) >= from && Math.floor(createdAt / 1000) <= to)
    .slice(skip, skip + count)
}

/** A list as the API shows one. */
export function collection(items: readonly unknown[]): Answer {
  return { entity: 'collection', count: items.length, items }
}

/** What a call wants shown in full: `expand[]=payments`, in this form alone. */
export function expansions(call: Call): string[] {
  return call.query.getAll('expand[]')
}

/** Reads a body: JSON, and an object. Nothing is an empty one. */
export function parseBody(text: string): Body {
  if (text.trim() === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body
  } catch {
    // Answered below, as what is no object is.
  }
  throw notApplicable(400, 'The request body is not a JSON object.')
}

/** Refuses a change of anything but notes. */
export function onlyNotes(body: Body): void {
  if (!isSent(body, 'notes')) throw badRequest('The notes field is required.', 'notes')
  const other = Object.keys(body).filter((field) => field !== 'notes')
  if (other.length > 0) throw badRequest(`${other.join(', ')} is/are not required and should not be sent`, other[0])
}
