import { ChatError, type TrackedEvent } from '@chatdesk/protocol'
import type { ChatClient } from '../chat-client.js'
import { callServer } from './call-server.js'

/** Events that wait for a session; older ones go first. */
const MOST = 50
/** As many as the server takes at once. */
const BATCH = 20

/** What a tracker is given. */
export interface TrackerOptions {
  client: Pick<ChatClient, 'port' | '$connection'>
  /** Whether the visitor has consented; asked for each event (K1). */
  mayTrack: () => boolean
}

/** Tells the server what its visitor does on the site. A courtesy: nothing waits for it, and what is too much is dropped. */
export interface Tracker {
  /** Something that the site has a name for. */
  track(name: string, properties?: Record<string, string | number | boolean>): void
  /** The visitor has come to another page; the same one twice is once. */
  page(page: { url: string; title?: string | undefined }): void
  dispose(): void
}

/** Sends what comes, and what came before there was a session. */
export function createTracker({ client, mayTrack }: TrackerOptions): Tracker {
  let waiting: TrackedEvent[] = []
  let sending = false
  let lastUrl: string | undefined

  async function flush(): Promise<void> {
    if (sending) return
    sending = true
    try {
      while (waiting.length > 0 && client.$connection.get().status === 'online' && mayTrack()) {
        const events = waiting.slice(0, BATCH)
        await callServer(client.port, '/events', { body: { events } })
        waiting = waiting.filter((event) => !events.includes(event))
      }
    } catch (error) {
      // Too many, or what no server takes: it would be refused again.
      if (ChatError.isInstance(error) && (!error.retryable || error.code === 'RATE_LIMITED')) waiting = []
    }
    sending = false
  }

  function add(event: TrackedEvent): void {
    // What was done before there was consent is not told after it.
    if (!mayTrack()) return
    waiting = [...waiting, event].slice(-MOST)
    void flush()
  }

  const stop = client.$connection.listen(() => void flush())
  return {
    track: (name, properties) => add(properties ? { name, properties } : { name }),
    page(page) {
      if (page.url !== lastUrl) add({ page })
      lastUrl = page.url
    },
    dispose() {
      stop()
      waiting = []
    },
  }
}
