-- Columns hold what is filtered, ordered or compared; body is the whole record as JSON. Where both have a value, the column counts.
-- Times are microseconds since 1970, UTC.

create table meta (
    name  text primary key,
    value text not null
) without rowid;

create table project (
    id         text primary key,
    position   integer not null,
    status     text    not null,
    priority   text    not null,
    category   text,
    repo_id    text,
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index project_position on project (position, id);
create index project_repo on project (repo_id) where repo_id is not null;

create table project_tag (
    project_id text not null references project (id) on delete cascade,
    tag        text not null,
    primary key (project_id, tag)
) without rowid;
create index project_tag_tag on project_tag (tag, project_id);

create table task (
    id         text primary key,
    project_id text    not null references project (id),
    position   integer not null,
    status     text    not null,
    role       text,
    assignee   text,
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index task_project on task (project_id, position, id);
create index task_position on task (position, id);

create table task_dependency (
    task_id    text    not null references task (id) on delete cascade,
    depends_on text    not null references task (id) on delete cascade,
    place      integer not null,
    primary key (task_id, depends_on)
) without rowid;
create index task_dependency_on on task_dependency (depends_on, task_id);

create table agent (
    id         text primary key,
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index agent_created on agent (created_at, id);

create table repo (
    id         text primary key,
    slug       text    not null unique,
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index repo_created on repo (created_at, id);

create table run (
    id               text primary key,
    project_id       text    not null references project (id),
    task_id          text,
    agent_id         text,
    repo_id          text,
    parent_id        text,
    graph_run_id     text,
    external_id      text,
    model            text,
    runner           text    not null,
    state            text    not null,
    priority         integer not null,
    attempt          integer not null,
    lease_worker     text,
    lease_expires_at integer,
    not_before       integer,
    input_tokens     integer not null,
    output_tokens    integer not null,
    cost_micros      integer not null,
    tool_calls       integer not null,
    wall_millis      integer not null,
    wall_due_at      integer,
    created_at       integer not null,
    updated_at       integer not null,
    body             text    not null
);
create index run_lease on run (lease_expires_at) where lease_expires_at is not null;
create index run_wall on run (wall_due_at) where wall_due_at is not null;
create index run_created on run (created_at, id);
create index run_project on run (project_id, created_at, id);
create index run_task on run (task_id, created_at, id) where task_id is not null;
create index run_agent on run (agent_id, created_at, id) where agent_id is not null;
create index run_repo on run (repo_id, state) where repo_id is not null;
create index run_parent on run (parent_id, created_at, id) where parent_id is not null;
create index run_graph on run (graph_run_id, created_at, id) where graph_run_id is not null;
create index run_external on run (external_id, created_at) where external_id is not null;
-- Two, so that no planner takes them for the queue.
create index run_queued on run (created_at, id) where state = 'QUEUED';
create index run_state on run (state, created_at, id) where state != 'QUEUED';

create table graph_run (
    id         text primary key,
    project_id text    not null references project (id),
    state      text    not null,
    due        integer not null, -- 1 where something is left to be done at once
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index graph_run_created on graph_run (created_at, id);
create index graph_run_project on graph_run (project_id, created_at, id);
create index graph_run_state on graph_run (state, created_at, id);
create index graph_run_open on graph_run (project_id) where state in ('RUNNING', 'PAUSED');
create index graph_run_due on graph_run (id) where due = 1;

create table graph_node (
    graph_run_id text    not null references graph_run (id) on delete cascade,
    task_id      text    not null references task (id) on delete cascade,
    priority     integer not null,
    place        integer not null,
    state        text    not null,
    missing      integer not null, -- how many of the tasks that it depends on are not done
    run_id       text,
    problem      text,
    primary key (graph_run_id, task_id)
) without rowid;
create index graph_node_state on graph_node (graph_run_id, state, priority, place);
create index graph_node_task on graph_node (task_id);

create table run_label (
    run_id text not null references run (id) on delete cascade,
    label  text not null,
    primary key (run_id, label)
) without rowid;

-- No foreign key: checking it costs as much as the row, and only the unit that claims the run writes one.
create table attempt (
    run_id  text    not null,
    attempt integer not null,
    body    text    not null,
    primary key (run_id, attempt)
) without rowid;

create table approval (
    id         text primary key,
    run_id     text,
    project_id text,
    kind       text    not null,
    status     text    not null,
    risk       integer not null, -- 0 is high, so that the riskiest comes first
    hash       text    not null,
    decided_at integer,
    effect_at  integer,
    expires_at integer,
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index approval_status on approval (status, risk, created_at, id);
create index approval_order on approval (risk, created_at, id);
create index approval_run on approval (run_id, status);
create index approval_effect on approval (decided_at) where decided_at is not null and effect_at is null;
create index approval_asked on approval (run_id, hash) where run_id is not null;
create index approval_expiry on approval (expires_at) where status = 'pending' and expires_at is not null;
create index approval_project on approval (project_id, status, risk, created_at, id) where project_id is not null;

create table tool_grant (
    id         text primary key,
    scope      text    not null,
    run_id     text,
    agent_id   text,
    project_id text    not null references project (id) on delete cascade,
    tool       text    not null,
    hash       text,
    uses_left  integer,
    expires_at integer,
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index tool_grant_tool on tool_grant (project_id, tool);
create index tool_grant_agent on tool_grant (agent_id) where agent_id is not null;
create index tool_grant_created on tool_grant (created_at, id);

create table budget (
    scope       text not null,
    name        text not null,
    period      text not null,
    wall_millis integer,
    tokens      integer,
    cost_micros integer,
    tool_calls  integer,
    updated_at  integer not null,
    primary key (scope, name, period)
) without rowid;

-- What is used of the keys that a budget holds for; a row of an earlier day stands for nothing.
create table budget_spent (
    name        text not null,
    scope       text not null,
    period      text not null,
    day         integer not null, -- since 1970; 0 for the total
    wall_millis integer not null,
    tokens      integer not null,
    cost_micros integer not null,
    tool_calls  integer not null,
    primary key (name, scope, period)
) without rowid;

-- What was used, by whom; none is the empty text. It outlives the runs.
create table usage_total (
    day               integer not null,
    project_id        text not null,
    agent_id          text not null,
    model             text not null,
    provider          text not null,
    wall_millis       integer not null,
    input_tokens      integer not null,
    output_tokens     integer not null,
    cost_micros       integer not null,
    tool_calls        integer not null,
    output_bytes      integer not null,
    own_input_tokens  integer not null, -- own: on the agent's word
    own_output_tokens integer not null,
    own_cost_micros   integer not null,
    own_tool_calls    integer not null,
    primary key (day, project_id, agent_id, model, provider)
) without rowid;

create table artifact (
    id         text primary key,
    run_id     text    not null references run (id) on delete cascade,
    created_at integer not null,
    body       text    not null
);
create index artifact_run on artifact (run_id, created_at, id);

create table worker (
    id         text primary key,
    first_seen integer not null,
    last_seen  integer not null,
    body       text    not null
);
create index worker_seen on worker (last_seen);

create table creation (
    kind       text    not null,
    name       text    not null,
    hash       text    not null,
    entity_id  text    not null,
    created_at integer not null,
    primary key (kind, name)
) without rowid;

create table account (
    id         text primary key,
    name       text    not null unique,
    created_at integer not null,
    updated_at integer not null,
    body       text    not null
);
create index account_created on account (created_at, id);

create table token (
    id           text primary key,
    hash         text    not null unique,
    name         text    not null,
    made_by      text    not null,
    expires_at   integer,
    revoked_at   integer,
    last_used_at integer,
    created_at   integer not null,
    body         text    not null
);
create index token_created on token (created_at, id);
create index token_name on token (name) where revoked_at is null;
create index token_made_by on token (made_by) where revoked_at is null;

create table session (
    id           text primary key,
    account_id   text    not null references account (id) on delete cascade,
    epoch        integer not null,
    family_hash  text    not null unique,
    current_hash text    not null,
    created_at   integer not null,
    expires_at   integer not null
);
create index session_account on session (account_id, created_at, id);

create table event (
    position     integer primary key,
    id           text    not null unique,
    at           integer not null,
    subject_type text    not null,
    subject_id   text    not null,
    run_id       text,
    project_id   text,
    type         text    not null,
    level        text    not null,
    title        text    not null,
    message      text    not null,
    data         text    not null
);
create index event_subject on event (subject_id, subject_type, position);
create index event_run on event (run_id, position) where run_id is not null;
create index event_project on event (project_id, position) where project_id is not null;

-- Who decided what; each record's hash is over itself and the hash before it. Ids are each sender's own.
create table audit_event (
    sequence    integer primary key,
    id          text not null,
    at          integer not null,
    who         text not null,
    kind        text not null,
    operation   text not null,
    target      text not null,
    decision    text not null,
    run_id      text,
    project_id  text,
    reason      text not null,
    bytes       integer,
    host        text,
    worker_id   text,
    happened_at integer,
    data        text not null,
    hash        text not null,
    unique (who, id)
);
-- The filters of a list, each of which goes by its own; -sequence, since the primary key can't serve an order by that.
create index audit_at on audit_event (at, sequence);
create index audit_who on audit_event (who, (-sequence));
create index audit_kind on audit_event (kind, (-sequence));
create index audit_operation on audit_event (operation, (-sequence));
create index audit_decision on audit_event (decision, (-sequence));
create index audit_target on audit_event (target, sequence);
create index audit_run on audit_event (run_id, (-sequence)) where run_id is not null;
create index audit_project on audit_event (project_id, (-sequence)) where project_id is not null;
create index audit_host on audit_event (host, (-sequence)) where host is not null;
create index audit_worker on audit_event (worker_id, (-sequence)) where worker_id is not null;

-- Places that the hub has sealed; each names the one before it.
create table audit_anchor (
    sequence      integer primary key,
    at            integer not null,
    hash          text not null,
    sealed_at     integer not null,
    previous      integer not null,
    previous_hash text not null,
    pruned        integer not null,
    seal          text not null
);
