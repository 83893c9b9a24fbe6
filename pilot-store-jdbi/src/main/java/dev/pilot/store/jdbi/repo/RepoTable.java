package dev.pilot.store.jdbi.repo;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.store.RepoRecords;
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

/** The table {@code repo}. */
public final class RepoTable implements RepoRecords {
    /** Of no project by itself: it is there for those that use it. */
    private static final String USED = "id in (select repo_id from project where id in (<projects>))";

    private final Handle handle;
    private final Bounds bounds;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     */
    public RepoTable(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    @Override
    public Optional<Repo> find(RepoId id) {
        return new Query("select body from repo")
                        .where("id = :id", "id", id.value())
                        .through(USED, bounds)
                        .list(handle, "limit :limit", 1, Body.mapper(Repo.class))
                        .stream()
                        .findFirst();
    }

    @Override
    public Optional<Repo> findBySlug(String slug) {
        return handle.createQuery("select body from repo where slug = :slug")
                .bind("slug", slug)
                .map(Body.mapper(Repo.class))
                .findOne();
    }

    @Override
    public Page<Repo> list(PageRequest page) {
        List<Repo> rows = new Query("select body from repo")
                .through(USED, bounds)
                .after("(created_at, id) > (:after, :afterId)", page.cursor())
                .list(handle, "order by created_at, id limit :limit", page.limit() + 1, Body.mapper(Repo.class));
        return Keyset.page(
                rows,
                page.limit(),
                repo -> new Keyset(Micros.of(repo.createdAt()), repo.id().value()));
    }

    @Override
    public boolean inUse(RepoId id) {
        boolean byRun = handle.createQuery("""
                        select count(*) from run
                        where repo_id = :id and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                        """)
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
        return byRun
                || handle.createQuery("select count(*) from project where repo_id = :id")
                                .bind("id", id.value())
                                .mapTo(Integer.class)
                                .one()
                        > 0;
    }

    @Override
    public void create(Repo repo) {
        int created = handle.createUpdate("""
                        insert into repo (id, slug, created_at, updated_at, body)
                        values (:id, :slug, :createdAt, :updatedAt, :body)
                        on conflict do nothing
                        """)
                .bind("id", repo.id().value())
                .bind("slug", repo.slug())
                .bind("createdAt", Micros.of(repo.createdAt()))
                .bind("updatedAt", Micros.of(repo.updatedAt()))
                .bind("body", Body.of(repo))
                .execute();
        if (created == 0) {
            throw new AlreadyExists(
                    "repo",
                    repo.id().value(),
                    "There is a repository " + repo.id() + " or " + repo.slug() + " already.");
        }
    }

    @Override
    public void update(Repo repo, Instant expected) {
        int updated = handle.createUpdate(
                        "update repo set updated_at = :updatedAt, body = :body where id = :id and updated_at = :expected")
                .bind("id", repo.id().value())
                .bind("updatedAt", Micros.of(repo.updatedAt()))
                .bind("body", Body.of(repo))
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("repo", repo.id().value());
        }
    }

    @Override
    public void delete(RepoId id) {
        handle.createUpdate("delete from repo where id = :id")
                .bind("id", id.value())
                .execute();
    }
}
