import type { ChatError } from '@chatdesk/protocol'
import { createContext, useContext } from 'react'
import { errorText } from '../text/error-text.js'

const RefusalContext = createContext<ChatError | null>(null)

/** Tells the fields below what the server has refused. */
export const RefusalProvider = RefusalContext.Provider

/** What stands beside a field: the server's reason, where it has named this one, or a part of it. */
export function useRefusal(): (field: string) => string | undefined {
  const error = useContext(RefusalContext)
  return (field) => (error && isWithin(fieldOf(error), field) ? reasonOf(error) : undefined)
}

function isWithin(named: string | undefined, field: string): boolean {
  return named === field || named?.startsWith(`${field}.`) === true
}

/** Settings are checked as a whole as well, where their fields stand at the top. */
function fieldOf({ field }: ChatError): string | undefined {
  return field?.replace(/^settings\./, '')
}

/** For a refused form the server's reason is worth more than a general sentence. */
export function refusalText(error: ChatError): string {
  if (error.code !== 'VALIDATION_FAILED') return errorText(error)
  const field = fieldOf(error)
  return field === undefined ? `Not accepted: ${error.message}` : `Not accepted: ${field}: ${reasonOf(error)}`
}

/** The server's reason without the field, which stands before it for developers. */
export function reasonOf({ field, message }: ChatError): string {
  return message.startsWith(`${field}: `) ? message.slice(`${field}: `.length) : message
}
