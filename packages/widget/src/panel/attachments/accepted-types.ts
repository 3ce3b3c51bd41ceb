import type { FileKind } from '@chatdesk/protocol'

/** What the server takes of each kind (U3), as a file picker is told. Phones turn their own formats of pictures into these. */
const TYPES: Record<FileKind, string> = {
  image: 'image/png,image/jpeg,image/gif,image/webp',
  pdf: 'application/pdf',
  text: '.txt,.log,.md,.csv',
  office: '.docx,.xlsx,.pptx,.odt,.ods,.odp',
  audio: '.mp3,.m4a,.ogg,.opus,.wav',
  video: '.mp4,.mov,.webm',
}

/** `accept` of a file picker. */
export function acceptedTypes(kinds: readonly FileKind[]): string {
  return kinds.map((kind) => TYPES[kind]).join()
}
