import { faults, type Gate } from './gate.js'
import { publishable, readJson } from './workspaces.js'

/** Packages that may run a script while they are installed (threat 91). */
const MAY_RUN_SCRIPTS = ['esbuild', 'fsevents', 'msw']

/** All that a visitor's browser may be given: runtime dependencies of what runs there (threat 91). */
const BROWSER_DEPENDENCIES: Record<string, string[]> = {
  '@chatdesk/protocol': ['zod'],
  '@chatdesk/core': ['@chatdesk/protocol', 'idb-keyval', 'nanostores'],
  '@chatdesk/transports': ['@chatdesk/core', '@chatdesk/protocol', 'socket.io-client', 'vitest'],
  '@chatdesk/identity': ['@chatdesk/core', '@fingerprintjs/fingerprintjs', 'vitest'],
  '@chatdesk/razorpay-checkout': ['@chatdesk/protocol'],
  '@chatdesk/widget': [
    '@chatdesk/core',
    '@chatdesk/identity',
    '@chatdesk/protocol',
    '@chatdesk/razorpay-checkout',
    '@chatdesk/transports',
    '@tanstack/virtual-core',
    'preact',
  ],
  // Runs in Node, for tests and demos; what it serves to browsers is plain files of its own.
  '@chatdesk/razorpay-simulator': ['zod'],
  '@chatdesk/react': ['@chatdesk/core', '@chatdesk/widget', 'react'],
  '@chatdesk/vue': ['@chatdesk/core', '@chatdesk/widget', 'vue'],
}

interface LockEntry {
  link?: boolean
  integrity?: string
  resolved?: string
  hasInstallScript?: boolean
}

/** Threat 91, supply chain: what may be installed, from where, and what it may do meanwhile. */
export const lockFileGate: Gate = {
  name: 'lock file policy',
  run: async () => {
    const { packages } = readJson<{ packages: Record<string, LockEntry> }>('package-lock.json')
    return faults([...entryFaults(packages), ...browserFaults()])
  },
}

/** Faults of the lock file's entries; workspaces and links to them have no origin to check. */
export function entryFaults(packages: Record<string, LockEntry>): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return []
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return [
      ...(entry.integrity?.startsWith('sha512-') ? [] : [`${path}: no sha512 integrity`]),
      ...(entry.hasInstallScript && !MAY_RUN_SCRIPTS.includes(name) ? [`${path}: has an install script`] : []),
      ...(entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/')
        ? [`${path}: comes from ${new URL(entry.resolved).host}`]
        : []),
    ]
  })
}

function browserFaults(): string[] {
  return publishable()
    .filter(({ folder }) => folder.startsWith('packages/'))
    .flatMap(({ manifest }) => {
      const actual = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).sort()
      const allowed = BROWSER_DEPENDENCIES[manifest.name]
      if (!allowed) return [`${manifest.name}: its runtime dependencies are on no list`]
      return actual.join() === [...allowed].sort().join()
        ? []
        : [`${manifest.name}: depends on ${actual.join(', ') || 'nothing'}; the list says ${allowed.join(', ')}`]
    })
}
