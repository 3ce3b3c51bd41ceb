import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { VisitorActor } from '../organizations/actor.js'
import { silentLogger } from '../platform/logger.js'
import { Presence, teamPlace } from './presence.js'
import { SessionPresence } from './session-presence.js'
import { createManualClock } from './testing/manual-clock.js'

it('[P3] a visitor who opens one conversation after another is told of the team once, and not any more at the end', async () => {
  const visitor: VisitorActor = {
    ...{ kind: 'visitor', organizationId: randomUUID(), widgetId: randomUUID(), visitorId: randomUUID() },
    ...{ sessionId: randomUUID(), name: 'Ann', expiresAt: new Date() },
  }
  const presence = new Presence(createManualClock(), silentLogger, undefined)
  const sent: string[] = []
  const session = new SessionPresence(
    presence,
    visitor,
    'websocket',
    undefined,
    (text) => sent.push(text),
    async () => [],
  )
  await session.team(undefined)
  session.begin()
  for (let opened = 0; opened < 3; opened += 1) await session.team(undefined)
  const stay = presence.enter(teamPlace(visitor), randomUUID())
  expect(sent).toHaveLength(1)
  session.end()
  stay.leave(0)
  expect(sent).toHaveLength(1)
})
