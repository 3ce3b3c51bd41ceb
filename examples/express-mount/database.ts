import { fileURLToPath } from 'node:url'
import type { DatabaseOptions } from '@chatdesk/server'

const { DATABASE_URL } = process.env

/** Postgres where there is one, else an embedded database in a folder of this example. */
export const database: DatabaseOptions = DATABASE_URL
  ? { url: DATABASE_URL }
  : { dataDir: fileURLToPath(new URL('.chatdesk', import.meta.url)) }
