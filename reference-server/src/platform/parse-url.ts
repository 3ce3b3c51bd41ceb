/** The URL that a text is; undefined when it is none. `URL.canParse` is not to be believed: once hot, Node 20's takes the bytes of Latin-1 for UTF-8. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
