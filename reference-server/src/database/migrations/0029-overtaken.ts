import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * C19: an item may say in `q` up to where its author had seen the log. Behind the conversation's lock, which a statement before
 * has taken, so that of two who answer at once one is told of the other. A repeat is found first, and answered as ever.
 */
const CHANGES: readonly (readonly [before: string, after: string])[] = [
  [
    'as item (i int, o uuid, c uuid, a uuid, v boolean, s uuid, m text, e uuid, b jsonb)',
    'as item (i int, o uuid, c uuid, a uuid, v boolean, s uuid, m text, e uuid, b jsonb, q int)',
  ],
  [
    "when d.id is null then 'new'",
    `when d.id is null and item.q is not null and exists (
          select from events x
          where x.organization_id = item.o and x.conversation_id = item.c and x.seq > item.q
            and x.type = 'message.created' and x.author_id <> item.a and x.body #>> '{author,kind}' = 'agent'
        ) then 'OVERTAKEN'
        when d.id is null then 'new'`,
  ],
]

const STATEMENT = `
do $$
declare
  source text := pg_get_functiondef('append_messages'::regproc);
  changed text;
begin
  ${CHANGES.map(
    ([before, after]) => `
  changed := replace(source, $t$${before}$t$, $t$${after}$t$);
  if changed = source then raise exception 'append_messages is not as the migrations before made it'; end if;
  source := changed;`,
  ).join('')}
  execute source;
end $$`

/** Refuses an answer of whose author a colleague was faster. */
export const overtaken: Migration = { up: (query) => runStatements(query, [STATEMENT]) }
