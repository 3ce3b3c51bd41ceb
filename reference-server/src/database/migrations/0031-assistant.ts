import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Who has the floor. `owner_version` grows with whatever gives a conversation to somebody else, and `episode` when it is over:
 * whoever writes a status or an agent does so, which is why a trigger does. The assistant holds both from the beginning of a
 * turn to its end, and writes only if they still stand.
 */
const FLOOR = [
  `alter table widgets
    add column assistant boolean not null default false,
    add column assistant_policy jsonb`,
  `alter table conversations
    add column episode integer not null default 1,
    add column owner_version integer not null default 1`,
  `create function move_floor() returns trigger language plpgsql as $$
  begin
    new.owner_version := old.owner_version + 1;
    if new.status = 'resolved' and old.status <> 'resolved' then new.episode := old.episode + 1; end if;
    return new;
  end $$`,
  `create trigger move_floor before update on conversations for each row
    when (old.status is distinct from new.status or old.agent_id is distinct from new.agent_id)
    execute function move_floor()`,
  // What the assistant is about in a conversation, as far as its owner version still stands.
  `create table assistant_floors (
    organization_id uuid not null,
    conversation_id uuid not null,
    owner_version integer not null,
    phase jsonb not null,
    until timestamptz(3),
    primary key (organization_id, conversation_id),
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,
  'create index on assistant_floors (until) where until is not null',
  // What nobody has answered yet of what the assistant is to answer.
  `create index on conversations (waiting_since) where status = 'open' and waiting_since is not null`,
  // Each turn that came to a decision: by which rule, why, and on what it rested. No word of a visitor's is in it.
  `create table assistant_turns (
    organization_id uuid not null,
    id uuid not null,
    conversation_id uuid not null,
    episode integer not null,
    rule text not null,
    action text not null,
    reason text not null,
    inputs jsonb not null,
    band text check (band in ('high', 'middle', 'low')),
    answer text,
    seq integer,
    decided_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,
  'create index on assistant_turns (conversation_id, decided_at)',
]

/** C2 and C5: what a visitor begins or reopens is the assistant's where the widget has it, unless it has an agent. */
const REOPENED = `
do $$
declare
  source text := pg_get_functiondef('append_messages'::regproc);
  changed text;
begin
  changed := replace(source,
    $t$when agent_id is null then jsonb_build_object('author', b -> 'author', 'status', 'waiting', 'agent', null)$t$,
    $t$when agent_id is null then jsonb_build_object('author', b -> 'author', 'status', first_status(p.o, p.c), 'agent', null)$t$);
  if changed = source then raise exception 'append_messages is not as the migrations before made it'; end if;
  source := changed;
  changed := replace(source, $t$when k.agent_id is null then 'waiting'$t$,
    $t$when k.agent_id is null then first_status(k.organization_id, k.id)$t$);
  if changed = source then raise exception 'append_messages is not as the migrations before made it'; end if;
  execute changed;
end $$`

const FIRST_STATUS = `
create function first_status(organization uuid, conversation uuid) returns text language sql stable as $$
  select case when w.assistant then 'open' else 'waiting' end
  from conversations c join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
  where c.organization_id = organization and c.id = conversation
$$`

/** The assistant's place in a conversation. */
export const assistant: Migration = {
  up: (query) =>
    runStatements(query, [
      ...FLOOR,
      ...['assistant_floors', 'assistant_turns'].flatMap((table) => protect(table)),
      FIRST_STATUS,
      REOPENED,
    ]),
}
