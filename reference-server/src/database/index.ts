export { checkDatabase, createDatabase, type Database, type DatabaseOptions } from './create-database.js'
export { isPassingFailure, toClientFailure } from './database-failure.js'
export { DURABILITY, type DurabilityClass } from './durability.js'
export type { Tables } from './tables.js'
