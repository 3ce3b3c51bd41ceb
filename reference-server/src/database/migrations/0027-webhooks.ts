import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Who is told of what happens, and what they are still to be told (Z1). Triggers write it, in the transaction that makes it
 * happen and so that no writer can forget it: what is committed is told, whatever ends the process. They note no more than what
 * happened; a body is made of it when it is sent for the first time, and is the same from then on.
 *
 * What belongs to a conversation goes with it, so that nothing of an erased visitor is sent any more, or kept.
 */
const TABLES = [
  `create table webhooks (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    url text not null,
    events text[] not null,
    sealed_secret text not null,
    sealed_previous_secret text,
    previous_secret_until timestamptz(3),
    enabled boolean not null default true,
    disabled_reason text check (disabled_reason in ('gone', 'failing')),
    failing_since timestamptz(3),
    failures integer not null default 0,
    given_up integer not null default 0,
    rests_to timestamptz(3),
    created_at timestamptz(3) not null,
    primary key (organization_id, id),
    check ((sealed_previous_secret is null) = (previous_secret_until is null))
  )`,

  // Due when 'next_at' is past; that of one under way is when its sender is taken for dead.
  `create table webhook_deliveries (
    organization_id uuid not null,
    webhook_id uuid not null,
    id uuid not null,
    type text not null,
    conversation_id uuid,
    seq integer,
    detail jsonb,
    body text,
    state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    next_at timestamptz(3),
    under_way boolean not null default false,
    attempted_at timestamptz(3),
    duration_ms integer,
    status integer,
    error text,
    response text,
    created_at timestamptz(3) not null,
    primary key (organization_id, webhook_id, id),
    foreign key (organization_id, webhook_id) references webhooks on delete cascade,
    foreign key (organization_id, conversation_id) references conversations on delete cascade,
    check ((state = 'pending') = (next_at is not null))
  )`,
  'create index on webhook_deliveries (webhook_id, next_at, id) where next_at is not null',
  'create index on webhook_deliveries (webhook_id) where under_way',
  "create index on webhook_deliveries (webhook_id, id) where state = 'failed'",
  'create index on webhook_deliveries (conversation_id) where conversation_id is not null',
  ...['webhooks', 'webhook_deliveries'].flatMap((table) => protect(table)),
]

const TRIGGERS = [
  // A webhook that is being deleted is skipped: waiting for it would hold up everybody's messages.
  // By statement, so that a batch asks once; where nobody has a webhook it is one look into an empty index.
  `create function tell_of_events() returns trigger language plpgsql as $$
  begin
    if not exists (select from webhooks w where w.enabled and w.organization_id in (select organization_id from written)) then
      return null;
    end if;
    insert into webhook_deliveries (organization_id, webhook_id, id, type, conversation_id, seq, next_at, created_at)
    select w.organization_id, w.id, e.id, t.type, e.conversation_id, e.seq, e.created_at, e.created_at
    from written e
    cross join lateral (select case
      when e.type = 'message.created' then e.type
      when e.body ->> 'status' = 'resolved' then 'conversation.resolved'
      when 'resolved' = (select p.body ->> 'status' from events p
        where p.organization_id = e.organization_id and p.conversation_id = e.conversation_id and p.seq < e.seq
          and p.type = 'conversation.changed' order by p.seq desc limit 1) then 'conversation.reopened'
      when e.body ->> 'status' = 'assigned' then 'conversation.assigned'
      else 'conversation.waiting' end as type) t
    join webhooks w on w.organization_id = e.organization_id and w.enabled and t.type = any (w.events)
    for key share of w skip locked;
    return null;
  end $$`,
  `create trigger tell_of_events after insert on events referencing new table as written
    for each statement execute function tell_of_events()`,

  `create function tell_of_conversation() returns trigger language plpgsql as $$
  begin
    insert into webhook_deliveries (organization_id, webhook_id, id, type, conversation_id, next_at, created_at)
    select w.organization_id, w.id, e.id, 'conversation.started', new.id, new.created_at, new.created_at
    from (select uuid_v7(new.created_at) as id offset 0) e
    join webhooks w on w.organization_id = new.organization_id and w.enabled and 'conversation.started' = any (w.events)
    for key share of w skip locked;
    return null;
  end $$`,
  `create trigger tell_of_conversation after insert on conversations
    for each row execute function tell_of_conversation()`,

  `create function tell_of_rating() returns trigger language plpgsql as $$
  declare
    -- The moment of a rating stays that of the first time (J1).
    at timestamptz(3) := case when old.rating is null then new.rated_at else greatest(new.rated_at, now()) end;
  begin
    insert into webhook_deliveries (organization_id, webhook_id, id, type, conversation_id, detail, next_at, created_at)
    select w.organization_id, w.id, e.id, 'conversation.rated', new.id,
      jsonb_build_object('score', new.rating, 'comment', new.rating_comment), new.rated_at, at
    from (select uuid_v7(at) as id offset 0) e
    join webhooks w on w.organization_id = new.organization_id and w.enabled and 'conversation.rated' = any (w.events)
    for key share of w skip locked;
    return null;
  end $$`,
  `create trigger tell_of_rating after update of rating, rating_comment on conversations for each row
    when (new.rating is not null and (new.rating, new.rating_comment) is distinct from (old.rating, old.rating_comment))
    execute function tell_of_rating()`,
]

/** Webhooks, and the log of what was sent to them. */
export const webhooks: Migration = { up: (query) => runStatements(query, [...TABLES, ...TRIGGERS]) }
