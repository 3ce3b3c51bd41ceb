import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What is not resolved, of an organization and of an agent. Only a query that names the second condition, which always
 * holds, can take them: see 0001.
 */
const VIEWS = [
  `create index on conversations (organization_id, listed_at desc, id desc)
    where status <> 'resolved' and created_at > '-infinity'`,
  `create index on conversations (agent_id, listed_at desc, id desc)
    where status <> 'resolved' and created_at > '-infinity'`,
]

/** What parts words, and the scripts that have no spaces, of which each character is a word: the same as in `excerpt.ts`. */
const BETWEEN =
  '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u060c\\u061b\\u061f\\u06d4\\u0964\\u0965\\u2000-\\u206f\\u20a0-\\u2bff\\u3000-\\u3004\\u3008-\\u303f\\ufe10-\\ufe6f\\ufffd]+'
const ALONE = '([\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff])'

/**
 * The words of a text in their order, a space between two, as they are written and searched: without marks over Latin
 * letters, in lower case, cut at 64 characters. What parts them is named character by character, and lower case taken from
 * a collation that knows all scripts where there is one: else the database's own language would decide what is found. A text
 * of ASCII alone is spared most of it.
 */
const WORDS = `
do $$
declare
  known text := (select collname from pg_collation where collname in ('pg_c_utf8', 'und-x-icu') order by collname limit 1);
begin
  execute format($make$
    create function search_text(said text) returns text language plpgsql immutable strict parallel safe as $body$
    begin
      if octet_length(said) > length(said) then
        said := normalize(regexp_replace(normalize(said, NFKD), '[\\u0300-\\u036f]', '', 'g'), NFKC);
        said := regexp_replace(lower(said %s), '${ALONE}', ' \\1 ', 'g');
      else
        said := lower(said);
      end if;
      said := btrim(regexp_replace(said, '${BETWEEN}', ' ', 'g'));
      return case when length(said) > 64 then regexp_replace(said, '([^ ]{64})[^ ]+', '\\1', 'g') else said end;
    end $body$ $make$, coalesce(format('collate %I', known), ''));
end $$`

/**
 * What can be searched: one row for what a message, a note, a visitor or a session says. Each word has the end of its
 * organization's id before it, so that a search reads no more than one organization has, and takes no longer for what
 * others have written. `subject_id`: the conversation; of a visitor and of a session they themselves. Ids ascend with time.
 */
const ENTRIES = [
  `create function search_vector(organization uuid, said text) returns tsvector language plpgsql immutable parallel safe as $$
  declare
    own text := right(organization::text, 8) || ':';
  begin
    said := search_text(coalesce(said, ''));
    if said = '' then return ''::tsvector; end if;
    return array_to_tsvector(string_to_array(own || replace(said, ' ', ' ' || own), ' '));
  end $$`,
  `create table search_entries (
    organization_id uuid not null,
    id uuid not null,
    kind text collate "C" not null check (kind in ('message', 'note', 'visitor', 'session')),
    subject_id uuid not null,
    seq integer,
    words tsvector not null,
    primary key (organization_id, id, kind, subject_id)
  )`,
  'create index on search_entries using gin (words) with (gin_pending_list_limit = 1024)',
  ...protect('search_entries'),
]

/** In the transaction that says it, whoever does: nothing is found too early, too late or after its end. */
const TRIGGERS = [
  // Once for a statement, which appends many messages.
  `create function enter_messages() returns trigger language plpgsql as $$
  begin
    insert into search_entries (organization_id, id, kind, subject_id, seq, words)
    select s.organization_id, s.id, 'message', s.conversation_id, s.seq, s.words from (
      select e.organization_id, e.id, e.conversation_id, e.seq, search_vector(e.organization_id, (
        select string_agg(concat_ws(' ', p ->> 'title', p ->> 'text'), ' ') from jsonb_array_elements(e.body -> 'parts') p)) as words
      from inserted e where e.type = 'message.created'
    ) s where s.words <> '';
    return null;
  end $$`,
  `create trigger enter_messages after insert on events referencing new table as inserted
    for each statement execute function enter_messages()`,
  `create function leave_messages() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  begin
    delete from search_entries s using deleted d where s.organization_id = d.organization_id and s.id = d.id
      and s.kind = 'message' and s.subject_id = d.conversation_id;
    return null;
  end $$`,
  `create trigger leave_messages after delete on events referencing old table as deleted
    for each statement execute function leave_messages()`,

  // The other kinds are few: by the row. A visitor's words are their name and address, a session's what its page has said they are.
  `create function enter_subject() returns trigger language plpgsql as $$
  declare
    subject uuid := case when tg_argv[0] = 'note' then (to_jsonb(coalesce(new, old)) ->> 'conversation_id')::uuid else coalesce(new.id, old.id) end;
    said text;
  begin
    if tg_op <> 'INSERT' then
      delete from search_entries where organization_id = old.organization_id and id = old.id and kind = tg_argv[0] and subject_id = subject;
    end if;
    if tg_op <> 'DELETE' then
      said := case tg_argv[0] when 'note' then to_jsonb(new) ->> 'text'
        when 'visitor' then concat_ws(' ', to_jsonb(new) ->> 'name', to_jsonb(new) ->> 'email')
        else concat_ws(' ', to_jsonb(new) #>> '{traits,name}', to_jsonb(new) #>> '{traits,email}') end;
      insert into search_entries (organization_id, id, kind, subject_id, words)
      select new.organization_id, new.id, tg_argv[0], subject, v.words
      from search_vector(new.organization_id, said) as v (words) where v.words <> '';
    end if;
    return null;
  end $$`,
  `create trigger enter_note after insert or delete on conversation_notes
    for each row execute function enter_subject('note')`,
  `create trigger enter_visitor after insert on visitors
    for each row when (new.name is not null or new.email is not null) execute function enter_subject('visitor')`,
  `create trigger enter_changed_visitor after update on visitors
    for each row when ((new.name, new.email) is distinct from (old.name, old.email)) execute function enter_subject('visitor')`,
  `create trigger leave_visitor after delete on visitors
    for each row when (old.name is not null or old.email is not null) execute function enter_subject('visitor')`,
  `create trigger enter_session after insert on visitor_sessions
    for each row when (new.traits is not null) execute function enter_subject('session')`,
  `create trigger enter_changed_session after update on visitor_sessions
    for each row when (new.traits is distinct from old.traits) execute function enter_subject('session')`,
  `create trigger leave_session after delete on visitor_sessions
    for each row when (old.traits is not null) execute function enter_subject('session')`,
]

