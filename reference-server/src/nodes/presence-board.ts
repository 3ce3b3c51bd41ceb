/** Where people are: the visitor's side of a conversation, by the conversation's id, the team's by another, or a team, by its organization's. */
export interface Place {
  organizationId: string
  id: string
}

/** Somebody who is in a place. */
export interface Sighting extends Place {
  personId: string
  /** Connected, and inactive. */
  away: boolean
}

/** Somebody has come, has turned away or back, or has gone (`away` is null). */
export type Movement = Omit<Sighting, 'away'> & { away: boolean | null }

/** Where nodes write down who is connected to them. No log and no truth: what stands there holds as long as its node is alive. */
export interface PresenceBoard {
  /**
   * Tells the other nodes what has changed here since the last time, or `everything` when they may have lost what they knew.
   * Also the sign that this node lives: it counts as dead 45 seconds after the last.
   */
  tell(changed: readonly Movement[], everything: () => readonly Sighting[]): Promise<void>
  /** Who is in these places by way of other nodes. */
  find(places: readonly Place[]): Promise<Sighting[]>
  /** This node ends; its people have as long to come to another as after any broken connection. Rejects never. */
  close(): Promise<void>
}
