import type { FileKind } from '@chatdesk/protocol'
import { extensionOf } from './clean-file-name.js'

/** A type of files that may be sent. Whatever is not here is refused (threat 59). */
export interface FileType {
  kind: FileKind
  /** As it is served. */
  mediaType: string
  extensions: readonly string[]
  /** What its content is taken for; none: text, which has no marks. */
  content: readonly string[]
  /** What else browsers call it. */
  aliases?: readonly string[]
}

const openXml = (name: string, extension: string): FileType => {
  const mediaType = `application/vnd.openxmlformats-officedocument.${name}`
  return { kind: 'office', mediaType, extensions: [extension], content: [mediaType] }
}
const openDocument = (name: string, extension: string): FileType => {
  const mediaType = `application/vnd.oasis.opendocument.${name}`
  return { kind: 'office', mediaType, extensions: [extension], content: [mediaType] }
}
const image = (name: string, ...extensions: string[]): FileType => {
  const mediaType = `image/${name}`
  return { kind: 'image', mediaType, extensions, content: [mediaType] }
}

const FILE_TYPES: readonly FileType[] = [
  image('png', '.png'),
  { ...image('jpeg', '.jpg', '.jpeg', '.jfif'), aliases: ['image/jpg', 'image/pjpeg'] },
  image('gif', '.gif'),
  image('webp', '.webp'),
  { kind: 'pdf', mediaType: 'application/pdf', extensions: ['.pdf'], content: ['application/pdf'] },
  {
    kind: 'text',
    mediaType: 'text/plain',
    extensions: ['.txt', '.log', '.md'],
    content: [],
    aliases: ['text/markdown'],
  },
  // Where a spreadsheet program is installed, browsers name that.
  {
    kind: 'text',
    mediaType: 'text/csv',
    extensions: ['.csv'],
    content: [],
    aliases: ['text/plain', 'application/vnd.ms-excel'],
  },
  openXml('wordprocessingml.document', '.docx'),
  openXml('spreadsheetml.sheet', '.xlsx'),
  openXml('presentationml.presentation', '.pptx'),
  openDocument('text', '.odt'),
  openDocument('spreadsheet', '.ods'),
  openDocument('presentation', '.odp'),
  { kind: 'audio', mediaType: 'audio/mpeg', extensions: ['.mp3'], content: ['audio/mpeg'], aliases: ['audio/mp3'] },
  { kind: 'audio', mediaType: 'audio/mp4', extensions: ['.m4a'], content: ['audio/x-m4a'], aliases: ['audio/x-m4a'] },
  {
    kind: 'audio',
    mediaType: 'audio/ogg',
    extensions: ['.ogg', '.opus'],
    content: ['audio/ogg', 'audio/ogg; codecs=opus'],
  },
  {
    kind: 'audio',
    mediaType: 'audio/wav',
    extensions: ['.wav'],
    content: ['audio/wav'],
    aliases: ['audio/x-wav', 'audio/wave'],
  },
  { kind: 'video', mediaType: 'video/mp4', extensions: ['.mp4'], content: ['video/mp4'] },
  { kind: 'video', mediaType: 'video/quicktime', extensions: ['.mov'], content: ['video/quicktime'] },
  // Voice recordings of browsers are WebM as well.
  { kind: 'video', mediaType: 'video/webm', extensions: ['.webm'], content: ['video/webm'], aliases: ['audio/webm'] },
]

/** The type that a name's extension stands for. */
export function typeOfName(name: string): FileType | undefined {
  const extension = extensionOf(name)
  return FILE_TYPES.find(({ extensions }) => extensions.includes(extension))
}

/** Whether what a browser says of a file is that type, or nothing. */
export function isDeclaredAs({ mediaType, aliases = [] }: FileType, declared: string): boolean {
  const [essence = ''] = declared.toLowerCase().split(';')
  return ['', 'application/octet-stream', mediaType, ...aliases].includes(essence.trim())
}
