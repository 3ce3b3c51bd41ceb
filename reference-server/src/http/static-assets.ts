import { join } from 'node:path'
import compression from 'compression'
import express, { type RequestHandler, Router } from 'express'
import { allowAnyOrigin } from './cors.js'
import { consoleHeaders, previewHeaders, publicFileHeaders } from './security-headers.js'

/** Directories of built files; an absent one is not served. */
export interface AssetDirectories {
  /** `widget.js` and, in folders named by their content, what it loads. */
  widget?: string | undefined
  /** `index.html` and `assets/`. */
  console?: string | undefined
  /** A whole site, served at the mount point itself. */
  demoSite?: string | undefined
}

const ONE_YEAR_MS = 365 * 24 * 3_600_000

/** A name that holds a hash of the content may be kept for ever. */
function immutable(directory: string): RequestHandler {
  return express.static(directory, { immutable: true, maxAge: ONE_YEAR_MS, index: false, redirect: false })
}

/** A name that stays when the content changes: kept, but asked for each time. */
const revalidated = {
  maxAge: 0,
  setHeaders: (response: { setHeader(name: string, value: string): void }) =>
    response.setHeader('cache-control', 'no-cache'),
}

/** Serves the widget, the console and the demo site; whatever is no file of theirs is left to the next handler. */
export function staticAssets(directories: AssetDirectories, options: { https: boolean }): Router {
  const router = Router()
  const { widget, console, demoSite } = directories
  // Files only: an answer of the API that holds a secret beside a caller's text must not be compressed (BREACH).
  const compress = compression()
  if (widget !== undefined) {
    const headers = [publicFileHeaders(options), allowAnyOrigin, compress]
    const named = (path: string, name: string) =>
      router.get(path, ...headers, (_request, response, next) => {
        response.sendFile(name, { root: widget, headers: { 'cache-control': 'no-cache' } }, ignoreMissing(next))
      })
    for (const name of ['widget.js', 'push-worker.js']) named(`/${name}`, name)
    named('/widget/integrity.json', 'integrity.json')
    // The loader as one build made it, for pages that name its digest (threat 20).
    router.get(/^\/widget-[0-9a-f]{12}\.js$/, ...headers, immutable(widget))
    // Only what stands in a folder that is named by its content may be kept for ever.
    router.use(/^\/widget\/[^/]*$/, (_request, _response, next) => next('router'))
    router.use('/widget', ...headers, immutable(widget))
  }
  if (console !== undefined) {
    // Before the console's own headers: this page stands in a frame of the console, under a policy of its own.
    router.use(
      '/console/preview',
      previewHeaders(options),
      compress,
      express.static(join(console, 'preview'), revalidated),
    )
    router.use('/console', consoleHeaders(options), compress)
    // A script that is not there must not be answered with a page.
    router.use('/console/assets', immutable(join(console, 'assets')), (_request, _response, next) => next('router'))
    // `/console` is sent on to `/console/`, from which the page's relative addresses start.
    router.use('/console', express.static(console, { ...revalidated, redirect: true }))
    router.get('/console/{*path}', (_request, response, next) => {
      response.sendFile('index.html', { root: console, headers: { 'cache-control': 'no-cache' } }, ignoreMissing(next))
    })
  }
  if (demoSite !== undefined) router.use(publicFileHeaders(options), compress, express.static(demoSite, revalidated))
  return router
}

/** Leads whoever types the bare address on to the console, where it is served and no demo site stands. */
export function consoleAtRoot({ console, demoSite }: AssetDirectories): Router {
  const router = Router()
  if (console !== undefined && demoSite === undefined)
    router.get('/', (_request, response) => response.redirect('/console/'))
  return router
}

/** A file that is not there is nothing that went wrong. */
function ignoreMissing(next: (error?: unknown) => void) {
  return (error: (Error & { status?: number }) | undefined) => {
    if (error) next(error.status === 404 ? undefined : error)
  }
}
