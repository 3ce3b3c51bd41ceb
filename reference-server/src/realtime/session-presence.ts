import type { ServerFrame, TeamPresence, Viewer, VisitorPresence } from '@chatdesk/protocol'
import type { Place } from '../nodes/presence-board.js'
import type { Actor, MemberActor } from '../organizations/actor.js'
import { isAllowed } from '../organizations/policy.js'
import { conversationPlace, type Presence, type Stay, teamPlace, viewersPlace } from './presence.js'
import { Viewers } from './viewers.js'

/** How long somebody counts as there after their last connection, and after a request over plain HTTP, in milliseconds (P1). */
const GRACE_MS = 10_000
const REQUEST_MS = 45_000

/** A state that a client is told with an answer, and by a frame whenever it is another one. */
class Following {
  #told = ''
  #isLive = false
  readonly stop: () => void

  constructor(
    private readonly presence: Presence,
    private readonly place: Place,
    private readonly frame: () => ServerFrame,
    private readonly send: (text: string) => void,
  ) {
    this.stop = presence.watch(place, () => this.check())
  }

  /** What the answer will say is known now; until `begin` nothing is sent. */
  async prepare(): Promise<void> {
    await this.presence.learn(this.place)
    this.#told = JSON.stringify(this.frame())
  }

  /** The answer was sent. */
  begin(): void {
    this.#isLive = true
    this.check()
  }

  check(): void {
    if (!this.#isLive) return
    const text = JSON.stringify(this.frame())
    if (text === this.#told) return
    this.#told = text
    this.send(text)
  }
}

/** What a connection shows of whoever is behind it, and what it is told of the other side. Nothing of it comes from a frame but activity (P4). */
export class SessionPresence {
  /** Visitors: how it stands with the team. */
  #team: Following | undefined
  /** Agents: how it stands with the visitors of the conversations that they watch. */
  readonly #visitors = new Map<string, Following>()
  /** Agents: which colleagues watch these as well. */
  readonly #viewers = new Map<string, Viewers>()
  /** Where this connection counts. */
  readonly #stays = new Map<string, Stay>()
  #agentId: string | undefined
  #ended = false

  constructor(
    private readonly presence: Presence,
    private readonly actor: Actor,
    private readonly transport: string,
    private readonly tabId: string | undefined,
    private readonly send: (text: string) => void,
    private readonly loadNames: (memberIds: readonly string[]) => Promise<readonly Viewer[]>,
  ) {}

  /** P3, for an answer that opens the session, or another conversation in it. */
  async team(agentId: string | undefined): Promise<TeamPresence | undefined> {
    if (this.actor.kind !== 'visitor' || this.#ended) return undefined
    this.#agentId = agentId
    const frame = () => ({ type: 'team.presence' as const, team: this.#readTeam() })
    this.#team ??= new Following(this.presence, teamPlace(this.actor), frame, this.send)
    await this.#team.prepare()
    return this.#readTeam()
  }

  /** P2, for the answer to `conversation.watch`. */
  async ofVisitor(conversationId: string): Promise<VisitorPresence> {
    const place = conversationPlace(this.actor, conversationId)
    const read = () => this.presence.statusOf(place)
    const frame = () => ({ type: 'visitor.presence' as const, conversationId, presence: read() })
    this.#visitors.get(conversationId)?.stop()
    if (this.#ended) return 'offline'
    const following = new Following(this.presence, place, frame, this.send)
    this.#visitors.set(conversationId, following)
    await following.prepare()
    return read()
  }

  /** The session is open. */
  begin(): void {
    const { actor } = this
    if (actor.kind === 'member' && isAllowed(actor, 'message.send')) this.#enter(teamPlace(actor), actor.memberId)
    this.#team?.begin()
  }

  /** The conversation is sent from now on. */
  open(conversationId: string): void {
    const { actor } = this
    if (actor.kind === 'visitor') this.#enter(conversationPlace(actor, conversationId), actor.visitorId)
    else this.#view(actor, conversationId)
    this.#visitors.get(conversationId)?.begin()
  }

  /** It is not sent any more. */
  close(conversationId: string): void {
    this.#visitors.get(conversationId)?.stop()
    this.#visitors.delete(conversationId)
    this.#viewers.get(conversationId)?.stop()
    this.#viewers.delete(conversationId)
    this.#leave(conversationId)
    // Who looks at something else is not away for a moment only.
    this.#leave(viewersPlace(this.actor, conversationId).id, 0)
  }

  /** Another agent is in charge of the visitor's conversation, as far as this connection was told. */
  agentChanged(agentId: string | undefined): void {
    this.#agentId = agentId
    this.#team?.check()
  }

  setAway(away: boolean): void {
    for (const stay of this.#stays.values()) stay.setAway(away)
  }

  end(): void {
    this.#ended = true
    this.#team?.stop()
    for (const following of this.#visitors.values()) following.stop()
    for (const viewers of this.#viewers.values()) viewers.stop()
    for (const id of this.#stays.keys()) this.#leave(id)
  }

  #readTeam(): TeamPresence {
    const place = teamPlace(this.actor)
    const agent = this.#agentId !== undefined && this.presence.has(place, this.#agentId)
    return { online: this.presence.statusOf(place) !== 'offline', agent }
  }

  /** C21: an agent is seen by its colleagues, and whoever reads sees them. */
  #view(actor: MemberActor, conversationId: string): void {
    if (this.#ended) return
    const { presence, loadNames, send } = this
    const place = viewersPlace(actor, conversationId)
    if (isAllowed(actor, 'message.send')) this.#enter(place, actor.memberId)
    this.#viewers.get(conversationId)?.stop()
    const { memberId } = actor
    this.#viewers.set(conversationId, new Viewers({ presence, place, conversationId, memberId, loadNames, send }))
  }

  #enter(place: Place, personId: string): void {
    if (this.#ended || this.#stays.has(place.id)) return
    const stay = this.presence.enter(place, personId, this.tabId)
    // A request is one of many; any other connection is a page that was opened, or says again how it stands (N1).
    if (this.transport !== 'polling') stay.setAway(false)
    this.#stays.set(place.id, stay)
  }

  #leave(placeId: string, lingerMs = this.transport === 'polling' ? REQUEST_MS : GRACE_MS): void {
    this.#stays.get(placeId)?.leave(lingerMs)
    this.#stays.delete(placeId)
  }
}
