import type { Errand } from '../outbox/outbox-disk.js'
import { createDeferred } from '../platform/deferred.js'
import type { ClientPort } from './client-port.js'

/** Has a command run before any message; resolves when the server has done it, rejects with its refusal. Outlives the page. */
export function runErrand(
  { conversation }: Pick<ClientPort, 'conversation'>,
  command: Errand['command'],
): Promise<void> {
  const { promise, resolve, reject } = createDeferred<void>()
  conversation.outbox.errand({ command, settle: (error) => (error ? reject(error) : resolve()) })
  return promise
}
