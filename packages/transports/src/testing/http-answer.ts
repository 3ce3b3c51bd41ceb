import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { ServerFrame } from '@chatdesk/protocol'
import type { ScriptedServer } from './scripted-server.js'

/** What an answer to `/poll` says that has been seen: nothing ever changes here but the log. */
const SEEN = 'seen'

/** Answers one request to `/poll` or `/sse` out of the script, as `packages/transports/SPEC.md` says. */
export async function answerHttp(
  script: ScriptedServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [start = '', ...commands] = (await text(request)).split('\n')
  const streams = request.url?.startsWith('/chat/sse')
  const texts: string[] = []
  let ended = false
  const end = (finish: () => void) => {
    if (ended) return
    ended = true
    handler.closed()
    finish()
  }
  const answer = () => end(() => response.end(streams ? '' : [SEEN, ...texts].join('\n')))

  const handler = script.accept({
    send(given) {
      const frame = JSON.parse(isJson(given) ? given : '{}') as ServerFrame
      // A refused start ends the session, in whatever request that happens.
      const frameText =
        frame.type === 'ack' && !frame.ok ? JSON.stringify({ type: 'session.ended', error: frame.error }) : given
      if (streams) return void response.write(`data:${frameText}\n\n`)
      if (frame?.type === 'session.ready' && commands.length > 0) return
      texts.push(frameText)
      const isNews = frame?.type !== 'session.ready' || frame.conversations.some(({ events }) => events.length > 0)
      if (commands.length === 0 && (isNews || !request.url?.endsWith(`seen=${SEEN}`))) setImmediate(answer)
    },
    // Without a last word only the status tells of the end.
    close: () =>
      setImmediate(
        streams || texts.at(-1)?.includes('session.ended') ? answer : () => end(() => response.writeHead(503).end()),
      ),
    cut: () => end(() => response.destroy()),
  })
  response.on('close', () => end(() => {}))
  handler.received(start)
  for (const command of commands) handler.received(command)
  if (commands.length > 0) answer()
}

function isJson(given: string): boolean {
  try {
    return typeof JSON.parse(given) === 'object' && JSON.parse(given) !== null
  } catch {
    return false
  }
}
