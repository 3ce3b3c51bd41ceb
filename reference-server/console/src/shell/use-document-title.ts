import { useEffect } from 'react'

/** Names the tab as long as the caller stands. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
