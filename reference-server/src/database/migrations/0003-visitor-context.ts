import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * What a session tells of its visitor, for agents and against abuse. No index on `device_hint`: nobody looks a visitor
 * up by it (S9).
 */
const ADD_COLUMNS = `
alter table visitor_sessions
  add device_hint bytea,
  add device_type text,
  add browser text,
  add os text,
  add language text,
  add country text,
  add city text`

/** Visitor context. */
export const visitorContext: Migration = { up: (query) => runStatements(query, [ADD_COLUMNS]) }
