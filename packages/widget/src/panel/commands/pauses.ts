import type { ChatClient } from '@chatdesk/core'
import { listen } from '../../launcher/host-page.js'
import type { PanelModel } from '../panel-model.js'

/** How to start those clients that are paused. */
const paused = new WeakMap<ChatClient, ChatClient['start']>()

/** A connection that begins when the page says so. */
export function pauses({ client, container }: PanelModel) {
  return {
    isPaused: () => paused.has(client),
    async pause(): Promise<void> {
      if (paused.has(client)) return
      paused.set(client, client.start)
      // Whatever else would begin it waits for the page.
      client.start = async () => {}
      await client.port.link.pause()
    },
    /** @param by `touch`: the connection begins when the visitor uses the panel, as it does at first. */
    resume(by?: 'touch'): void {
      const start = paused.get(client)
      if (!start) return
      paused.delete(client)
      client.start = start
      if (by !== 'touch') return
      const stop = listen(container, 'focusin pointerdown', () => {
        stop()
        // The page may have paused it again. The banner shows how it ended.
        client.start().catch(() => {})
      })
    },
  }
}
