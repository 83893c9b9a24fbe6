// Events over HTTP into SQLite, as one writes it with Fastify and better-sqlite3: each request is one transaction, answered once it is durable.
'use strict';
const Database = require('better-sqlite3');
const db = new Database(process.argv[2]);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`create table if not exists event (
  position integer primary key, id text not null unique, at integer not null, subject_type text not null, subject_id text not null,
  run_id text, project_id text, type text not null, level text not null, title text not null, message text not null, data text not null);
  create index if not exists event_subject on event (subject_id, subject_type, position);
  create index if not exists event_run on event (run_id, position) where run_id is not null;
  create index if not exists event_project on event (project_id, position) where project_id is not null`);
const insert = db.prepare(`insert into event (id, at, subject_type, subject_id, run_id, project_id, type, level, title, message, data)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`);

let count = 0;
function add(event) {
  const id = event.id ?? 'evt_' + Date.now().toString(32) + String(++count).padStart(16, '0');
  insert.run(id, Date.now() * 1000, event.subject.type, event.subject.id, event.runId ?? null, event.projectId ?? null,
    event.type, event.level ?? 'info', event.title, event.message ?? '', JSON.stringify(event.data ?? {}));
  return { value: id, isNew: true };
}
const addAll = db.transaction(events => events.map(add));

const string = { type: 'string' };
const event = {
  type: 'object', required: ['subject', 'type', 'title'],
  properties: {
    id: string, subject: { type: 'object', required: ['type', 'id'], properties: { type: string, id: string } },
    runId: string, projectId: string, type: string, level: string, title: string, message: string, data: { type: 'object' },
  },
};
const answer = {
  type: 'object',
  properties: { events: { type: 'array', items: { type: 'object', properties: { value: string, isNew: { type: 'boolean' } } } } },
};
const fastify = require('fastify')({ bodyLimit: 16 * 1024 * 1024 });
const token = 'Bearer ' + process.argv[3];
fastify.addHook('onRequest', (request, reply, done) => {
  if (request.headers.authorization === token) done();
  else reply.code(401).send();
});
fastify.post('/api/events', {
  schema: {
    body: { anyOf: [event, { type: 'object', required: ['events'], properties: { events: { type: 'array', items: event } } }] },
    response: { 200: answer },
  },
}, (request, reply) => reply.send({ events: request.body.events ? addAll(request.body.events) : [add(request.body)] }));
fastify.listen({ port: 0, host: '127.0.0.1' }).then(() => console.log('port ' + fastify.server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
