/**
 * The page on which a visitor has written: only if it is one of the origin that the widget let in, so that nobody has a page of
 * theirs mailed to somebody else (threat 57). Without what stands behind its path, where a page may be told to lead elsewhere.
 */
export function pageLink(pageUrl: string | null, origin: string | null): string | undefined {
  if (pageUrl === null || origin === null || !URL.canParse(pageUrl)) return undefined
  const { origin: own, protocol, pathname } = new URL(pageUrl)
  return own === origin && /^https?:$/.test(protocol) ? `${own}${pathname}` : undefined
}
