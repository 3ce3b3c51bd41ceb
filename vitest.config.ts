import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumLaunchOptions } from './scripts/test-environment/find-chromium.js'

const resolve = { conditions: ['@chatdesk/source'] }
const launchOptions = chromiumLaunchOptions()

/** Tests of the server with another module in place of one: they need a process in which nothing is loaded yet. */
const REPLACING = [
  'reference-server/src/organizations/passwords.test.ts',
  'reference-server/test/threats/sign-in-flood.test.ts',
]

/** A busy machine is no failure: what does not come within a second may come within ten. Nobody waits for what is there. */
const PATIENCE = { testTimeout: 60_000, expect: { poll: { timeout: 10_000 } } }

/** Made anew for each project: Vitest writes the project's name into what it is given. */
const inChromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions }),
  instances: [{ browser: 'chromium' as const }],
})

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/scripts/**/*.test.ts',
            'scripts/**/*.test.ts',
            ...REPLACING,
          ],
          exclude: ['**/node_modules/**', '**/*.browser.test.*'],
          ...PATIENCE,
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'server',
          globalSetup: 'scripts/test-environment/vitest-global-setup.ts',
          environment: 'node',
          // Half of a small file's time went into a process of its own, and into loading the same server again.
          isolate: false,
          include: ['reference-server/{src,test}/**/*.test.ts', 'examples/*/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...REPLACING],
          ...PATIENCE,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
        optimizeDeps: {
          include: [
            '@mantine/core',
            '@mantine/hooks',
            '@nanostores/react',
            'axe-core',
            'idb-keyval',
            'lucide-react',
            'nanostores',
            'react',
            'react-dom/client',
            'react/jsx-dev-runtime',
            'socket.io-client',
            'wouter',
            'wouter/memory-location',
            'wouter/use-hash-location',
            'zod/mini',
          ],
        },
        test: {
          name: 'console',
          include: ['reference-server/console/src/**/*.browser.test.{ts,tsx}'],
          browser: inChromium(),
          ...PATIENCE,
        },
      },
      {
        resolve,
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        // Listed so that no dependency is found in mid-run, which reloads the page and loads Preact twice.
        optimizeDeps: {
          include: [
            '@fingerprintjs/fingerprintjs',
            'preact',
            'preact/hooks',
            'preact/jsx-runtime',
            'preact/jsx-dev-runtime',
            'nanostores',
            'idb-keyval',
            'axe-core',
            'zod/mini',
            'react',
            'react-dom/client',
            'vue',
            '@chatdesk/stories > storybook/test',
          ],
        },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.{ts,tsx}', 'stories/*.browser.test.tsx'],
          browser: inChromium(),
          ...PATIENCE,
        },
      },
    ],
  },
})
