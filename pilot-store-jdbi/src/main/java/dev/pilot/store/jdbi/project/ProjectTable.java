package dev.pilot.store.jdbi.project;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.project.UsageTotal;
import dev.pilot.api.store.ProjectRecords;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables {@code project} and {@code project_tag}. */
public final class ProjectTable implements ProjectRecords {
    /** The manual order changes without a new body. */
    private static final RowMapper<Project> PROJECT = (row, context) -> Body.read(row, Project.class).toBuilder()
            .position(row.getLong("position"))
            .build();

    private final Handle handle;
    private final Bounds bounds;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     */
    public ProjectTable(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    @Override
    public Optional<Project> find(ProjectId id) {
        return handle.createQuery("select position, body from project where id = :id")
                .bind("id", id.value())
                .map(PROJECT)
                .findOne()
                .filter(found -> bounds.has(found.id()));
    }

    @Override
    public Page<Project> list(ProjectFilter filter, PageRequest page) {
        List<Project> rows = new Query("select position, body from project")
                .among("id", bounds)
                .where("status = :status", "status", Query.wire(filter.status()))
                .where("priority = :priority", "priority", Query.wire(filter.priority()))
                .where("category = :category", "category", filter.category())
                .where("id in (select project_id from project_tag where tag = :tag)", "tag", filter.tag())
                .after("(position, id) > (:after, :afterId)", page.cursor())
                .list(handle, "order by position, id limit :limit", page.limit() + 1, PROJECT);
        return Keyset.page(
                rows,
                page.limit(),
                project -> new Keyset(project.position(), project.id().value()));
    }

    @Override
    public long lastPosition() {
        return handle.createQuery("select coalesce(max(position), 0) from project")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<ProjectId> order() {
        return bounds.bind(handle.createQuery("select id from project" + bounds.where("id") + " order by position, id"))
                .map((row, context) -> new ProjectId(row.getString(1)))
                .list();
    }

    @Override
    public void order(List<ProjectId> ids) {
        PreparedBatch batch = handle.prepareBatch("update project set position = :position where id = :id");
        for (int i = 0; i < ids.size(); i++) {
            batch.bind("position", i + 1L).bind("id", ids.get(i).value()).add();
        }
        if (!ids.isEmpty()) {
            batch.execute();
        }
    }

    @Override
    public void create(Project project) {
        int created = bind(handle.createUpdate("""
                                insert into project (id, position, status, priority, category, repo_id, created_at, updated_at, body)
                                values (:id, :position, :status, :priority, :category, :repo, :createdAt, :updatedAt, :body)
                                on conflict (id) do nothing
                                """), project)
                .bind("position", project.position())
                .bind("createdAt", Micros.of(project.createdAt()))
                .execute();
        if (created == 0) {
            throw new AlreadyExists(
                    "project", project.id().value(), "There is a project " + project.id() + " already.");
        }
        tags(project);
    }

    @Override
    public void update(Project project, Instant expected) {
        int updated = bind(handle.createUpdate("""
                                update project
                                set status = :status, priority = :priority, category = :category, repo_id = :repo,
                                    updated_at = :updatedAt, body = :body
                                where id = :id and updated_at = :expected
                                """), project)
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("project", project.id().value());
        }
        handle.createUpdate("delete from project_tag where project_id = :id")
                .bind("id", project.id().value())
                .execute();
        tags(project);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Project project) {
        return statement
                .bind("id", project.id().value())
                .bind("status", project.status().wire())
                .bind("priority", project.priority().wire())
                .bind("category", project.category())
                .bind("repo", Query.text(project.repoId()))
                .bind("updatedAt", Micros.of(project.updatedAt()))
                .bind("body", Body.of(project));
    }

    private void tags(Project project) {
        if (project.tags().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("insert into project_tag (project_id, tag) values (:id, :tag)");
        for (String tag : project.tags()) {
            batch.bind("id", project.id().value()).bind("tag", tag).add();
        }
        batch.execute();
    }

    @Override
    public void delete(ProjectId id) {
        handle.createUpdate("delete from project where id = :id")
                .bind("id", id.value())
                .execute();
    }

    @Override
    public ProjectStats stats() {
        Map<String, Long> byStatus = counts("status", "project", "id");
        return new ProjectStats(
                byStatus.values().stream().mapToLong(Long::longValue).sum(),
                byStatus,
                counts("priority", "project", "id"),
                counts("coalesce(category, 'none')", "project", "id"),
                counts("tag", "project_tag", "project_id"),
                counts("state", "run", "project_id"),
                // The day is computed here, since the engines spell it differently.
                usage("created_at / 86400000000"),
                usage("project_id"),
                usage("coalesce(agent_id, 'none')"),
                usage("coalesce(model, 'none')"));
    }

    private Map<String, Long> counts(String key, String table, String project) {
        Map<String, Long> counts = new LinkedHashMap<>();
        String select = "select " + key + ", count(*) from " + table + bounds.where(project) + " group by 1 order by 1";
        bounds.bind(handle.createQuery(select))
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private List<UsageTotal> usage(String key) {
        return bounds.bind(handle.createQuery("""
                        select %s as name, count(*), sum(input_tokens), sum(output_tokens), sum(cost_micros)
                        from run%s group by 1 order by 1
                        """.formatted(key, bounds.where("project_id"))))
                .map((row, context) -> new UsageTotal(
                        key.startsWith("created_at") ? day(row.getLong(1)) : row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)))
                .list();
    }

    private static String day(long sinceEpoch) {
        return LocalDate.ofEpochDay(sinceEpoch).toString();
    }
}
