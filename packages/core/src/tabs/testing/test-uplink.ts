import { ChatError, type ClientFrame } from '@chatdesk/protocol'
import type { TransportConnectOptions, TransportFactory, TransportStatus } from '../../ports.js'

/** As the uplink over plain HTTP: each question is a connection of its own over `transport`, and over with its answer. */
export function testUplink(transport: TransportFactory): TransportFactory {
  return () => {
    let status: TransportStatus = 'idle'
    let given: TransportConnectOptions
    let queue: Promise<void> = Promise.resolve()
    const over = new AbortController()
    const lost = new Promise<never>((_, reject) =>
      over.signal.addEventListener('abort', () => reject(new ChatError('ABORTED')), { once: true }),
    )
    // Nobody may be waiting.
    lost.catch(() => {})

    async function ask(command?: ClientFrame): Promise<void> {
      const request = transport()
      let answered = () => {}
      const answer = new Promise<void>((resolve) => {
        answered = resolve
      })
      await request.connect({
        ...given,
        signal: over.signal,
        onFrame(frame) {
          const isAnswer = command
            ? 'commandId' in frame && 'commandId' in command && frame.commandId === command.commandId
            : frame.type === 'session.ready'
          if (!isAnswer || status === 'closed') return
          status = 'open'
          given.onFrame(frame)
          answered()
        },
        onClose: ({ reason, error }) => reason === 'local' || lose(error),
      })
      if (command) await request.send(command)
      // Signs are answered by nobody (F4).
      if (!command || 'commandId' in command) await Promise.race([answer, lost])
      await request.close()
      if (command?.type === 'conversation.start') await ask()
    }

    function lose(error: ChatError): void {
      if (status !== 'open') return
      status = 'closed'
      over.abort()
      given.onClose({ reason: 'network', error })
    }

    return {
      name: 'test-uplink',
      get status() {
        return status
      },
      async connect(options) {
        status = 'connecting'
        given = {
          ...options,
          getStart: (
            (start) => () =>
              start
          )(await options.getStart()),
        }
        options.signal.addEventListener('abort', () => over.abort())
        await ask()
      },
      async send(frame) {
        if (status !== 'open') throw new ChatError('NOT_OPEN')
        const asking = frame.type === 'ping' ? () => ask() : () => ask(frame)
        queue = queue.then(asking).catch((error: ChatError) => lose(error))
      },
      async close() {
        status = 'closed'
        over.abort()
      },
    }
  }
}
