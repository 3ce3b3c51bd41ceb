import { LIMITS, type LogEvent, type ResumeCursor, type ServerFrame } from '@chatdesk/protocol'
import { type Connect, connectSocketIo, connectWebSocket, createTestClient } from './test-client.js'

/** Bytes that the server takes in one request (W1). */
const REQUEST_BYTES = 4 * LIMITS.frameBytes

/**
 * Over plain HTTP (W1 to W6): the first text begins every request, with cursors of what has come since; one request listens at
 * `path`, and what else is sent leaves in order by `/poll`, as much in a request as fits. A request that is answered with a
 * status other than 200 ends the client, with that status as its close code.
 */
function connectHttp(path: '/sse' | '/poll'): Connect {
  return async (url, { origin, headers, query } = {}) => {
    const held = new Map<string, ResumeCursor>()
    let listening = new AbortController()
    let waiting: string[] = []
    let first: string | undefined
    let open = true
    const end = (code: number) => {
      if (!open) return
      open = false
      listening.abort()
      onClose(code)
    }
    const receive = (text: string) => {
      if (!open || text === '') return
      onText(text)
      const frame = JSON.parse(text) as ServerFrame
      for (const { conversationId, seq, id } of eventsIn(frame))
        if (seq > (held.get(conversationId)?.seq ?? 0)) held.set(conversationId, { conversationId, seq, eventId: id })
      if (frame.type === 'session.ended') end(1006)
    }
    const request = async (to: string, frames: readonly string[], signal: AbortSignal | null = null) => {
      const address = new URL(url + to)
      for (const [name, value] of Object.entries(query ?? {})) address.searchParams.set(name, value)
      const response = await fetch(address, {
        method: 'POST',
        body: [withCursors(first ?? '', held), ...frames].join('\n'),
        headers: { ...headers, ...(origin ? { origin } : {}) },
        signal,
      })
      if (response.status !== 200) end(response.status)
      return response
    }

    const poll = async (seen: string, frames: readonly string[], signal?: AbortSignal): Promise<string> => {
      const response = await request(`/poll?seen=${seen}`, frames, signal)
      const [next = '', ...answers] = (await response.text()).split('\n')
      answers.forEach(receive)
      return next
    }
    const stream = async (signal: AbortSignal): Promise<string> => {
      const response = await request('/sse', [], signal)
      const decoder = new TextDecoder()
      let rest = ''
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) if (line.startsWith('data:')) receive(line.slice(5))
      }
      end(1006)
      return ''
    }
    const listen = async () => {
      let seen = ''
      while (open) {
        listening = new AbortController()
        const { signal } = listening
        try {
          seen = await (path === '/poll' ? poll(seen, [], signal) : stream(signal))
        } catch {
          if (!signal.aborted) end(1006)
          seen = ''
        }
      }
    }
    const flush = async () => {
      while (open && waiting.length > 0) {
        const frames: string[] = []
        let bytes = Buffer.byteLength(withCursors(first ?? '', held))
        do {
          const frame = waiting.shift() ?? ''
          bytes += Buffer.byteLength(frame) + 1
          frames.push(frame)
        } while (waiting[0] !== undefined && bytes + Buffer.byteLength(waiting[0]) < REQUEST_BYTES)
        await poll('', frames)
        // Who listens, listens to the conversations that there were.
        if (frames.some((frame) => frame.includes('conversation.start'))) listening.abort()
      }
    }
    let flushing = Promise.resolve()

    const { client, onText, onClose } = createTestClient({
      send(text) {
        // A frame is one line here: what cannot be one is sent as something that is no frame either.
        const line = text.replaceAll('\n', ' ')
        if (first === undefined) {
          first = line
          void listen()
        } else if (waiting.push(line) === 1) flushing = flushing.then(flush).catch(() => end(1006))
      },
      sendBinary: () => {},
      close() {
        waiting = []
        end(1000)
      },
    })
    return client
  }
}

/** The first text with cursors of what is held by now; as it is, when it is no `session.start`. */
function withCursors(first: string, held: ReadonlyMap<string, ResumeCursor>): string {
  try {
    const start = JSON.parse(first) as { cursors: ResumeCursor[] }
    const others = start.cursors.filter(({ conversationId }) => !held.has(conversationId))
    return JSON.stringify({ ...start, cursors: [...others, ...held.values()] })
  } catch {
    return first
  }
}

function eventsIn(frame: ServerFrame): readonly LogEvent[] {
  if (frame.type === 'session.ready') return frame.conversations.flatMap(({ events }) => events)
  return frame.type === 'message.created' || frame.type === 'conversation.changed' ? [frame] : []
}

/** The four transports of a visitor, for `describe.each`. */
export const TRANSPORTS: readonly [name: string, connect: Connect][] = [
  ['websocket', connectWebSocket],
  ['socket-io', connectSocketIo(['polling', 'websocket'])],
  ['sse', connectHttp('/sse')],
  ['polling', connectHttp('/poll')],
]
