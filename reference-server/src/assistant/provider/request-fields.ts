/** What a server is taken to understand beyond the model and the messages, which all do. What it rejects by name is left out from then on. */
export interface RequestCaps {
  /** Whether it says at the end of a stream what was used. */
  usageInStream: boolean
  /** By which name it takes the longest length of an answer; null: by none. */
  maxTokensParam: 'max_completion_tokens' | 'max_tokens' | null
  temperature: boolean
}

/** Of a server about which nothing is known. */
export const DEFAULT_CAPS: RequestCaps = {
  usageInStream: true,
  maxTokensParam: 'max_completion_tokens',
  temperature: true,
}

/** A field that a server may not know. */
export type OptionalField = 'stream_options' | 'max_completion_tokens' | 'max_tokens' | 'temperature'

/** The optional fields of a request, as these caps have it. */
export function optionalFields(caps: RequestCaps, completionTokens: number) {
  return {
    ...(caps.usageInStream ? { stream_options: { include_usage: true } } : {}),
    ...(caps.maxTokensParam ? { [caps.maxTokensParam]: completionTokens } : {}),
    ...(caps.temperature ? { temperature: 0 } : {}),
  }
}

const FIELDS: readonly OptionalField[] = ['stream_options', 'max_completion_tokens', 'max_tokens', 'temperature']

/**
 * Which optional field of a request its rejection names; null: none. Only what was sent counts, since servers name in the same sentence
 * what they would rather have.
 */
export function fieldNamed(rejection: string, sent: readonly string[]): OptionalField | null {
  const words = new Set(rejection.match(/[a-z_]+/g) ?? [])
  return FIELDS.find((field) => sent.includes(field) && words.has(field)) ?? null
}

/** Caps without a field. The length of an answer has a second name, which is tried next, unless that is where we come from. */
export function withoutField(caps: RequestCaps, field: OptionalField): RequestCaps {
  switch (field) {
    case 'stream_options':
      return { ...caps, usageInStream: false }
    case 'temperature':
      return { ...caps, temperature: false }
    case 'max_completion_tokens':
      return caps.maxTokensParam === field ? { ...caps, maxTokensParam: 'max_tokens' } : caps
    case 'max_tokens':
      return caps.maxTokensParam === field ? { ...caps, maxTokensParam: null } : caps
  }
}
