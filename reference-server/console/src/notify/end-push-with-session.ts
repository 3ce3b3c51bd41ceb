import type { ReadableAtom } from 'nanostores'
import type { SessionState } from '../session/session.js'
import type { NotifyEnvironment } from './notify-environment.js'

/**
 * Takes the push of this browser back whenever nobody is signed in. The server forgets its address with the sign-in; one that the
 * browser kept would look, to whoever signs in next, as if it were pushed to.
 */
export function endPushWithSession(
  $session: ReadableAtom<SessionState>,
  push: Pick<NotifyEnvironment['push'], 'unsubscribe'>,
): void {
  $session.subscribe(({ status }) => {
    // Where the browser refuses, nothing comes there all the same.
    if (status === 'signed-out') push.unsubscribe().catch(() => undefined)
  })
}
