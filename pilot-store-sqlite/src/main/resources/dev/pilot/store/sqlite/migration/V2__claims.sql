-- What claims need: each project's queue by itself, and what counts against quotas.

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

drop index run_queued;
create index run_queued on run (project_id, priority, created_at, id) where state = 'QUEUED';
create index run_active on run (project_id, repo_id, provider) where lease_expires_at is not null;
