-- What claims need: each project's queue by itself, and what counts against quotas.

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

drop index run_queued;
create index run_queued on run (project_id, priority, created_at, id) where state = 'QUEUED';
create index run_active on run (project_id, repo_id, provider) where lease_expires_at is not null;
