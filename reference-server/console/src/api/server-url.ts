/** The server's mount point without a slash at its end, from the address of the page: `<base>/console/` gives `<base>`. */
export function serverUrl(page: { origin: string; pathname: string }): string {
  return page.origin + page.pathname.replace(/\/(console\/?)?(index\.html)?$/, '')
}
