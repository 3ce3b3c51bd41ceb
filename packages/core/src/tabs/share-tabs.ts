import { ChatError, type ServerFrame } from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import { guard } from '../platform/emitter.js'
import { systemClock } from '../platform/system-clock.js'
import type {
  Transport,
  TransportClosure,
  TransportConnectOptions,
  TransportFactory,
  TransportStatus,
} from '../ports.js'
import { createLeadership, type LeadershipOptions } from './leadership.js'
import { createSharedActivity, type SharedActivity } from './shared-activity.js'
import type { OpenTabChannel, TabChannel } from './tab-ports.js'

/** What a leader passes on: news, which each tab puts in its place by itself. Answers are for those who asked. */
const NEWS: readonly ServerFrame['type'][] = [
  'message.created',
  'conversation.changed',
  'message.read',
  'typing.changed',
  'team.presence',
  'widget.changed',
  'heartbeat',
]
/** Said by a leader whose connection is up to date: whoever follows asks what it has missed. */
const READY = 'ready'
/** Said, with its id, by a tab that learns of another live conversation: nobody who was connected before is sent it. */
const LIVE = 'live '
/** A tab asks again at most so often, in milliseconds, whatever it hears. */
const ASK_MS = 500

/** What tabs share a connection with. */
export interface SharedTabsOptions extends LeadershipOptions {
  openChannel: OpenTabChannel
  /** How a tab that follows speaks for itself: a transport that asks at its start and at each `ping`, and listens to nobody. */
  uplink: TransportFactory
}

/** The tabs of one session, seen from one of them. */
export interface SharedTabs {
  /** Whether this tab holds the connection: it alone makes a sound of what all of them hear. */
  readonly $leader: ReadableAtom<boolean>
  /** One attempt of this tab, by `create` if it leads. */
  connect(create: TransportFactory): Transport
}

/**
 * One live connection for all tabs of a session. The tab that leads has it, and passes on what comes. The others speak to the
 * server by themselves, each with its own outbox and cursors, so the death of a leader takes nothing along: what a tab does not
 * hear it finds as after any broken connection, by the next `seq`, the next heartbeat, or the next leader's word. Whether the
 * visitor is there, the leader says for all.
 */
