import { useEffect } from 'react'

/** Shows in the tab's title, on whatever page, how many messages nobody has read. */
export function useTitleBadge(unread: number): void {
  useEffect(() => {
    const apply = () => {
      const bare = document.title.replace(/^\(\d+\) /, '')
      const wanted = unread > 0 ? `(${unread}) ${bare}` : bare
      if (document.title !== wanted) document.title = wanted
    }
    apply()
    const observer = new MutationObserver(apply)
    observer.observe(document.head, { subtree: true, childList: true, characterData: true })
    return () => observer.disconnect()
  }, [unread])
}
