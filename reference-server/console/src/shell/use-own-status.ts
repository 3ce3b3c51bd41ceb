import { ChatError, type TeamMember } from '@chatdesk/protocol'
import { useCallback, useEffect, useState } from 'react'
import { mayWrite, useConsole } from '../client/console-services.js'

/** How the team sees oneself. */
export interface OwnStatusState {
  /** Null: not known yet, or one answers nobody here. */
  own: TeamMember | null
  setOwn(own: TeamMember): void
  /** Asks anew: another tab may have said something else. */
  load(): void
}

/** Of whoever answers visitors; what cannot be loaded is not shown. */
export function useOwnStatus(): OwnStatusState {
  const { admin: api, current } = useConsole()
  const [own, setOwn] = useState<TeamMember | null>(null)
  const memberId = mayWrite(current) ? current.member.id : null
  const load = useCallback(() => {
    if (memberId === null) return
    api.team.list().then(
      (team) => setOwn(team.find(({ id }) => id === memberId) ?? null),
      (error: unknown) => {
        if (!ChatError.isInstance(error)) throw error
      },
    )
  }, [api, memberId])
  useEffect(load, [load])
  return { own, setOwn, load }
}
