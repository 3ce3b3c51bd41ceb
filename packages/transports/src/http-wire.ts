import type { ClientFrame } from '@chatdesk/protocol'
import type { OpenWire, WireEvents } from './define-transport.js'

/** Frames that leave in one request: together with its start they fit into the four that a server takes, however large they are. */
const BATCH = 3

/** Gives the frames of one answer to `events`, as they come; resolves with what the next request says that it has seen. */
type ReadAnswer = (response: Response, events: WireEvents) => Promise<string>

/** Resolves when it is. */
const aborted = (signal: AbortSignal) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason)
    signal.onabort = () => resolve(signal.reason)
  })

/** An answer that is complete: what the next request has seen, then the frames, a line each. */
const readLines: ReadAnswer = async (response, { received }) => {
  const [seen, ...frames] = (await response.text()).split('\n')
  frames.forEach(received)
  return seen as string
}

/** An answer that goes on: server-sent events, each a frame on one line. */
const readEvents: ReadAnswer = async (response, { received, closed }) => {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const lines = (rest + decoder.decode(chunk.value, { stream: true })).split('\n')
    rest = lines.pop() as string
    for (const line of lines) if (line.startsWith('data:')) received(line.slice(5))
  }
  closed('remote')
  return ''
}

/** The driver of `pollingTransport` alone, for a page that fetches it when it is needed. */
export const pollingWire = (fetch: typeof globalThis.fetch): OpenWire => httpWire(fetch, '/poll', readLines)

/** The driver of `uplinkTransport` alone, for a page that fetches it when it is needed. */
export const uplinkWire = (fetch: typeof globalThis.fetch): OpenWire => httpWire(fetch, '/poll', readLines, false)

/** The driver of `sseTransport` alone, for a page that fetches it when it is needed. */
export const sseWire = (fetch: typeof globalThis.fetch): OpenWire => httpWire(fetch, '/sse', readEvents)

/**
 * Frames over plain HTTP. One request after the other listens, at `path`; beside it what is written leaves by `/poll`, in
 * order, one request at a time. Each request begins with `session.start` and the newest cursors: it stands for itself, so any
 * node of the server answers it, and what an answer loses comes with the next one.
 *
 * @param listens false: asks once at the start and once for each `ping`, since the news come by another way.
 */
function httpWire(fetch: typeof globalThis.fetch, path: '/poll' | '/sse', read: ReadAnswer, listens = true): OpenWire {
  return (url, events, start) => {
    const writing = new AbortController()
    let listening = writing
    let waiting: { text: string; type: ClientFrame['type'] }[] = []
    let busy = false
    let open = true

    async function ask(place: string, frames: string[], signal: AbortSignal, read: ReadAnswer): Promise<string> {
      const response = await fetch(url.replace(/\/*$/, place), {
        method: 'POST',
        body: [start(), ...frames].join('\n'),
        // The session's token authorises, never a cookie (S7).
        credentials: 'omit',
        cache: 'no-store',
        signal,
      })
      if (response.ok) return read(response, events)
      // Seconds, where they are given: too many requests, or a server that is about to be back.
      events.closed('remote', response.status, Number(response.headers.get('retry-after')) * 1000 || undefined)
      return ''
    }

    async function listen(): Promise<void> {
      let seen = ''
      while (open) {
        listening = new AbortController()
        const { signal } = listening
        try {
          seen = await ask(`${path}?seen=${seen}`, [], signal, read)
          // Whatever answers in the server's place would answer the next request as fast.
          if (!/^[\w-]+$/.test(seen)) events.closed('remote')
          if (!listens) throw await aborted(signal)
        } catch (cause) {
          if (!signal.aborted) events.closed('network', cause)
          // An answer is wanted now, whatever was seen.
          seen = ''
        }
      }
    }

    async function flush(): Promise<void> {
      busy = true
      try {
        while (waiting.length > 0) {
          const batch = waiting.splice(0, BATCH)
          const texts = batch.map(({ text }) => text)
          await ask('/poll', texts, writing.signal, readLines)
          // Who listens, listens to the conversations that there were.
          if (batch.some(({ type }) => /^conversation\.(start|open)$/.test(type))) listening.abort()
        }
      } catch (cause) {
        events.closed('network', cause)
      }
      busy = false
    }

    void Promise.resolve().then(listen)
    return {
      write(text, type) {
        // The question is whether the line that listens is alive.
        if (type === 'ping') listening.abort()
        else waiting.push({ text, type })
        if (!busy) void flush()
        return true
      },
      close() {
        open = false
        waiting = []
        listening.abort()
        writing.abort()
      },
    }
  }
}
