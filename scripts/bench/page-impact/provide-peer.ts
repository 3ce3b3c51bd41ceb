import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The lightest of the widgets that sites use today, as its users load it. */
export const PEER = { name: 'deep-chat', version: '2.4.2', file: 'dist/deepChat.bundle.js' }

const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/bench-peers', import.meta.url))

/** The peer's script, installed into the bench's own folder; undefined where the registry cannot be reached. */
export function providePeer(): string | undefined {
  const path = `${FOLDER}/node_modules/${PEER.name}/${PEER.file}`
  if (!existsSync(path)) {
    mkdirSync(FOLDER, { recursive: true })
    const wanted = `${PEER.name}@${PEER.version}`
    try {
      const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps']
      execFileSync('npm', ['install', ...flags, '--prefix', FOLDER, wanted], { stdio: 'ignore' })
    } catch {
      return undefined
    }
  }
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
