import { ChatError, type InitRequest, toWireError } from '@chatdesk/protocol'
import type { Network } from '../network/network.js'
import type { Host } from '../world.js'
import { StreamedAnswer } from './streamed-answer.js'

/** The `fetch` of one page, as far as client and drivers use it: the session's start, and streams of frames. */
export function simulatedFetch(network: Network, page: Host): typeof globalThis.fetch {
  const fetch = (address: string, init: RequestInit) => {
    const { pathname, search } = new URL(address)
    const body = String(init.body)
    if (pathname === '/api/widget/init') return openSession(network, page, body, init.signal)
    return stream(network, page, pathname + search, body, init.signal)
  }
  return fetch as unknown as typeof globalThis.fetch
}

async function openSession(
  network: Network,
  page: Host,
  body: string,
  signal: AbortSignal | null | undefined,
): Promise<Pick<Response, 'ok' | 'status' | 'json'>> {
  const request: InitRequest = JSON.parse(body)
  try {
    const answer = await network.request(page, (server) => server.init(request), signal)
    return { ok: true, status: 200, json: async () => JSON.parse(JSON.stringify(answer)) }
  } catch (error) {
    if (!ChatError.isInstance(error)) throw error
    const wire = toWireError(error)
    // The body says which error; the status only that it is one.
    return { ok: false, status: 500, json: async () => ({ error: wire }) }
  }
}

function stream(
  network: Network,
  page: Host,
  target: string,
  body: string,
  signal: AbortSignal | null | undefined,
): Promise<StreamedAnswer> {
  return new Promise((resolve, reject) => {
    let answer: StreamedAnswer | undefined
    const fail = (reason: unknown) => {
      reject(reason)
      answer?.fail(reason)
    }
    const link = network.connect(
      page,
      'http',
      {
        opened: () => link.send(body),
        received(text) {
          if (answer) return answer.add(text)
          answer = new StreamedAnswer(Number(text))
          resolve(answer)
        },
        ended(end) {
          signal?.removeEventListener('abort', giveUp)
          if (end === 'closed' && answer) answer.end()
          else fail(new TypeError('Failed to fetch'))
        },
      },
      target,
    )
    const giveUp = () => {
      link.close()
      fail(signal?.reason)
    }
    if (signal?.aborted) giveUp()
    else signal?.addEventListener('abort', giveUp)
  })
}
