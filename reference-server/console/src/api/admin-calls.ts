import { type AnswerSchema, believed } from './believed.js'
import type { Call } from './send.js'

/** Calls of the administration, in the name of whoever is signed in. `path` begins below `api/`. */
export interface AdminCalls {
  /** Asks for something; an answer of another shape is not believed. */
  ask<T>(answer: AnswerSchema<T>, method: Call['method'], path: string, body?: unknown): Promise<T>
  /** Has something done, to which there is nothing to say. */
  tell(method: Call['method'], path: string, body?: unknown): Promise<void>
}

export function createAdminCalls(send: (call: Omit<Call, 'csrfToken'>) => Promise<unknown>): AdminCalls {
  return {
    ask: async (answer, method, path, body) => believed(answer, await send({ method, path, body })),
    tell: async (method, path, body) => void (await send({ method, path, body })),
  }
}
