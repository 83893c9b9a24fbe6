package dev.pilot.store.jdbi.run;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.run.Agent;
import dev.pilot.api.store.AgentRecords;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code agent}. */
public final class AgentTable implements AgentRecords {
    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public AgentTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<Agent> find(AgentId id) {
        return handle.createQuery("select body from agent where id = :id")
                .bind("id", id.value())
                .map(Body.mapper(Agent.class))
                .findOne();
    }

    @Override
    public Page<Agent> list(PageRequest page) {
        List<Agent> rows = new Query("select body from agent")
                .after("(created_at, id) > (:after, :afterId)", page.cursor())
                .list(handle, "order by created_at, id limit :limit", page.limit() + 1, Body.mapper(Agent.class));
        return Keyset.page(
                rows,
                page.limit(),
                agent -> new Keyset(Micros.of(agent.createdAt()), agent.id().value()));
    }

    @Override
    public void create(Agent agent) {
        int created = handle.createUpdate("""
                        insert into agent (id, created_at, updated_at, body) values (:id, :createdAt, :updatedAt, :body)
                        on conflict (id) do nothing
                        """)
                .bind("id", agent.id().value())
                .bind("createdAt", Micros.of(agent.createdAt()))
                .bind("updatedAt", Micros.of(agent.updatedAt()))
                .bind("body", Body.of(agent))
                .execute();
        if (created == 0) {
            throw new AlreadyExists("agent", agent.id().value(), "There is an agent " + agent.id() + " already.");
        }
    }

    @Override
    public void update(Agent agent, Instant expected) {
        int updated = handle.createUpdate(
                        "update agent set updated_at = :updatedAt, body = :body where id = :id and updated_at = :expected")
                .bind("id", agent.id().value())
                .bind("updatedAt", Micros.of(agent.updatedAt()))
                .bind("body", Body.of(agent))
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("agent", agent.id().value());
        }
    }

    @Override
    public void delete(AgentId id) {
        handle.createUpdate("delete from agent where id = :id")
                .bind("id", id.value())
                .execute();
    }
}
