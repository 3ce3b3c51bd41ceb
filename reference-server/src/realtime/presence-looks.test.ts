import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { PresenceBoard, Sighting } from '../nodes/presence-board.js'
import { silentLogger } from '../platform/logger.js'
import { conversationPlace, Presence } from './presence.js'
import { createManualClock } from './testing/manual-clock.js'

it('[P2] a look at the board that brings nothing new tells nobody', async () => {
  const place = conversationPlace({ organizationId: randomUUID() }, randomUUID())
  let sightings: Sighting[] = []
  const board: PresenceBoard = { tell: async () => {}, find: async () => sightings, close: async () => {} }
  const presence = new Presence(createManualClock(), silentLogger, board)
  let told = 0
  presence.watch(place, () => {
    told += 1
  })
  const looks: number[] = []
  for (const found of [[], [{ away: false }], [{ away: false }], [{ away: true }], [{ away: true }], []]) {
    sightings = found.map(({ away }) => ({ ...place, personId: 'somebody', away }))
    await presence.look()
    looks.push(told)
  }
  expect(looks).toEqual([1, 2, 2, 3, 3, 4])
})
