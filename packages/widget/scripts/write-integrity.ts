import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A digest as a browser compares it. */
const digestOf = (bytes: Uint8Array): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`

/**
 * Publishes the loader a second time, under a name that holds its hash, and writes `integrity.json`: what a page must name that
 * runs this build and no other (threat 20). Paths are those at which the server has the files.
 *
 * @param out where `widget.js` and the folder of its chunks stand.
 */
export function writeIntegrity(out: string, version: string): void {
  const bytes = readFileSync(join(out, 'widget.js'))
  // Beside the other one: the loader finds its chunks, and its server, from where it stands itself.
  const loader = `widget-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.js`
  copyFileSync(join(out, 'widget.js'), join(out, loader))
  const folder = `widget/${version}/`
  const chunks = readdirSync(join(out, version))
    .sort()
    .map((name) => [folder + name, digestOf(readFileSync(join(out, version, name)))])
  const integrity = { [loader]: digestOf(bytes), ...Object.fromEntries(chunks) }
  writeFileSync(join(out, 'integrity.json'), `${JSON.stringify({ loader, folder, integrity }, null, 2)}\n`)
}
