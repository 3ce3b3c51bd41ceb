import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Where an entry's text comes from, what it was before, and what it is to become. `indexed_as`: the form of its index; what
 * has an older one is indexed anew when the server starts.
 */
const ENTRIES = [
  `alter table knowledge_entries
    add column url text,
    add column published boolean not null default true,
    add column draft jsonb,
    add column version integer not null default 1 check (version > 0),
    add column indexed_as smallint not null default 0`,
  'create index on knowledge_entries (indexed_as, id)',

  `create table knowledge_versions (
    organization_id uuid not null,
    entry_id uuid not null,
    version integer not null check (version > 0),
    content jsonb not null,
    changed_by uuid,
    changed_at timestamptz(3) not null,
    primary key (organization_id, entry_id, version),
    foreign key (organization_id, entry_id) references knowledge_entries on delete cascade,
    foreign key (organization_id, changed_by) references members on delete set null (changed_by)
  )`,
  'create index on knowledge_versions (entry_id)',
  'create index on knowledge_versions (changed_by) where changed_by is not null',
  `insert into knowledge_versions (organization_id, entry_id, version, content, changed_by, changed_at)
    select organization_id, id, 1, jsonb_build_object('question', question, 'phrasings', phrasings, 'answer', answer,
      'category', category, 'keywords', keywords, 'language', language, 'enabled', enabled, 'url', url, 'published', published),
      created_by, updated_at
    from knowledge_entries`,
]

/**
 * What is searched: chunks of the entries that may be found, and no others. `words` are as they stand in the text,
 * in their order; all the rest is made of them by the trigger. Words of grammar are left out, but for those in
 * `asked_words`: `how much` is a question other than `how long`. Whatever is counted is counted for one widget: a
 * count that others share tells what they have written.
 */
const INDEX = [
  `create table knowledge_chunks (
    organization_id uuid not null,
    widget_id uuid not null,
    entry_id uuid not null,
    place smallint not null check (place >= 0),
    dictionary text not null,
    text text not null,
    words text[] not null,
    title_words text[] not null,
    asked_words text[] not null,
    title_weight real not null check (title_weight between 0 and 1),
    primary key (organization_id, entry_id, place),
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    foreign key (organization_id, entry_id) references knowledge_entries on delete cascade
  )`,
  'create index on knowledge_chunks (entry_id)',
  'create index on knowledge_chunks (widget_id)',

  // How often a word's stem stands in a chunk, what it counts in its title, and how long the chunk is.
  `create table knowledge_lexemes (
    organization_id uuid not null,
    widget_id uuid not null,
    lexeme text collate "C" not null,
    entry_id uuid not null,
    place smallint not null,
    times smallint not null check (times > 0),
    title real not null,
    length smallint not null,
    primary key (organization_id, widget_id, lexeme, entry_id, place),
    foreign key (organization_id, entry_id, place) references knowledge_chunks on delete cascade
  )`,
  'create index on knowledge_lexemes (entry_id, place)',

  // Words as they are written, of which a mistyped one may be meant.
  `create table knowledge_words (
    organization_id uuid not null,
    widget_id uuid not null,
    word text collate "C" not null,
    chunks integer not null,
    primary key (organization_id, widget_id, word),
    foreign key (organization_id, widget_id) references widgets on delete cascade
  )`,
  'create index on knowledge_words (widget_id)',

  `create table knowledge_totals (
    organization_id uuid not null,
    widget_id uuid not null,
    dictionary text collate "C" not null,
    chunks integer not null,
    words integer not null,
    primary key (organization_id, widget_id, dictionary),
    foreign key (organization_id, widget_id) references widgets on delete cascade
  )`,
  'create index on knowledge_totals (widget_id)',
]

