package dev.pilot.store.jdbi.run;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.store.GrantRecords;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code tool_grant}. */
public final class GrantTable implements GrantRecords {
    private final Handle handle;
    private final Bounds bounds;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     */
    public GrantTable(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    @Override
    public Optional<ToolGrant> find(GrantId id) {
        return handle.createQuery("select body from tool_grant where id = :id")
                .bind("id", id.value())
                .map(Body.mapper(ToolGrant.class))
                .findOne()
                .filter(found -> bounds.has(found.projectId()));
    }

    @Override
    public Page<ToolGrant> list(GrantFilter filter, PageRequest page) {
        List<ToolGrant> rows = new Query("select body from tool_grant")
                .where("run_id = :run", "run", Query.text(filter.runId()))
                .where("agent_id = :agent", "agent", Query.text(filter.agentId()))
                .within("project_id", bounds.only(filter.projectId()), filter.runId())
                .where("tool = :tool", "tool", filter.tool())
                .after("(created_at, id) < (:after, :afterId)", page.cursor())
                .list(
                        handle,
                        "order by created_at desc, id desc limit :limit",
                        page.limit() + 1,
                        Body.mapper(ToolGrant.class));
        return Keyset.page(
                rows,
                page.limit(),
                grant -> new Keyset(Micros.of(grant.createdAt()), grant.id().value()));
    }

    @Override
    public Optional<ToolGrant> holding(Run run, String tool, String hash, Instant now) {
        return handle.createQuery("""
                        select body from tool_grant
                        where project_id = :project and tool = :tool
                          and (scope = 'project' or scope = 'run' and run_id = :run or scope = 'agent' and agent_id = :agent)
                          and (hash is null or hash = :hash)
                          and (expires_at is null or expires_at > :now)
                          and (uses_left is null or uses_left > 0)
                        order by case when hash is null then 1 else 0 end,
                          case scope when 'run' then 0 when 'agent' then 1 else 2 end, created_at, id
                        limit 1
                        """)
                .bind("project", run.projectId().value())
                .bind("tool", tool)
                .bind("run", run.id().value())
                .bind("agent", Query.text(run.agentId()))
                .bind("hash", hash)
                .bind("now", Micros.of(now))
                .map(Body.mapper(ToolGrant.class))
                .findOne();
    }

    @Override
    public void create(ToolGrant grant) {
        bind(handle.createUpdate("""
                        insert into tool_grant (id, scope, run_id, agent_id, project_id, tool, hash, uses_left, expires_at,
                          created_at, updated_at, body)
                        values (:id, :scope, :run, :agent, :project, :tool, :hash, :usesLeft, :expiresAt,
                          :createdAt, :updatedAt, :body)
                        """), grant)
                .bind("scope", grant.scope().wire())
                .bind("run", Query.text(grant.runId()))
                .bind("agent", Query.text(grant.agentId()))
                .bind("project", grant.projectId().value())
                .bind("tool", grant.tool())
                .bind("hash", grant.hash())
                .bind("expiresAt", Micros.ofNullable(grant.expiresAt()))
                .bind("createdAt", Micros.of(grant.createdAt()))
                .execute();
    }

    @Override
    public void update(ToolGrant grant, Instant expected) {
        int updated = bind(handle.createUpdate("""
                        update tool_grant set uses_left = :usesLeft, updated_at = :updatedAt, body = :body
                        where id = :id and updated_at = :expected
                        """), grant)
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("grant", grant.id().value());
        }
    }

    private static <S extends SqlStatement<S>> S bind(S statement, ToolGrant grant) {
        return statement
                .bind("id", grant.id().value())
                .bind("usesLeft", grant.usesLeft())
                .bind("updatedAt", Micros.of(grant.updatedAt()))
                .bind("body", Body.of(grant));
    }

    @Override
    public boolean delete(GrantId id) {
        return handle.createUpdate("delete from tool_grant where id = :id")
                        .bind("id", id.value())
                        .execute()
                > 0;
    }

    @Override
    public void deleteOf(AgentId agentId) {
        handle.createUpdate("delete from tool_grant where agent_id = :agent")
                .bind("agent", agentId.value())
                .execute();
    }
}
