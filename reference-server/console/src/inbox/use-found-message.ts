import { useEffect } from 'react'
import { useConsole } from '../client/console-services.js'

/** Brings a message into view that a search has found: loads what is older until it is there, and shows it for a moment. */
export function useFoundMessage(conversationId: string | undefined, seq: number | undefined): void {
  const { client } = useConsole()
  useEffect(() => {
    if (conversationId === undefined || seq === undefined) return
    // The thread has it open, and closes it.
    const conversation = client.openConversation(conversationId)
    let loading = false
    const look = () => {
      const element = document.querySelector(`[data-seq="${seq}"]`)
      if (element) {
        stop()
        element.scrollIntoView({ block: 'center' })
        element.animate([{ background: 'var(--chatdesk-late-tint)' }, {}], { duration: 2_000 })
        return
      }
      const { synced, hasOlder } = conversation.$conversation.get()
      const first = conversation.$timeline.get().find((entry) => entry.seq !== undefined)?.seq
      if (!synced || !hasOlder || loading || first === undefined || first <= seq) return
      loading = true
      conversation.loadOlder().then(
        () => {
          loading = false
        },
        // The thread itself says that older messages did not load.
        () => stop(),
      )
    }
    // After what has changed is drawn.
    let frame = 0
    const later = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => requestAnimationFrame(look))
    }
    const unlisten = [conversation.$timeline.subscribe(later), conversation.$conversation.subscribe(later)]
    const stop = () => {
      cancelAnimationFrame(frame)
      for (const end of unlisten) end()
    }
    return stop
  }, [client, conversationId, seq])
}
