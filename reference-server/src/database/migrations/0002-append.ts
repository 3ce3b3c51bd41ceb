import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** Ids of events that the database itself finds necessary; all others are made in the process. */
const UUID_V7 = `
create function uuid_v7(at timestamptz) returns uuid language sql volatile as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$`

/**
 * Appends a batch of messages in one round trip and one transaction.
 *
 * `batch`: objects { i: place in the batch, o: organization, c: conversation, a: author, v: is a visitor,
 * s: session that must own the conversation (visitors), m: client message id, e: event id, b: { author, parts } }.
 * `organizations` and `conversations`: the distinct pairs of the batch. `at`: the moment of all of it.
 *
 * Answers with `places` and `seqs`: item places[n] was appended at seqs[n]; and with `others`, arrays of
 *   [i, 'duplicate', seq, event id, created at, body] · [i, 'ID_REUSED'] · [i, 'NOT_FOUND'] ·
 *   [i, 'BUSY']: another transaction holds the conversation, ask again ·
 *   [i, 'changed', seq, event id, body]: the conversation.changed that precedes message i (C3, C5).
 *
 * Each item reaches the conversation, and finds the repeat, of its own organization only: a batch holds items of many, so
 * that row-level security (0009), which would let through all of them, is no second wall here. It cost PGlite nine tenths.
 *
 * It never waits for a conversation's lock, so no conversation holds up the others (threat 52) and no two batches can
 * deadlock. Locking is a statement of its own: the next one then sees everything that was committed before the lock.
 * Scans and joins that read whole tables are off, because a plan made while they were small would be kept when they
 * are not; PGlite never even gathers statistics.
 */
const APPEND_MESSAGES = `
create function append_messages(batch jsonb, organizations uuid[], conversations uuid[], at timestamptz)
returns json language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  locked uuid[];
  all_locked boolean;
  answer json;
begin
  select coalesce(array_agg(l.id), '{}') into locked from (
    select c.id from unnest(organizations, conversations) as w (organization_id, id)
    join conversations c using (organization_id, id)
    order by c.id for update of c skip locked
  ) l;
  all_locked := cardinality(locked) = cardinality(conversations);

  with judged as materialized (
    select item.*, k.head_seq, k.status, k.agent_id,
      d.seq as old_seq, d.id as old_id, d.created_at as old_at, d.body as old_body,
      case
        when k.id is null then 'NOT_FOUND'
        when not all_locked and k.id <> all (locked) then 'BUSY'
        when d.id is null then 'new'
        when d.conversation_id = item.c and d.body -> 'parts' = item.b -> 'parts' then 'duplicate'
        else 'ID_REUSED'
      end as outcome
    from jsonb_to_recordset(batch)
      as item (i int, o uuid, c uuid, a uuid, v boolean, s uuid, m text, e uuid, b jsonb)
    left join conversations k on k.organization_id = item.o and k.id = item.c and (item.s is null or k.session_id = item.s)
    left join events d on d.organization_id = item.o and d.author_id = item.a and d.client_message_id = item.m
  ), counted as (
    select *,
      row_number() over w as n,
      max(i) over c as last_i,
      count(*) filter (where v) over c as visitor_messages,
      min(i) filter (where v) over c as first_visitor,
      min(i) filter (where not v) over c as first_agent
    from judged where outcome = 'new'
    window c as (partition by o, c), w as (partition by o, c order by i)
  ), moved as (
    select *,
      case when agent_id is null then first_agent end as assigned_by,
      -- A visitor's first message reopens, unless an agent's reply has assigned the conversation just before it.
      case when status = 'resolved' and (agent_id is not null or first_agent is null or first_visitor < first_agent)
        then first_visitor end as reopened_by
    from counted
  ), placed as materialized (
    select *, head_seq + n::int + coalesce(i >= assigned_by, false)::int + coalesce(i >= reopened_by, false)::int as seq
    from moved
  ), changed as materialized (
    select p.i, p.o, p.c, p.a, p.seq - 1 as seq, uuid_v7(at) as id, i = assigned_by as assigns,
      case
        when i = assigned_by then jsonb_build_object('author', b -> 'author', 'status', 'assigned', 'agent', b -> 'author')
        when agent_id is null then jsonb_build_object('author', b -> 'author', 'status', 'waiting', 'agent', null)
        else jsonb_build_object('author', b -> 'author', 'status', 'assigned', 'agent',
          (select jsonb_build_object('kind', 'agent', 'id', g.id, 'name', g.name) from members g
            where g.organization_id = p.o and g.id = p.agent_id))
      end as b
    from placed p where i in (assigned_by, reopened_by)
  ), inserted as (
    insert into events (organization_id, conversation_id, seq, id, type, author_id, client_message_id, body, created_at)
    select o, c, seq, e, 'message.created', a, m, b, at from placed
    union all
    select o, c, seq, id, 'conversation.changed', a, null, b, at from changed
  ), updated as (
    update conversations k set
      head_seq = p.seq,
      version = k.version + 1,
      status = case
        when p.assigned_by is not null then 'assigned'
        when p.reopened_by is null then k.status
        when k.agent_id is null then 'waiting'
        else 'assigned'
      end,
      agent_id = coalesce(k.agent_id, (select x.a from changed x where x.i = p.assigned_by and x.assigns)),
      unread_count = k.unread_count + p.visitor_messages,
      waiting_since = case when not p.v then null when p.first_agent is not null then at else coalesce(k.waiting_since, at) end,
      last_message_author = p.b -> 'author',
      last_message_text = left(p.b #>> '{parts,0,text}', 200),
      last_message_at = at,
      updated_at = greatest(k.updated_at, at),
      listed_at = greatest(k.listed_at, date_trunc('minute', at))
    from placed p
    where p.i = p.last_i and k.organization_id = p.o and k.id = p.c
  )
  select json_build_object('places', json_agg(i), 'seqs', json_agg(seq), 'others', (
    select json_agg(r) from (
      select case when outcome = 'duplicate'
        then json_build_array(i, outcome, old_seq, old_id, old_at, old_body)
        else json_build_array(i, outcome) end as r
      from judged where outcome <> 'new'
      union all
      select json_build_array(i, 'changed', seq, id, b) from changed
    ) others
  )) into answer from placed;
  return answer;
end $$`

/** The one writer of messages. */
export const append: Migration = { up: (query) => runStatements(query, [UUID_V7, APPEND_MESSAGES]) }
