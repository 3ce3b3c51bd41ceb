import type { ColumnType } from 'kysely'

/** Set once, when the row is made. */
export type Fixed<T> = ColumnType<T, T, never>
/** May be left out when the row is made. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>
