import type { TransportFactory, Unsubscribe } from '@chatdesk/core'
import { ChatError } from '@chatdesk/protocol'
import { onPageHide } from '../launcher/host-page.js'

/** Connections that end when the page is put away. */
export interface PageRest {
  wrap(create: TransportFactory): TransportFactory
  stop: Unsubscribe
}

/**
 * Ends connections when the page is put away: browsers keep no page with an open socket for "back", and one that was
 * kept would come back with a dead one. To the client it looks like a lost network, and `pageshow` wakes it.
 *
 * @param watch tells of the page's leaving and coming back.
 */
export function restOnPageHide(watch: typeof onPageHide = onPageHide): PageRest {
  let away = false
  const connections = new Set<() => void>()
  const stop = watch(
    () => {
      away = true
      for (const rest of connections) rest()
    },
    () => {
      away = false
    },
  )
  const lostNetwork = (cause?: unknown) => new ChatError('OFFLINE', 'The page was put away.', { cause })

  const wrap = (create: TransportFactory): TransportFactory => {
    return () => {
      const transport = create()
      let rested = false
      const rest = () => {
        rested = true
        void transport.close()
      }
      return {
        name: transport.name,
        get status() {
          return transport.status
        },
        async connect(options) {
          if (away) throw lostNetwork()
          connections.add(rest)
          try {
            await transport.connect(options)
          } catch (error) {
            connections.delete(rest)
            throw rested ? lostNetwork(error) : error
          }
        },
        send: (frame) => transport.send(frame),
        receive: (listener) => transport.receive(listener),
        onClose: (listener) =>
          transport.onClose((closure) => {
            connections.delete(rest)
            listener(rested ? { reason: 'network', retryable: true, error: lostNetwork() } : closure)
          }),
        close() {
          connections.delete(rest)
          return transport.close()
        },
      }
    }
  }
  return { wrap, stop }
}
