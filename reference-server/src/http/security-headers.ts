import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Headers for answers that are data: nothing in them is a page. */
export function dataHeaders({ https }: { https: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    frameguard: { action: 'deny' },
    crossOriginResourcePolicy: false,
    strictTransportSecurity: https,
  })
}

/**
 * Headers of the console (threats 17, 55): its own scripts only, no frames around it, and no markup made of text, whatever a
 * visitor has written. Styles may stand in the page, because its component library writes them there; its one policy lets
 * through what holds no markup.
 */
export function consoleHeaders({ https }: { https: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['default'],
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: https,
  })
}

/**
 * Headers of the page in which the console shows a widget that is not saved yet: framed by the console alone, and without an
 * origin, so that what runs in it reads nothing of the console's. It fetches nothing: it cannot open a visitor's session.
 */
export function previewHeaders({ https }: { https: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'self'"],
        sandbox: ['allow-scripts'],
      },
    },
    frameguard: { action: 'sameorigin' },
    // A page without an origin is a stranger to its own files.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: https,
  })
}

/** Headers of files that pages of other sites load. */
export function publicFileHeaders({ https }: { https: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: https,
  })
}
