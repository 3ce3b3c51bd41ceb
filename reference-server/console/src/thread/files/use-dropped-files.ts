import { useEffect, useRef, useState } from 'react'

/**
 * Files that are dropped anywhere on the page, or pasted: a browser would leave the console for a file that nobody takes.
 *
 * @returns whether files are being dragged.
 */
export function useDroppedFiles(take: (files: FileList) => void): boolean {
  const [dragging, setDragging] = useState(false)
  const taker = useRef(take)
  taker.current = take
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    const onDrag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setDragging(true)
    }
    document.addEventListener('dragenter', onDrag, { signal })
    document.addEventListener('dragover', onDrag, { signal })
    document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && setDragging(false), {
      signal,
    })
    document.addEventListener(
      'drop',
      (event) => {
        setDragging(false)
        if (!event.dataTransfer?.files.length) return
        event.preventDefault()
        taker.current(event.dataTransfer.files)
      },
      { signal },
    )
    document.addEventListener(
      'paste',
      ({ clipboardData }) => {
        // Office programs put a picture of the words beside the words.
        if (!clipboardData?.files.length || clipboardData.types.includes('text/plain')) return
        taker.current(clipboardData.files)
      },
      { signal },
    )
    return () => ended.abort()
  }, [])
  return dragging
}
