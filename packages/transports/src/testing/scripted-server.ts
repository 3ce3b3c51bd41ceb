import type { ClientFrame, ConversationSync, ServerFrame, SessionStart, WireError } from '@chatdesk/protocol'
import type { TransportTestPeer } from './transport-test-peer.js'

/** A connection as an endpoint gives it to the script. */
export interface ScriptedConnection {
  send(text: string): void
  /** Closes as a server does. */
  close(): void
  /** Cuts the line without a word. */
  cut(): void
}

/** What an endpoint tells the script of a connection. */
export interface ScriptedConnectionHandler {
  received(text: string): void
  closed(): void
}

/** The members of a test peer that need no network, all of them there. */
export type ScriptedPeer = {
  [K in Exclude<keyof TransportTestPeer, 'url' | 'close'>]-?: NonNullable<TransportTestPeer[K]>
}

type Said = Extract<ServerFrame, { type: 'message.created' }>

/** A far side that knows just enough of the protocol to be connected to: it accepts one token, notes what arrives, says what it is told and repeats it to who was away. */
export interface ScriptedServer {
  accept(connection: ScriptedConnection): ScriptedConnectionHandler
  peer: ScriptedPeer
}

/** The token that is accepted; tests look for it where it must not be (threat 8). */
export const ACCEPTED_TOKEN = 'token-canary-4711'

const CONVERSATION_ID = '01980000-0000-7000-8000-000000000001'

/** A scripted far side without a network; an endpoint gives it connections. */
export function createScriptedServer(): ScriptedServer {
  const live = new Set<ScriptedConnection>()
  const log: Said[] = []
  let frames: ClientFrame[] = []
  let ids = 0
  const texts: string[] = []
  const makeStart = (token: string): SessionStart => ({
    type: 'session.start',
    commandId: `start-${String(++ids).padStart(8, '0')}`,
    protocolVersion: 1,
    token,
    cursors: [],
  })
  const sendTo = (connection: ScriptedConnection, frame: ServerFrame) => connection.send(JSON.stringify(frame))
  /** As soon as somebody is there: a client of many requests is away between two of them. */
  const everyone = async (run: (connection: ScriptedConnection) => void) => {
    while (live.size === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    ;[...live].forEach(run)
  }

  return {
    accept(connection) {
      live.add(connection)
      frames = []
      return {
        received(text) {
          const frame = JSON.parse(text) as ClientFrame
          frames.push(frame)
          if (frame.type === 'session.start') answerStart(connection, frame)
          if (frame.type === 'message.send') {
            texts.push(...frame.parts.flatMap((part) => (part.type === 'text' ? part.text : [])))
            sendTo(connection, { type: 'ack', commandId: frame.commandId, ok: true, seq: texts.length })
          }
        },
        closed: () => void live.delete(connection),
      }
    },
    peer: {
      makeStart: () => makeStart(ACCEPTED_TOKEN),
      makeRefusedStart: () => makeStart('another token'),
      makeMessage: (text) => ({
        type: 'message.send',
        commandId: `send-${String(++ids).padStart(8, '0')}`,
        conversationId: CONVERSATION_ID,
        clientMessageId: `message-${ids}`,
        parts: [{ type: 'text', text }],
      }),
      received: () => [...texts],
      say(said) {
        for (const text of said) {
          const event = messageCreated(text, log.length + 1)
          log.push(event)
          for (const connection of live) sendTo(connection, event)
        }
      },
      drop: (fault) => everyone((connection) => (fault === 'remote' ? connection.close() : connection.cut())),
      connections: () => live.size,
      frames: () => [...frames],
      pushText: (text) => everyone((connection) => connection.send(text)),
      endSession(error: WireError) {
        return everyone((connection) => {
          sendTo(connection, { type: 'session.ended', error })
          connection.close()
        })
      },
    },
  }

  function answerStart(connection: ScriptedConnection, { commandId, token, cursors }: SessionStart): void {
    if (token !== ACCEPTED_TOKEN) {
      const error = { code: 'UNAUTHENTICATED', message: 'No such session.' } as const
      sendTo(connection, { type: 'ack', commandId, ok: false, error })
      connection.close()
      return
    }
    sendTo(connection, {
      type: 'session.ready',
      commandId,
      sessionId: '01980000-0000-7000-8000-000000000002',
      protocolVersion: 1,
      self: { kind: 'visitor' },
      heartbeatMs: 25_000,
      conversations: [syncAfter(cursors[0]?.seq)],
    })
  }

  function syncAfter(heldSeq: number | undefined): ConversationSync {
    return {
      conversationId: CONVERSATION_ID,
      status: 'waiting',
      agent: null,
      recovery: heldSeq === undefined ? 'fresh' : 'resumed',
      headSeq: log.length,
      events: log.slice(heldSeq),
      reachedStart: true,
      reads: { visitor: 0, team: 0 },
    }
  }

  function messageCreated(text: string, seq: number): Said {
    return {
      type: 'message.created',
      id: `01980000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      conversationId: CONVERSATION_ID,
      seq,
      createdAt: '2026-11-20T10:00:00.000Z',
      author: { kind: 'agent', name: 'Asha' },
      parts: [{ type: 'text', text }],
    }
  }
}