export function createSharedTabs({ uplink, openChannel, ...options }: SharedTabsOptions): SharedTabs {
  const { clock = systemClock } = options
  const { $leader, enter, tryLead, waitToLead } = createLeadership(options)

  function connect(create: TransportFactory): Transport {
    let status: TransportStatus = 'idle'
    let given: TransportConnectOptions | undefined
    let inner: Transport | undefined
    let channel: TabChannel | undefined
    let activity: SharedActivity | undefined
    let leave = () => {}
    let stopAsking = () => {}
    let closing: Promise<void> | undefined
    /** The conversation that the session shows, as far as this tab knows. */
    let live: string | undefined
    const over = new AbortController()

    function end(closure: TransportClosure): void {
      if (status === 'closed') return
      const wasOpen = status === 'open'
      status = 'closed'
      over.abort()
      stopAsking()
      activity?.end()
      channel?.close()
      leave()
      closing = inner?.close()
      if (wasOpen) given?.onClose(closure)
    }
    const giveUp = () => end({ reason: 'local', error: new ChatError('ABORTED') })
    /** No transport is to blame, and the next attempt may come at once. */
    const reconnect = () => end({ reason: 'network', error: new ChatError('UNAVAILABLE', READY, { retryAfterMs: 0 }) })

    /** `hear` is given every frame of the connection beneath before the client is. */
    async function open(transport: Transport, hear: (frame: ServerFrame) => void): Promise<void> {
      const { onFrame, ...rest } = given as TransportConnectOptions
      inner = transport
      await transport.connect({
        ...rest,
        onFrame(frame) {
          if (frame.type === 'session.ready') status = 'open'
          hear(frame)
          onFrame(frame)
        },
        onClose: end,
      })
    }

    async function lead(): Promise<void> {
      let said: string | undefined
      const catchUp = () => {
        if (said && said !== live && status === 'open') reconnect()
      }
      const say = (active: boolean) => void inner?.send({ type: 'activity.set', active }).catch(() => {})
      const { post } = openMine((data) => {
        said = liveIn(data)
        catchUp()
      }, say)
      await open(create(), (frame) => {
        if (frame.type === 'session.ready') {
          live = liveOf(frame)
          post(READY)
        } else if (learn(frame)) post(LIVE + live)
        else if (NEWS.includes(frame.type)) post(JSON.stringify(frame))
      })
      catchUp()
    }

    async function follow({ parse, onFrame }: TransportConnectOptions): Promise<void> {
      /** What is heard before the first answer, and comes after it. */
      let early: unknown[] | undefined = []
      const ask = createAsking(() => void inner?.send({ type: 'ping' }).catch(() => {}))
      const hear = (data: unknown) => {
        const said = liveIn(data)
        if (data === READY || (said && said !== live)) return ask()
        const result = parse(String(data))
        if (result.ok && NEWS.includes(result.value.type)) guard(() => onFrame(result.value))
      }
      const { post } = openMine((data) => (early ? early.push(data) : hear(data)))
      await open(uplink(), (frame) => {
        // The answer to the start itself may be lost, and the conversation be met with in a later one.
        if (learn(frame)) post(LIVE + live)
      })
      for (const data of early) hear(data)
      early = undefined
      // A new connection says so by itself; the leader's is not new.
      activity?.turn(true)
      waitToLead(over.signal).then(reconnect, () => {})
    }

    /** Whether a frame tells of another live conversation than was known. */
    function learn(frame: ServerFrame): boolean {
      const next = liveOf(frame)
      const isNews = next !== undefined && next !== live
      if (isNews) live = next
      return isNews
    }

    function openMine(onMessage: (data: unknown) => void, say?: (active: boolean) => void): TabChannel {
      channel = openChannel((data) => {
        if (status !== 'closed' && !activity?.hear(data)) onMessage(data)
      })
      activity = createSharedActivity(channel.post, clock, say)
      return channel
    }

    /** Often is as good as once, and the last time counts. */
    function createAsking(ask: () => void): () => void {
      let paused = false
      let again = false
      return function asking() {
        again = paused
        if (paused) return
        paused = true
        ask()
        stopAsking = clock.setTimeout(() => {
          paused = false
          if (again) asking()
        }, ASK_MS)
      }
    }

    return {
      get name() {
        return inner?.name ?? 'tab'
      },
      get status() {
        return status
      },
      async connect(connectOptions) {
        if (status !== 'idle') throw new ChatError('NOT_OPEN')
        status = 'connecting'
        given = connectOptions
        leave = enter()
        const { signal } = connectOptions
        signal.addEventListener('abort', giveUp)
        if (signal.aborted) giveUp()
        try {
          // Locks that cannot be had share nothing.
          const leads = await tryLead().catch(() => true)
          if (over.signal.aborted) throw new ChatError('ABORTED')
          await (leads ? lead() : follow(connectOptions))
        } catch (error) {
          giveUp()
          throw error
        } finally {
          signal.removeEventListener('abort', giveUp)
        }
      },
      async send(frame) {
        if (status !== 'open' || !inner) throw new ChatError('NOT_OPEN')
        if (frame.type === 'activity.set') activity?.turn(frame.active)
        else await inner.send(frame)
      },
      async close() {
        giveUp()
        await closing
      },
    }
  }

  return { $leader, connect }
}

/** The live conversation that a frame tells of: the start of one is answered with its id, and an open session names it last (C10). */
function liveOf(frame: ServerFrame): string | undefined {
  if (frame.type === 'session.ready') return frame.conversations.at(-1)?.conversationId
  return frame.type === 'ack' && frame.ok ? frame.conversationId : undefined
}

/** What another tab says that it is. */
function liveIn(data: unknown): string | undefined {
  const text = String(data)
  return text.startsWith(LIVE) ? text.slice(LIVE.length) : undefined
}
