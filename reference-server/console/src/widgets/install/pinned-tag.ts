import { type EmbedTarget, literal } from './embed-codes.js'
import type { PublishedBuild } from './published-build.js'

/** Attempts to load the panel after the first: the loader adds a slash to its folder for each. */
const RETRIES = 3

/**
 * What to paste for one build and no other (threat 20): the script names its digest, and an import map the digests of all that the
 * script brings. A file of which one bit differs is not run.
 */
export function pinnedTag({ url, widgetKey }: EmbedTarget, { loader, folder, integrity }: PublishedBuild): string {
  const chunks = Object.entries(integrity).filter(([path]) => path !== loader)
  const base = `${url}/${folder}`
  const map = {
    // An address that stands for a file with a digest has that digest. Further attempts are refused, as they would have none.
    imports: Object.fromEntries(Array.from({ length: RETRIES }, (_, n) => [base + '/'.repeat(n + 1), base])),
    integrity: Object.fromEntries(chunks.map(([path, digest]) => [`${url}/${path}`, digest])),
  }
  return [
    '<script type="importmap">',
    JSON.stringify(map, null, 2).replace(/</g, '\\u003c'),
    '</script>',
    '<script>',
    '  window.chatdesk = window.chatdesk || function () { (chatdesk.q = chatdesk.q || []).push(arguments) };',
    `  chatdesk('init', { widgetKey: ${literal(widgetKey)} });`,
    '</script>',
    `<script async src="${url}/${loader}" crossorigin="anonymous"`,
    `  integrity="${integrity[loader]}"></script>`,
  ].join('\n')
}
