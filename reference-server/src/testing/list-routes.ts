import type { RequestHandler } from 'express'
import { type Access, factsOf, type InputSchema, type RouteInput } from '../http/access.js'

/** One route as it is mounted. */
export interface MountedRoute {
  method: string
  /** From the server's mount point, as Express reads it: `/api/widget/conversations/:id/messages`. */
  path: string
  /** Undefined: nobody said who may call it. */
  access: Access | undefined
  /** Undefined: nobody said what it takes. */
  input: RouteInput | undefined
  /** The body of a success; undefined: it has none. */
  answer: InputSchema | undefined
}

/** Express's own, as far as it is read here. */
interface Layer {
  /** Where it is mounted, as it was written. */
  rawPath: unknown
  handle: RequestHandler & { stack?: Layer[] }
  route?: { path: string; methods: Record<string, boolean>; stack: Layer[] }
}

/** Every route of a chat server, in the order in which they are tried. */
export function listRoutes(router: RequestHandler): MountedRoute[] {
  return walk((router as unknown as { router: { stack: Layer[] } }).router.stack, '')
}

function walk(stack: readonly Layer[], mount: string): MountedRoute[] {
  return stack.flatMap(({ rawPath, handle, route }) => {
    if (route) {
      const facts = factsOf(route.stack.at(-1)?.handle as RequestHandler)
      const methods = Object.keys(route.methods).filter((method) => method !== '_all')
      return methods.map((method) => ({
        method,
        path: mount + route.path,
        access: facts?.access,
        input: facts?.input,
        answer: facts?.answer,
      }))
    }
    if (!handle.stack) return []
    return walk(handle.stack, mount + (typeof rawPath === 'string' && rawPath !== '/' ? rawPath : ''))
  })
}
