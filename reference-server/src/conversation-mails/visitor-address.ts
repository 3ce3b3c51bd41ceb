/** What is known of a visitor's e-mail address, from proved to said. */
export interface KnownAddresses {
  /** Set where a JWT has proved it. */
  proved: string | null
  /** What a page has said. */
  traits: { email?: unknown } | null
  /** What the visitor has answered, by the fields' ids, and which of the fields ask for an e-mail address. */
  answers: Record<string, unknown> | null
  emailFields: readonly string[]
  /** Where they have had a transcript sent. */
  transcript: string | null
}

/** Where a visitor can be mailed, and whether it was proved that it is theirs. */
export interface VisitorAddress {
  email: string
  isProved: boolean
}

/** One line, one address: what else stands in a field goes into no envelope (threat 57). */
const ADDRESS = /^[^\s<>()[\]\\@",;:\p{Cc}]{1,64}@[^\s<>()[\]\\@",;:\p{Cc}]{1,185}\.[^\s<>()[\]\\@",;:.\p{Cc}]{2,63}$/u

/** The address that was proved; without one the first that is known of those that were said. */
export function findAddress({
  proved,
  traits,
  answers,
  emailFields,
  transcript,
}: KnownAddresses): VisitorAddress | null {
  if (proved !== null) return isAddress(proved) ? { email: proved.toLowerCase(), isProved: true } : null
  const said = [transcript, ...emailFields.map((id) => answers?.[id]), traits?.email]
  const email = said.find(isAddress)
  return email === undefined ? null : { email: email.toLowerCase(), isProved: false }
}

function isAddress(text: unknown): text is string {
  return typeof text === 'string' && ADDRESS.test(text)
}
