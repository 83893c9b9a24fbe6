-- Columns hold what is filtered, ordered or compared; body is the whole record as JSON. Where both have a value, the column counts.
-- Times are microseconds since 1970, UTC.

create table meta (
    name  text collate "C" primary key,
    value text collate "C" not null
);

insert into meta (name, value) values ('hub.id', gen_random_uuid()::text), ('epoch', gen_random_uuid()::text);

-- Whoever writes holds this one row till the commit: so positions become visible in their order.
create table turn (
    id            integer primary key check (id = 1),
    last_position bigint not null
);
insert into turn (id, last_position) values (1, 0);

create table project (
    id         text collate "C" primary key,
    position   bigint not null,
    status     text collate "C"    not null,
    priority   text collate "C"    not null,
    category   text collate "C",
    repo_id    text collate "C",
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index project_position on project (position, id);
create index project_repo on project (repo_id) where repo_id is not null;

create table project_tag (
    project_id text collate "C" not null references project (id) on delete cascade,
    tag        text collate "C" not null,
    primary key (project_id, tag)
);
create index project_tag_tag on project_tag (tag, project_id);

create table task (
    id         text collate "C" primary key,
    project_id text collate "C"    not null references project (id),
    position   bigint not null,
    status     text collate "C"    not null,
    role       text collate "C",
    assignee   text collate "C",
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index task_project on task (project_id, position, id);
create index task_position on task (position, id);

create table task_dependency (
    task_id    text collate "C"    not null references task (id) on delete cascade,
    depends_on text collate "C"    not null references task (id) on delete cascade,
    place      bigint not null,
    primary key (task_id, depends_on)
);
create index task_dependency_on on task_dependency (depends_on, task_id);

create table agent (
    id         text collate "C" primary key,
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index agent_created on agent (created_at, id);

create table repo (
    id         text collate "C" primary key,
    slug       text collate "C"    not null unique,
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index repo_created on repo (created_at, id);

create table run (
    id               text collate "C" primary key,
    project_id       text collate "C"    not null references project (id),
    task_id          text collate "C",
    agent_id         text collate "C",
    repo_id          text collate "C",
    parent_id        text collate "C",
    graph_run_id     text collate "C",
    external_id      text collate "C",
    model            text collate "C",
    runner           text collate "C"    not null,
    state            text collate "C"    not null,
    priority         bigint not null,
    attempt          bigint not null,
    lease_worker     text collate "C",
    lease_expires_at bigint,
    not_before       bigint,
    input_tokens     bigint not null,
    output_tokens    bigint not null,
    cost_micros      bigint not null,
    tool_calls       bigint not null,
    wall_millis      bigint not null,
    wall_due_at      bigint,
    created_at       bigint not null,
    updated_at       bigint not null,
    body             text collate "C"    not null
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
    id         text collate "C" primary key,
    project_id text collate "C"    not null references project (id),
    state      text collate "C"    not null,
    due        bigint not null, -- 1 where something is left to be done at once
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index graph_run_created on graph_run (created_at, id);
create index graph_run_project on graph_run (project_id, created_at, id);
create index graph_run_state on graph_run (state, created_at, id);
create index graph_run_open on graph_run (project_id) where state in ('RUNNING', 'PAUSED');
create index graph_run_due on graph_run (id) where due = 1;

create table graph_node (
    graph_run_id text collate "C"    not null references graph_run (id) on delete cascade,
    task_id      text collate "C"    not null references task (id) on delete cascade,
    priority     bigint not null,
    place        bigint not null,
    state        text collate "C"    not null,
    missing      bigint not null, -- how many of the tasks that it depends on are not done
    run_id       text collate "C",
    problem      text collate "C",
    primary key (graph_run_id, task_id)
);
create index graph_node_state on graph_node (graph_run_id, state, priority, place);
create index graph_node_task on graph_node (task_id);

create table run_label (
    run_id text collate "C" not null references run (id) on delete cascade,
    label  text collate "C" not null,
    primary key (run_id, label)
);

-- No foreign key: checking it costs as much as the row, and only the unit that claims the run writes one.
create table attempt (
    run_id  text collate "C"    not null,
    attempt bigint not null,
    body    text collate "C"    not null,
    primary key (run_id, attempt)
);

create table approval (
    id         text collate "C" primary key,
    run_id     text collate "C",
    project_id text collate "C",
    kind       text collate "C"    not null,
    status     text collate "C"    not null,
    risk       bigint not null, -- 0 is high, so that the riskiest comes first
    hash       text collate "C"    not null,
    decided_at bigint,
    effect_at  bigint,
    expires_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index approval_status on approval (status, risk, created_at, id);
create index approval_order on approval (risk, created_at, id);
create index approval_run on approval (run_id, status);
create index approval_effect on approval (decided_at) where decided_at is not null and effect_at is null;
create index approval_asked on approval (run_id, hash) where run_id is not null;
create index approval_expiry on approval (expires_at) where status = 'pending' and expires_at is not null;
create index approval_project on approval (project_id, status, risk, created_at, id) where project_id is not null;

create table tool_grant (
    id         text collate "C" primary key,
    scope      text collate "C"    not null,
    run_id     text collate "C",
    agent_id   text collate "C",
    project_id text collate "C"    not null references project (id) on delete cascade,
    tool       text collate "C"    not null,
    hash       text collate "C",
    uses_left  bigint,
    expires_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index tool_grant_tool on tool_grant (project_id, tool);
create index tool_grant_agent on tool_grant (agent_id) where agent_id is not null;
create index tool_grant_created on tool_grant (created_at, id);

create table budget (
    scope       text collate "C" not null,
    name        text collate "C" not null,
    period      text collate "C" not null,
    wall_millis bigint,
    tokens      bigint,
    cost_micros bigint,
    tool_calls  bigint,
    updated_at  bigint not null,
    primary key (scope, name, period)
);

-- What is used of the keys that a budget holds for; a row of an earlier day stands for nothing.
create table budget_spent (
    name        text collate "C" not null,
    scope       text collate "C" not null,
    period      text collate "C" not null,
    day         bigint not null, -- since 1970; 0 for the total
    wall_millis bigint not null,
    tokens      bigint not null,
    cost_micros bigint not null,
    tool_calls  bigint not null,
    primary key (name, scope, period)
);

-- What was used, by whom; none is the empty text. It outlives the runs.
create table usage_total (
    day               bigint not null,
    project_id        text collate "C" not null,
    agent_id          text collate "C" not null,
    model             text collate "C" not null,
    provider          text collate "C" not null,
    wall_millis       bigint not null,
    input_tokens      bigint not null,
    output_tokens     bigint not null,
    cost_micros       bigint not null,
    tool_calls        bigint not null,
    output_bytes      bigint not null,
    own_input_tokens  bigint not null, -- own: on the agent's word
    own_output_tokens bigint not null,
    own_cost_micros   bigint not null,
    own_tool_calls    bigint not null,
    primary key (day, project_id, agent_id, model, provider)
);

create table artifact (
    id         text collate "C" primary key,
    run_id     text collate "C"    not null references run (id) on delete cascade,
    created_at bigint not null,
    body       text collate "C"    not null
);
create index artifact_run on artifact (run_id, created_at, id);

create table worker (
    id         text collate "C" primary key,
    first_seen bigint not null,
    last_seen  bigint not null,
    body       text collate "C"    not null
);
create index worker_seen on worker (last_seen);

create table creation (
    kind       text collate "C"    not null,
    name       text collate "C"    not null,
    hash       text collate "C"    not null,
    entity_id  text collate "C"    not null,
    created_at bigint not null,
    primary key (kind, name)
);

create table account (
    id         text collate "C" primary key,
    name       text collate "C"    not null unique,
    created_at bigint not null,
    updated_at bigint not null,
    body       text collate "C"    not null
);
create index account_created on account (created_at, id);

create table token (
    id           text collate "C" primary key,
    hash         text collate "C"    not null unique,
    name         text collate "C"    not null,
    made_by      text collate "C"    not null,
    expires_at   bigint,
    revoked_at   bigint,
    last_used_at bigint,
    created_at   bigint not null,
    body         text collate "C"    not null
);
create index token_created on token (created_at, id);
create index token_name on token (name) where revoked_at is null;
create index token_made_by on token (made_by) where revoked_at is null;

create table session (
    id           text collate "C" primary key,
    account_id   text collate "C"    not null references account (id) on delete cascade,
    epoch        bigint not null,
    family_hash  text collate "C"    not null unique,
    current_hash text collate "C"    not null,
    created_at   bigint not null,
    expires_at   bigint not null
);
create index session_account on session (account_id, created_at, id);

create table event (
    position     bigint primary key,
    id           text collate "C"    not null unique,
    at           bigint not null,
    subject_type text collate "C"    not null,
    subject_id   text collate "C"    not null,
    run_id       text collate "C",
    project_id   text collate "C",
    type         text collate "C"    not null,
    level        text collate "C"    not null,
    title        text collate "C"    not null,
    message      text collate "C"    not null,
    data         text collate "C"    not null
);
create index event_subject on event (subject_id, subject_type, position);
create index event_run on event (run_id, position) where run_id is not null;
create index event_project on event (project_id, position) where project_id is not null;

-- Who decided what; each record's hash is over itself and the hash before it. Ids are each sender's own.
create table audit_event (
    sequence    bigint primary key,
    id          text collate "C" not null,
    at          bigint not null,
    who         text collate "C" not null,
    kind        text collate "C" not null,
    operation   text collate "C" not null,
    target      text collate "C" not null,
    decision    text collate "C" not null,
    run_id      text collate "C",
    project_id  text collate "C",
    reason      text collate "C" not null,
    bytes       bigint,
    host        text collate "C",
    worker_id   text collate "C",
    happened_at bigint,
    data        text collate "C" not null,
    hash        text collate "C" not null,
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
    sequence      bigint primary key,
    at            bigint not null,
    hash          text collate "C" not null,
    sealed_at     bigint not null,
    previous      bigint not null,
    previous_hash text collate "C" not null,
    pruned        bigint not null,
    seal          text collate "C" not null
);
