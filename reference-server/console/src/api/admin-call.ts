import type { Call } from './send.js'

/**
 * One call of the administration, in the name of whoever is signed in. `path` begins below `api/`.
 * The type of the answer is the contract's word, which the server's own tests keep.
 */
export type AdminCall = <Answer>(method: Call['method'], path: string, body?: unknown) => Promise<Answer>