/** What was said before. */
const BACKFILL = [
  `insert into search_entries (organization_id, id, kind, subject_id, seq, words)
  select s.* from (
    select e.organization_id, e.id, 'message', e.conversation_id, e.seq, search_vector(e.organization_id, (
      select string_agg(concat_ws(' ', p ->> 'title', p ->> 'text'), ' ') from jsonb_array_elements(e.body -> 'parts') p)) as words
    from events e where e.type = 'message.created'
    union all
    select n.organization_id, n.id, 'note', n.conversation_id, null, search_vector(n.organization_id, n.text) from conversation_notes n
    union all
    select v.organization_id, v.id, 'visitor', v.id, null, search_vector(v.organization_id, concat_ws(' ', v.name, v.email)) from visitors v
    union all
    select s.organization_id, s.id, 'session', s.id, null,
      search_vector(s.organization_id, concat_ws(' ', s.traits ->> 'name', s.traits ->> 'email')) from visitor_sessions s
  ) s where s.words <> ''`,
]

/**
 * What of an organization has all of these words, the last one as a beginning, the newest first. Row-level security keeps
 * a search for words from its index, which is not known to leak nothing: so this runs as the tables' owner, and asks by
 * itself whether the caller may reach the organization. First the newest 5,000 entries are looked through; a word that
 * fills no page with them is rare enough for the index, which knows no order.
 */
const SEARCH = [
  `create function search_in(organization uuid, words text[], before uuid, most integer)
  returns table (id uuid, kind text, subject_id uuid, seq integer) language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp set enable_seqscan = off
  as $$
  declare
    wanted tsquery;
    seen uuid;
    found_count integer;
  begin
    if not organization = any (coalesce(chatdesk_organizations(), '{}')) then
      raise exception 'not an organization of the caller' using errcode = '42501';
    end if;
    select string_agg('''' || right(organization::text, 8) || ':' || w.word || '''' || case when w.place = cardinality(words) then ':*' else '' end,
      ' & ')::tsquery into wanted from unnest(words) with ordinality as w (word, place);
    if wanted is null then return; end if;
    return query select r.id, r.kind, r.subject_id, r.seq from (
        select * from search_entries e where e.organization_id = organization and e.id < before order by e.id desc limit 5000
      ) r where r.words @@ wanted order by r.id desc limit most;
    get diagnostics found_count = row_count;
    if found_count >= most then return; end if;
    select e.id into seen from search_entries e where e.organization_id = organization and e.id < before
      order by e.id desc offset 4999 limit 1;
    if seen is null then return; end if;
    -- As text, no other index serves these two.
    return query with hits as materialized (
        select e.id, e.kind, e.subject_id, e.seq from search_entries e
        where e.words @@ wanted and e.organization_id::text = organization::text and e.id::text < seen::text
      ) select h.id, h.kind, h.subject_id, h.seq from hits h order by h.id desc limit most - found_count;
  end $$`,
  'revoke execute on function search_in(uuid, text[], uuid, integer) from public',
  'grant execute on function search_in(uuid, text[], uuid, integer) to chatdesk_tenant',
]

/** Views of the inbox, and what can be searched. */
export const inboxViews: Migration = {
  up: (query) => runStatements(query, [...VIEWS, WORDS, ...ENTRIES, ...BACKFILL, ...TRIGGERS, ...SEARCH]),
}
