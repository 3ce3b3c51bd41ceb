import type { Request } from 'express'
import type { RequestFacts } from './visitor-context.js'

/** Headers in which a proxy tells where a visitor is, as `cf-ipcountry`. */
export interface GeoHeaders {
  country?: string | undefined
  city?: string | undefined
}

/**
 * What a request tells of itself. Where the visitor is, is believed only of a proxy that is trusted and that we talk to
 * directly: anybody else could write the header.
 */
export function requestFacts(request: Request, geoHeaders: GeoHeaders): RequestFacts {
  const { origin, 'user-agent': userAgent, 'accept-language': acceptLanguage } = request.headers
  const trusts = request.app.get('trust proxy fn') as (address: string, hop: number) => boolean
  const isFromProxy = trusts(request.socket.remoteAddress ?? '', 0)
  const said = (name: string | undefined) => (name && isFromProxy ? request.get(name) : undefined)
  return { origin, userAgent, acceptLanguage, geo: { country: said(geoHeaders.country), city: said(geoHeaders.city) } }
}
