import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AssetDirectories } from './static-assets.js'

/** The directories beside the built module, into which the build puts all others, as far as they are there. */
export function builtAssets(): AssetDirectories {
  const find = (name: string) => {
    const directory = fileURLToPath(new URL(`./public/${name}`, import.meta.url))
    return existsSync(directory) ? directory : undefined
  }
  return { widget: find('widget'), console: find('console') }
}
