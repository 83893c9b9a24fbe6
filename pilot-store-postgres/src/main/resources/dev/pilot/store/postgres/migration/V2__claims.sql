-- What claims need: each project's queue by itself, what counts against quotas, which workers drain; and runs that get nowhere.

alter table run add column provider text collate "C";
update run set provider = body::json -> 'profile' ->> 'provider';

create table run_tool (
    run_id text collate "C" not null references run (id) on delete cascade,
    tool   text collate "C" not null,
    primary key (run_id, tool)
);
insert into run_tool (run_id, tool)
select distinct run.id, tool from run, json_array_elements_text(run.body::json -> 'profile' -> 'tools') as tool;

create table quota (
    scope      text collate "C" not null,
    name       text collate "C" not null,
    most       bigint not null,
    updated_at bigint not null,
    primary key (scope, name)
);

create index run_lane on run (project_id, priority, created_at, id) where state = 'QUEUED';
create index run_active on run (project_id, repo_id, provider) where lease_expires_at is not null;

alter table worker add column draining bigint not null default 0;
create index worker_draining on worker (id) where draining = 1;

alter table run add column stalls_after bigint; -- microseconds without an event
create index run_stalls on run (id) where stalls_after is not null and lease_expires_at is not null;
