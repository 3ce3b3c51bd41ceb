import pg from 'pg'

/** Different texts: what is said is one of them. */
const TEXTS = 5_000

/** How much an organization has. */
export interface Size {
  conversations: number
  messages: number
}

/** A word that nearly every message has, one that few have, and one that a single message has. */
export const WORDS = { common: 'w0', usual: 'w300', rare: 'zyzzyva' }

/**
 * Gives an organization conversations and messages as a support team has them: a few long ones and many short ones, nine
 * of ten resolved, words as often as words are, over the last 90 days.
 */
export async function fillInbox(url: string, organizationId: string, { conversations, messages }: Size): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`set work_mem = '256MB'`)
    const org = `'${organizationId}'::uuid`
    await client.query(`select setseed(0.5)`)
    await client.query(`
      create temp table c as select n, gen_random_uuid() as id, uuid_v7(started) as visitor, gen_random_uuid() as session, started,
        random() as fate from (select n, now() - random() * interval '90 days' as started from generate_series(1, ${conversations}) n) n;
      create unique index on c (n);
      create temp table m as select 1 + floor(${conversations} * power(random(), 2.5))::int as n, random() as late,
          1 + floor(random() * ${TEXTS})::int as text from generate_series(1, ${messages}) i;
      insert into m select n, 0, 1 + n % ${TEXTS} from c;
      create temp table t as select n, said, search_vector(${org}, said) as words from (
        select n, (select string_agg('w' || floor(20000 * power(random(), 6))::int, ' ') from generate_series(1, 2 + n % 20)) as said
        from generate_series(1, ${TEXTS}) n) t;
      create unique index on t (n);
      insert into tags (organization_id, id, name, created_at)
        select ${org}, gen_random_uuid(), 'tag ' || n, now() from generate_series(1, 10) n;
      insert into departments (organization_id, id, name, description, created_at)
        select ${org}, gen_random_uuid(), 'department ' || n, '', now() from generate_series(1, 4) n;
      insert into members (organization_id, id, email, name, role, password_hash, created_at)
        select ${org}, gen_random_uuid(), gen_random_uuid() || '@bench.test', 'Agent ' || n, 'agent', 'none', now() from generate_series(1, 11) n`)
    await client.query(`
      insert into visitors (organization_id, id, token_hash, name, created_at, last_seen_at)
        select ${org}, visitor, uuid_send(visitor), 'Visitor ' || n, started, started from c;
      insert into visitor_sessions (organization_id, id, visitor_id, widget_id, token_hash, created_at, last_seen_at, expires_at)
        select ${org}, session, visitor, (select id from widgets where organization_id = ${org}), uuid_send(session), started, started, now()
        from c`)
    await client.query(`
      create temp table a as select n, id, row_number() over (order by id) as place from (
        select 0 as n, id from members where organization_id = ${org}) x;
      create temp table e as select m.n, uuid_v7(c.started + m.late * (now() - c.started)) as id, row_number() over (partition by m.n order by m.late) as seq,
          c.started + m.late * (now() - c.started) as at, m.text from m join c using (n);
      create index on e (n);
      analyze c; analyze e; analyze t; analyze a`)
    await client.query(`
      insert into conversations (organization_id, id, visitor_id, session_id, widget_id, client_conversation_id, status, agent_id, head_seq,
          unread_count, waiting_since, last_message_author, last_message_text, last_message_at, created_at, updated_at, listed_at, department_id, priority)
        select ${org}, c.id, c.visitor, c.session, (select id from widgets where organization_id = ${org}), c.id::text,
          case when fate < 0.9 then 'resolved' when fate < 0.93 then 'waiting' else 'assigned' end,
          case when fate >= 0.9 and fate < 0.93 then null else (select id from a where place = 1 + c.n % 12) end,
          l.seq, 0, case when fate between 0.9 and 0.93 then l.at end, '{"kind": "visitor"}', 'last', l.at, c.started, l.at, date_trunc('minute', l.at),
          case when c.n % 3 = 0 then (select id from departments where organization_id = ${org} order by id offset c.n % 4 limit 1) end, c.n % 4 - 1
        from c join lateral (select seq, at from e where e.n = c.n order by seq desc limit 1) l on true;
      insert into conversation_tags (organization_id, conversation_id, tag_id)
        select ${org}, c.id, t.id from c join lateral (
          select id from tags where organization_id = ${org} order by name offset c.n % 10 limit 1) t on true where c.n % 10 < 3`)
    // The words of each text are made once: it is not writing that is measured.
    await client.query(`
      set session_replication_role = replica;
      insert into events (organization_id, conversation_id, seq, id, type, author_id, client_message_id, body, created_at)
        select ${org}, c.id, e.seq, e.id, 'message.created', c.visitor, e.id::text, jsonb_build_object('author', '{"kind": "visitor"}'::jsonb,
          'parts', jsonb_build_array(jsonb_build_object('type', 'text', 'text', t.said))), e.at
        from e join c using (n) join t on t.n = e.text;
      insert into search_entries (organization_id, id, kind, subject_id, seq, words)
        select ${org}, e.id, 'message', c.id, e.seq, t.words from e join c using (n) join t on t.n = e.text;
      set session_replication_role = origin`)
    await client.query(`
      with one as (select id, visitor, n from c where n = ${conversations})
      insert into events (organization_id, conversation_id, seq, id, type, author_id, client_message_id, body, created_at)
        select ${org}, id, (select max(seq) + 1 from e where e.n = one.n), uuid_v7(now() - interval '80 days'), 'message.created', visitor, 'rare-${WORDS.rare}',
          '{"author": {"kind": "visitor"}, "parts": [{"type": "text", "text": "the ${WORDS.rare} of it"}]}', now() - interval '80 days' from one`)
    await client.query('drop table a; drop table e; drop table m; drop table c; drop table t')
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}
