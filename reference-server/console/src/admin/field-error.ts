import type { ChatError } from '@chatdesk/protocol'

/** Whether a refusal is about this field, or a part of it. */
export function isAbout(error: ChatError | null, field: string): boolean {
  if (error?.code !== 'VALIDATION_FAILED' || error.field === undefined) return false
  return error.field === field || error.field.startsWith(`${field}.`)
}
