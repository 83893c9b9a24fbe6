-- What claims need: each project's queue by itself, what counts against quotas, which workers drain; and runs that get nowhere.

alter table run add column provider text;
update run set provider = json_extract(body, '$.profile.provider');

create table run_tool (
    run_id text not null references run (id) on delete cascade,
    tool   text not null,
    primary key (run_id, tool)
) without rowid;
insert into run_tool (run_id, tool)
select distinct run.id, tool.value from run, json_each(run.body, '$.profile.tools') as tool;

create table quota (
    scope      text    not null,
    name       text    not null,
    most       integer not null,
    updated_at integer not null,
    primary key (scope, name)
) without rowid;

create index run_lane on run (project_id, priority, created_at, id) where state = 'QUEUED';
create index run_active on run (project_id, repo_id, provider) where lease_expires_at is not null;

alter table worker add column draining integer not null default 0;
create index worker_draining on worker (id) where draining = 1;

alter table run add column stalls_after integer; -- microseconds without an event
create index run_stalls on run (id) where stalls_after is not null and lease_expires_at is not null;
