import { Readable } from 'node:stream'
import { ChatError, type FilePart } from '@chatdesk/protocol'
import { fileAccessQuery } from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { declareAccess } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { parseId, parseInput } from '../http/input.js'
import { sendStream } from '../http/send-stream.js'
import { typeOfName } from './file-types.js'
import type { FilesContext } from './files-context.js'
import type { ByteRange } from './storage/file-storage.js'
import { requireFiles } from './uploads.js'

/** `/api/files/:id`: the bytes behind a link (U7). */
export function downloadRoutes(context: FilesContext): Router {
  const { database, links, clock } = context
  const download: RequestHandler = async (request, response) => {
    await context.downloadsPerAddress.consume(clientNetwork(request.ip))
    const { storage } = requireFiles(context)
    const id = parseId(request.params.id, 'file')
    const { access } = parseInput(fileAccessQuery, request.query)
    const { organizationId, conversationId, fileId } = links.read(id, access, clock())
    const row = await database
      .of(organizationId)
      .selectFrom('files')
      .select(['part', 'storage_key'])
      .where('organization_id', '=', organizationId)
      .where('id', '=', fileId)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst()
    if (!row?.part) throw noSuchFile()
    const range = rangeOf(request, response, row.part)
    if (range === 'none') return void response.status(416).end()
    const bytes = request.method === 'HEAD' ? [] : await storage.read(row.storage_key, range)
    if (!bytes) throw noSuchFile()
    describe(response, row.part, range)
    if (request.method === 'HEAD') return void response.end()
    await sendStream(Readable.from(bytes, { objectMode: false }), response)
  }
  const router = Router()
  const bySignature = {
    for: 'everybody',
    because: 'the link is signed for one file, and ends after five minutes',
  } as const
  router.get('/:id', declareAccess(bySignature, download, { query: fileAccessQuery }))
  return router
}

const noSuchFile = () => new ChatError('NOT_FOUND', 'No such file.')

/** The one range that is asked for; several are answered with the whole. */
function rangeOf(request: Request, response: Response, { sizeBytes }: FilePart): ByteRange | undefined | 'none' {
  const ranges = request.range(sizeBytes)
  if (ranges === -1) {
    response.set('content-range', `bytes */${sizeBytes}`)
    return 'none'
  }
  const [range] = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges : []
  return range && { first: range.start, last: range.end }
}

/**
 * What a browser is told of it (threat 58): images are shown, all else is saved. Nothing in it is a page: it has no origin, runs no
 * script and loads nothing, whatever somebody takes it for. Other sites' pages show it, so any may load it; none may read it.
 */
function describe(response: Response, { name, mediaType, sizeBytes }: FilePart, range: ByteRange | undefined): void {
  const isImage = typeOfName(name)?.kind === 'image'
  response.set({
    'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'content-disposition': `${isImage ? 'inline' : 'attachment'}; filename="${asciiOf(name)}"; filename*=UTF-8''${encodeName(name)}`,
    'content-length': String(range ? range.last - range.first + 1 : sizeBytes),
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'private, max-age=300, immutable',
    'accept-ranges': 'bytes',
  })
  if (!range) return
  response.status(206).set('content-range', `bytes ${range.first}-${range.last}/${sizeBytes}`)
}

/** For programs that know no more than ASCII. */
const asciiOf = (name: string) => name.replace(/[^\w .()-]/g, '_')
/** As RFC 8187 has it. */
const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
