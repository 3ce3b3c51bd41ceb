import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from '../scripts/test-environment/find-chromium.js'
import { findFirefox } from '../scripts/test-environment/find-firefox.js'

const firefox = findFirefox()

export default defineConfig({
  testDir: 'journeys',
  testMatch: '**/*.e2e.ts',
  globalSetup: './harness/global-setup.ts',
  outputDir: '../test-results/e2e',
  reporter: [['list'], ['json', { outputFile: '../test-results/playwright.json' }]],
  // A worker runs a server and a browser of many processes: on two cores, two of them take as long as one after the other, and disturb each other.
  workers: 1,
  // What passes only when repeated is named by `npm test`.
  retries: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
  projects: [
    { name: 'chromium', use: { browserName: 'chromium', launchOptions: chromiumLaunchOptions() } },
    // What depends on the browser's own reading of policies, markup, modules and storage.
    ...(firefox
      ? [
          {
            name: 'firefox',
            grep: /@firefox/,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: { executablePath: firefox },
            },
          },
        ]
      : []),
  ],
})
