package dev.pilot.store.jdbi.run;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Risk;
import dev.pilot.api.store.ApprovalRecords;
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

/** The table {@code approval}. */
public final class ApprovalTable implements ApprovalRecords {
    /** So many microseconds are some 30,000 years: a risk and a time fit into one number of a cursor. */
    private static final long RISK_STEP = 1_000_000_000_000_000_000L;

    private final Handle handle;
    private final Bounds bounds;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     */
    public ApprovalTable(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    @Override
    public Optional<Approval> find(ApprovalId id) {
        return handle.createQuery("select body from approval where id = :id")
                .bind("id", id.value())
                .map(Body.mapper(Approval.class))
                .findOne()
                .filter(found -> bounds.has(found.projectId()));
    }

    @Override
    public Page<Approval> list(ApprovalFilter filter, PageRequest page) {
        List<Approval> rows = new Query("select body from approval")
                .where("status = :status", "status", Query.wire(filter.status()))
                .where("kind = :kind", "kind", Query.wire(filter.kind()))
                .where("run_id = :run", "run", Query.text(filter.runId()))
                .within("project_id", bounds.only(filter.projectId()), filter.runId())
                .after(
                        "(risk, created_at, id) > (:after / " + RISK_STEP + ", :after % " + RISK_STEP + ", :afterId)",
                        page.cursor())
                .list(
                        handle,
                        "order by risk, created_at, id limit :limit",
                        page.limit() + 1,
                        Body.mapper(Approval.class));
        return Keyset.page(
                rows,
                page.limit(),
                approval -> new Keyset(
                        rank(approval.risk()) * RISK_STEP + Micros.of(approval.createdAt()),
                        approval.id().value()));
    }

    @Override
    public Optional<Approval> pendingOf(RunId runId, ApprovalKind kind) {
        return handle.createQuery("""
                        select body from approval where run_id = :run and status = 'pending' and kind = :kind
                        order by created_at desc, id desc limit 1
                        """)
                .bind("run", runId.value())
                .bind("kind", kind.wire())
                .map(Body.mapper(Approval.class))
                .findOne();
    }

    @Override
    public List<Approval> pendingOf(RunId runId) {
        return handle.createQuery(
                        "select body from approval where run_id = :run and status = 'pending' order by created_at, id")
                .bind("run", runId.value())
                .map(Body.mapper(Approval.class))
                .list();
    }

    @Override
    public Optional<Approval> asked(RunId runId, String hash) {
        return handle.createQuery("""
                        select body from approval where run_id = :run and hash = :hash
                        order by created_at desc, id desc limit 1
                        """)
                .bind("run", runId.value())
                .bind("hash", hash)
                .map(Body.mapper(Approval.class))
                .findOne();
    }

    @Override
    public List<Approval> overdue(Instant now, int limit) {
        return handle.createQuery("""
                        select body from approval where status = 'pending' and expires_at <= :now
                        order by expires_at limit :limit
                        """)
                .bind("now", Micros.of(now))
                .bind("limit", limit)
                .map(Body.mapper(Approval.class))
                .list();
    }

    @Override
    public List<Approval> withoutEffect(int limit) {
        return handle.createQuery("""
                        select body from approval where decided_at is not null and effect_at is null
                        order by decided_at limit :limit
                        """)
                .bind("limit", limit)
                .map(Body.mapper(Approval.class))
                .list();
    }

    @Override
    public void create(Approval approval) {
        int created = bind(handle.createUpdate("""
                                insert into approval (id, run_id, project_id, kind, status, risk, hash, decided_at, effect_at,
                                  expires_at, created_at, updated_at, body)
                                values (:id, :run, :project, :kind, :status, :risk, :hash, :decidedAt, :effectAt,
                                  :expiresAt, :createdAt, :updatedAt, :body)
                                on conflict (id) do nothing
                                """), approval)
                .bind("run", Query.text(approval.runId()))
                .bind("project", Query.text(approval.projectId()))
                .bind("kind", approval.kind().wire())
                .bind("risk", rank(approval.risk()))
                .bind("hash", approval.hash())
                .bind("expiresAt", Micros.ofNullable(approval.expiresAt()))
                .bind("createdAt", Micros.of(approval.createdAt()))
                .execute();
        if (created == 0) {
            throw new AlreadyExists(
                    "approval", approval.id().value(), "There is an approval " + approval.id() + " already.");
        }
    }

    @Override
    public void update(Approval approval, Instant expected) {
        int updated = bind(handle.createUpdate("""
                                update approval
                                set status = :status, decided_at = :decidedAt, effect_at = :effectAt, updated_at = :updatedAt,
                                    body = :body
                                where id = :id and updated_at = :expected
                                """), approval)
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("approval", approval.id().value());
        }
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Approval approval) {
        return statement
                .bind("id", approval.id().value())
                .bind("status", approval.status().wire())
                .bind("decidedAt", Micros.ofNullable(approval.decidedAt()))
                .bind("effectAt", Micros.ofNullable(approval.effectAt()))
                .bind("updatedAt", Micros.of(approval.updatedAt()))
                .bind("body", Body.of(approval));
    }

    private static long rank(Risk risk) {
        return switch (risk) {
            case HIGH -> 0;
            case MEDIUM -> 1;
            case LOW -> 2;
        };
    }
}
