/**
 * Mails and the server's own start line name pages as paths: `…/console/invite#<token>`. The console's pages stand in the
 * hash, which no request carries: `…/console/#/invite/<token>`. Null where the address is one of ours already.
 */
export function hashAddress({ pathname, hash }: { pathname: string; hash: string }): string | null {
  const match = /^(.*\/)(setup|invite|reset|forgot)\/?$/.exec(pathname)
  if (!match) return null
  const [, directory, page] = match
  const token = hash.replace(/^#\/?/, '')
  return `${directory}#/${page}${token === '' ? '' : `/${token}`}`
}
