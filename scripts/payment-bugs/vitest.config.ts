import { defineConfig, mergeConfig } from 'vitest/config'
import root from '../../vitest.config.js'
import { putBack } from './put-back.js'

/** The root's configuration, with a bug put back into the source that it loads: see `run-bug.ts`. */
export default defineConfig({
  ...root,
  test: {
    ...root.test,
    projects: (root.test?.projects ?? []).map((project) =>
      typeof project === 'object' ? mergeConfig(project, { plugins: [putBack()] }) : project,
    ),
  },
})