/** In the transaction of the change, and one change of a widget's index after the other. */
const TRIGGERS = [
  `create function lock_knowledge(widgets uuid[]) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('knowledge ' || w.id::text, 0))
    from (select distinct unnest(widgets) as id order by 1) w
  $$`,
  `create function enter_knowledge() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  begin
    perform lock_knowledge(array(select widget_id from inserted));
    insert into knowledge_lexemes (organization_id, widget_id, lexeme, entry_id, place, times, title, length)
    select s.organization_id, s.widget_id, s.lexeme, s.entry_id, s.place, least(sum(s.times), 32000),
      max(case when s.titled then s.title_weight else 0 end), least(max(s.length), 32000)
    from (
      select c.organization_id, c.widget_id, c.entry_id, c.place, c.title_weight, w.times, w.titled, cardinality(c.words) as length,
        coalesce((ts_lexize(c.dictionary::regdictionary, w.word))[1], case when w.asked then w.word end) as lexeme
      from inserted c cross join lateral (
        select u.word, count(*) as times, u.word = any (c.title_words) as titled, u.word = any (c.asked_words) as asked
        from unnest(c.words) as u (word) group by u.word offset 0) w
    ) s where s.lexeme is not null group by s.organization_id, s.widget_id, s.lexeme, s.entry_id, s.place;
    insert into knowledge_words as k (organization_id, widget_id, word, chunks)
    select c.organization_id, c.widget_id, u.word, count(distinct (c.entry_id, c.place))
    from inserted c cross join unnest(c.words) as u (word) group by 1, 2, 3
    on conflict (organization_id, widget_id, word) do update set chunks = k.chunks + excluded.chunks;
    insert into knowledge_totals as k (organization_id, widget_id, dictionary, chunks, words)
    select c.organization_id, c.widget_id, c.dictionary, count(*), sum(cardinality(c.words))
    from inserted c group by 1, 2, 3
    on conflict (organization_id, widget_id, dictionary)
      do update set chunks = k.chunks + excluded.chunks, words = k.words + excluded.words;
    return null;
  end $$`,
  `create trigger enter_knowledge after insert on knowledge_chunks referencing new table as inserted
    for each statement execute function enter_knowledge()`,
  `create function leave_knowledge() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  begin
    perform lock_knowledge(array(select widget_id from deleted));
    update knowledge_words k set chunks = k.chunks - g.chunks from (
      select c.organization_id, c.widget_id, u.word, count(distinct (c.entry_id, c.place)) as chunks
      from deleted c cross join unnest(c.words) as u (word) group by 1, 2, 3
    ) g where k.organization_id = g.organization_id and k.widget_id = g.widget_id and k.word = g.word;
    delete from knowledge_words k using (
      select distinct c.organization_id, c.widget_id, u.word from deleted c cross join unnest(c.words) as u (word)
    ) g where k.organization_id = g.organization_id and k.widget_id = g.widget_id and k.word = g.word and k.chunks <= 0;
    update knowledge_totals k set chunks = k.chunks - g.chunks, words = k.words - g.words from (
      select c.organization_id, c.widget_id, c.dictionary, count(*) as chunks, sum(cardinality(c.words)) as words
      from deleted c group by 1, 2, 3
    ) g where k.organization_id = g.organization_id and k.widget_id = g.widget_id and k.dictionary = g.dictionary;
    return null;
  end $$`,
  `create trigger leave_knowledge after delete on knowledge_chunks referencing old table as deleted
    for each statement execute function leave_knowledge()`,
]

/**
 * What an entry has been good for is counted when it is read. Counts in its row would make each answer wait for whoever
 * holds the row, and with it every conversation of the node.
 */
const COUNTS = [
  `alter table knowledge_entries
    drop column times_used,
    drop column helpful,
    drop column not_helpful`,
  'drop index answer_sources_knowledge_entry_id_idx',
  'create index on answer_sources (knowledge_entry_id, organization_id, place) where knowledge_entry_id is not null',
]

const WORK = [
  // What was asked and had no answer, in the words that it was asked in first, without who asked.
  `create table knowledge_gaps (
    organization_id uuid not null,
    id uuid not null,
    widget_id uuid not null,
    asked text not null,
    question text not null,
    language text not null,
    times integer not null default 1,
    status text not null default 'open' check (status in ('open', 'dismissed', 'answered')),
    entry_id uuid,
    first_at timestamptz(3) not null,
    last_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    foreign key (organization_id, entry_id) references knowledge_entries on delete set null (entry_id)
  )`,
  'create unique index on knowledge_gaps (widget_id, asked)',
  'create index on knowledge_gaps (entry_id) where entry_id is not null',

  `create table knowledge_golden_questions (
    organization_id uuid not null,
    id uuid not null,
    widget_id uuid not null,
    question text not null,
    entry_id uuid not null,
    created_at timestamptz(3) not null,
    created_by uuid,
    primary key (organization_id, id),
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    foreign key (organization_id, entry_id) references knowledge_entries on delete cascade,
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,
  'create unique index on knowledge_golden_questions (widget_id, question)',
  'create index on knowledge_golden_questions (entry_id)',
  'create index on knowledge_golden_questions (created_by) where created_by is not null',
]

const PROTECTED = [
  ...['knowledge_versions', 'knowledge_chunks', 'knowledge_lexemes', 'knowledge_words', 'knowledge_totals'],
  ...['knowledge_gaps', 'knowledge_golden_questions'],
]

/** What is found in a widget's knowledge, by which words, and what is missing there. */
export const knowledge: Migration = {
  up: (query) =>
    runStatements(query, [
      ...ENTRIES,
      ...INDEX,
      ...TRIGGERS,
      ...COUNTS,
      ...WORK,
      ...PROTECTED.flatMap((table) => protect(table)),
    ]),
}
