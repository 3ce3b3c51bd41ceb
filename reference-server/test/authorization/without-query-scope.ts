import { Client } from 'pg'

/** A wall that was taken down. */
export interface RemovedScope {
  /** The statements that were changed, once each. */
  readonly statements: ReadonlySet<string>
  /** Puts it up again. */
  restore(): void
}

/** `organization_id = $1`, `k.organization_id = any ($2::uuid[])`, `"organization_id" in ($3, $4)`; joins compare with no parameter. */
const PREDICATES = [
  { written: /(?:"?\w+"?\.)?"?\borganization_id"? = (\$\d+)(?:::uuid)?(?!\w)/g, instead: '($1::uuid is not null)' },
  {
    written: /(?:"?\w+"?\.)?"?\borganization_id"? = any \((\$\d+)(?:::uuid\[\])?\)/g,
    instead: '($1::uuid[] is not null)',
  },
  {
    written: /(?:"?\w+"?\.)?"?\borganization_id"? in \(((?:\$\d+(?:, )?)+)\)/g,
    instead: '(array[$1]::uuid[] is not null)',
  },
]

/** The statement with every such condition true; its parameters stay, and stay typed. */
export function withoutScope(statement: string): string {
  return PREDICATES.reduce((text, { written, instead }) => text.replaceAll(written, instead), statement)
}

/**
 * Takes the first wall down, in this process and at the driver: from now on no query of one organization asks any more
 * whose a row is. `everywhere`: nor does one of the whole system. Statements that put rows in are left alone.
 */
export function removeQueryScope({ everywhere = false } = {}): RemovedScope {
  const statements = new Set<string>()
  const tenants = new WeakSet<Client>()
  const original = Client.prototype.query
  function query(this: Client, ...given: unknown[]): unknown {
    const [text, ...more] = given
    if (typeof text !== 'string') return Reflect.apply(original, this, given)
    if (text.startsWith('begin; set local role chatdesk_tenant')) tenants.add(this)
    if (text === 'commit' || text === 'rollback') tenants.delete(this)
    const changed = everywhere || tenants.has(this) ? withoutScope(text) : text
    if (changed !== text) statements.add(text)
    return Reflect.apply(original, this, [changed, ...more])
  }
  Client.prototype.query = query as typeof original
  return {
    statements,
    restore() {
      Client.prototype.query = original
    },
  }
}
