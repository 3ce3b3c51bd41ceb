import type { Transport, TransportClosure, TransportConnectOptions } from '@chatdesk/core'
import { ChatError, LIMITS, type LogEvent, type ResumeCursor, type ServerFrame, textOf } from '@chatdesk/protocol'
import { afterEach, beforeEach, describe, expect, it, type TestContext, vi } from 'vitest'
import { connectOptions } from './connect-options.js'
import type { TransportTestPeer } from './transport-test-peer.js'

/** What the suite runs on. */
export interface TransportContractOptions {
  createTransport: () => Transport
  /** A fresh far side for each test. */
  createPeer: () => Promise<TransportTestPeer>
  /** Rules that cannot hold here, each with the reason, which is printed. */
  skip?: Partial<Record<TransportRule, string>>
}

/** Id of a rule in `packages/transports/SPEC.md`. */
export type TransportRule = `T${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14}`

/** Declares the contract suite of a transport: one block for each rule of `SPEC.md`. */
export function testTransport(name: string, options: TransportContractOptions): void {
  describe(`transport contract: ${name}`, () => {
    let peer: TransportTestPeer
    let transport: Transport
    let frames: ServerFrame[]
    /** What a client would hold of the log by now. */
    let held: LogEvent[]
    let closures: TransportClosure[]

    beforeEach(async () => {
      peer = await options.createPeer()
      anew()
    })
    afterEach(async () => {
      await transport.close()
      await peer.close()
      vi.restoreAllMocks()
    })

    function rule(id: TransportRule, sentence: string, run: (context: TestContext) => Promise<void>): void {
      const reason = options.skip?.[id]
      it(`[${id}] ${sentence}`, (context) =>
        reason ? context.skip(`${id} does not apply to ${name}: ${reason}`) : run(context))
    }

    /** A fresh transport of which nothing has been heard. */
    function anew(): void {
      transport = options.createTransport()
      frames = []
      held = []
      closures = []
    }
    /** Connects, and notes what the transport then says. */
    const connect = (over: Partial<TransportConnectOptions> = {}) => {
      const [heard, log, ended] = [frames, held, closures]
      const onFrame = (frame: ServerFrame) => {
        heard.push(frame)
        for (const event of eventsIn(frame)) if (event.seq > (log.at(-1)?.seq ?? 0)) log.push(event)
        over.onFrame?.(frame)
      }
      const onClose = (closure: TransportClosure) => void ended.push(closure)
      const getStart = () => peer.makeStart()
      const cursors = () =>
        log.slice(-1).map(({ conversationId, seq, id }): ResumeCursor => ({ conversationId, seq, eventId: id }))
      return transport.connect(connectOptions({ url: peer.url, getStart, cursors, onClose, ...over, onFrame }))
    }
    /** A client of many requests is away between two of them, where no fault can meet it. */
    const drop = (fault: 'remote' | 'network') =>
      expect.poll(
        async () => {
          if (transport.status === 'open') await peer.drop(fault)
          return transport.status
        },
        { interval: 200, timeout: 10_000 },
      )
    const local = { reason: 'local', error: { code: 'ABORTED' } }
    const heardTexts = () => held.flatMap((event) => (event.type === 'message.created' ? textOf(event.parts) : []))
    const liveFrames = () => frames.filter(({ type }) => type !== 'session.ready')
    const send = (text: string) => transport.send(peer.makeMessage(text))
    const nothingOpen = () => expect.poll(() => peer.connections?.() ?? 0).toBe(0)

    rule('T1', 'connect resolves when frames flow both ways', async () => {
      expect(transport.status).toBe('idle')
      const connected = connect()
      expect(transport.status).toBe('connecting')
      await connected
      expect(transport.status).toBe('open')
      await send('up')
      await expect.poll(() => peer.received()).toEqual(['up'])
      await peer.say(['down'])
      await expect.poll(heardTexts).toContain('down')
    })

    rule('T2', 'connect rejects with the refusal of the server', async () => {
      await expect(connect({ getStart: () => peer.makeRefusedStart() })).rejects.toMatchObject({
        name: 'ChatError',
        code: 'UNAUTHENTICATED',
        retryable: false,
      })
      expect(transport.status).toBe('closed')
      expect(closures).toEqual([])
      await nothingOpen()
    })

    rule('T2', 'connect rejects with OFFLINE when nobody is there, and with what getStart threw', async () => {
      const failure = new ChatError('FORBIDDEN_ORIGIN', 'not here')
      const getStart = () => Promise.reject(failure)
      await expect(connect({ getStart })).rejects.toBe(failure)
      expect(transport.status).toBe('closed')

      anew()
      const start = await peer.makeStart()
      await peer.close()
      const getPresentStart = () => start
      await expect(connect({ getStart: getPresentStart })).rejects.toMatchObject({
        name: 'ChatError',
        code: 'OFFLINE',
        retryable: true,
      })
      expect(transport.status).toBe('closed')
      await expect(connect({ getStart: getPresentStart })).rejects.toMatchObject({ code: 'NOT_OPEN' })
    })

    rule('T3', 'an aborted signal or close rejects ABORTED and leaves nothing open', async () => {
      const aborted = { name: 'ChatError', code: 'ABORTED', retryable: false }
      await expect(connect({ signal: AbortSignal.abort() })).rejects.toMatchObject(aborted)
      expect(transport.status).toBe('closed')

      // Before the start is there, with it, and after it.
      for (const turns of [0, 1, 2]) {
        anew()
        const controller = new AbortController()
        const start = await peer.makeStart()
        const getStart = async () => {
          void (async () => {
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
            controller.abort()
          })()
          return start
        }
        await expect(connect({ signal: controller.signal, getStart })).rejects.toMatchObject(aborted)
        expect(transport.status).toBe('closed')
      }

      anew()
      const attempt = expect(connect()).rejects.toMatchObject(aborted)
      await transport.close()
      await attempt
      expect([frames, closures]).toEqual([[], []])
      await nothingOpen()
    })

    rule('T4', 'send outside open rejects NOT_OPEN and sends nothing, now or later', async () => {
      const start = await peer.makeStart()
      const notOpen = { name: 'ChatError', code: 'NOT_OPEN', retryable: true }
      await expect(send('idle')).rejects.toMatchObject(notOpen)
      const connected = connect({ getStart: () => start })
      await expect(send('connecting')).rejects.toMatchObject(notOpen)
      await connected
      await send('open')
      await expect.poll(() => peer.received()).toEqual(['open'])
      await transport.close()
      await expect(send('closed')).rejects.toMatchObject(notOpen)
      await nothingOpen()
      expect(await peer.received()).toEqual(['open'])
    })

    rule('T5', 'frames go out in the order of the calls', async () => {
      await connect()
      const texts = Array.from({ length: 20 }, (_, index) => `up ${index} ${'é'.repeat(index * 30)}`)
      await Promise.all(texts.map(send))
      await expect.poll(() => peer.received()).toEqual(texts)
    })

    rule('T6', 'frames come in in the order of the server, parsed', async () => {
      await connect()
      const texts = Array.from({ length: 20 }, (_, index) => `down ${index} 👋${'é'.repeat(index * 30)}`)
      await peer.say(texts)
      await expect.poll(heardTexts).toEqual(texts)
    })

    rule('T7', 'a listener that throws does not stop later frames', async () => {
      const report = vi.spyOn(console, 'error').mockImplementation(() => {})
      await connect({
        onFrame() {
          throw new Error('a listener of the test')
        },
      })
      await peer.say(['one', 'two'])
      await expect.poll(heardTexts).toEqual(['one', 'two'])
      expect(report).toHaveBeenCalledTimes(frames.length)
    })

    rule('T8', 'unknown frames are skipped, malformed ones are skipped and logged', async (context) => {
      if (!peer.pushText) return context.skip('the far side sends nothing but good frames')
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
      await connect()
      await peer.pushText('{"type":"weather.changed","secret":"s3cret"}')
      await peer.say(['one'])
      await expect.poll(heardTexts).toEqual(['one'])
      expect(warn).not.toHaveBeenCalled()
      for (const text of ['{', 'null', '[]', '{"type":7}', '{"type":"heartbeat","heads":"s3cret"}', ''])
        await peer.pushText(text)
      await peer.say(['two'])
      await expect.poll(heardTexts).toEqual(['one', 'two'])
      expect(liveFrames().length).toBeLessThanOrEqual(2)
      expect(warn).toHaveBeenCalledTimes(6)
      expect(warn.mock.calls.join()).not.toContain('s3cret')
    })

    rule('T9', 'session.ready comes first, live frames after it', async () => {
      const statuses: string[] = []
      await connect({
        onFrame: (frame) => void statuses.push(`${frame.type} while ${transport.status}`),
      })
      expect(statuses).toEqual(['session.ready while open'])
      await peer.say(['live'])
      await expect.poll(heardTexts).toEqual(['live'])
    })

    rule('T10', 'a closure is told once, with the reason of the fault', async () => {
      for (const fault of ['remote', 'network'] as const) {
        anew()
        await connect()
        await drop(fault).toBe('closed')
        expect(closures).toMatchObject([{ reason: fault, error: { name: 'ChatError', retryable: true } }])
        await expect(send('too late')).rejects.toMatchObject({ code: 'NOT_OPEN' })
        await transport.close()
        expect(closures).toHaveLength(1)
      }
      anew()
      await connect()
      await transport.close()
      expect(closures).toMatchObject([local])
      await nothingOpen()
      expect(closures).toHaveLength(1)
    })

    rule('T10', 'a closure carries the error of session.ended', async (context) => {
      if (!peer.endSession) return context.skip('the far side ends no session on demand')
      const retryableByCode = {
        UNAVAILABLE: true,
        RATE_LIMITED: true,
        UNAUTHENTICATED: false,
        FORBIDDEN: false,
      } as const
      for (const [code, retryable] of Object.entries(retryableByCode) as [keyof typeof retryableByCode, boolean][]) {
        anew()
        await connect()
        await peer.endSession({ code, message: 'enough', retryAfterMs: 7 })
        await expect
          .poll(() => closures)
          .toMatchObject([{ reason: 'remote', error: { code, retryable, message: 'enough', retryAfterMs: 7 } }])
        expect(frames.at(-1)).toMatchObject({ type: 'session.ended', error: { code } })
      }
    })

    rule('T11', 'close is idempotent and no frame follows it', async () => {
      await connect()
      await peer.say(['before'])
      await expect.poll(heardTexts).toEqual(['before'])
      const saying = peer.say(['after'])
      const heard = frames.length
      await Promise.all([transport.close(), transport.close(), saying])
      await nothingOpen()
      await transport.close()
      expect(frames).toHaveLength(heard)
      expect(closures).toMatchObject([local])
      expect(transport.status).toBe('closed')
    })

    rule('T12', 'nothing stays open, however the transport ended', async (context) => {
      const { connections } = peer
      if (!connections) return context.skip('the far side does not count its connections')
      await connect()
      await expect.poll(() => connections.call(peer)).toBeGreaterThan(0)
      await transport.close()
      await nothingOpen()
      for (const fault of ['remote', 'network'] as const) {
        anew()
        await connect()
        await drop(fault).toBe('closed')
        await nothingOpen()
      }
    })

    rule('T13', 'getStart is called once, before anything is sent', async () => {
      const start = await peer.makeStart()
      let finish = () => {}
      const asked = new Promise<void>((resolve) => {
        finish = resolve
      })
      const getStart = vi.fn(async () => {
        await asked
        return start
      })
      const connected = connect({ getStart })
      await expect.poll(() => getStart.mock.calls.length).toBe(1)
      expect(peer.connections?.() ?? 0).toBe(0)
      finish()
      await connected
      expect(getStart).toHaveBeenCalledTimes(1)
      expect(peer.frames?.() ?? [start]).toEqual([start])
    })

    rule('T14', 'a frame above the limit rejects before it leaves', async () => {
      await connect()
      const tooLarge = { name: 'ChatError', code: 'PAYLOAD_TOO_LARGE', retryable: false }
      await expect(send('x'.repeat(LIMITS.frameBytes))).rejects.toMatchObject(tooLarge)
      await expect(send('é'.repeat(LIMITS.frameBytes / 2))).rejects.toMatchObject(tooLarge)
      await send('small')
      await expect.poll(() => peer.received()).toEqual(['small'])
      expect(transport.status).toBe('open')
    })
  })
}

/** Events of the log, live or as what was missed. */
function eventsIn(frame: ServerFrame): readonly LogEvent[] {
  if (frame.type === 'session.ready') return frame.conversations.flatMap(({ events }) => events)
  return frame.type === 'message.created' || frame.type === 'conversation.changed' ? [frame] : []
}
