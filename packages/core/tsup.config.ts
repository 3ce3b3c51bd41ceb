import { defineLibrary } from '../../scripts/tsup-library.js'

export default defineLibrary([
  'src/index.ts',
  'src/agent.ts',
  'src/indexed-db.ts',
  'src/adopt-outboxes.ts',
  'src/rich-text.ts',
  'src/shared-tabs.ts',
  'src/files.ts',
  'src/visitor-actions.ts',
  'src/tracker.ts',
  'src/availability.ts',
  'src/testing/index.ts',
])
