package dev.pilot.store.jdbi.access;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.AuditRecords;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import dev.pilot.store.jdbi.RowStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code audit_event} and {@code audit_anchor}. The time of a record never goes back from one to the next, so a span of time is
 * a span of places: it is looked up first, and each filter then reads its own index in the order of places.
 */
public final class AuditTable implements AuditRecords {
    private static final RowStatement INSERT = RowStatement.insert(
            "audit_event",
            "id, who",
            "sequence bigint, id text, at bigint, who text, kind text, operation text, target text, decision text,"
                    + " run_id text, project_id text, reason text, bytes bigint, host text, worker_id text,"
                    + " happened_at bigint, data text, hash text");

    private static final String SELECT = """
            select sequence, id, at, who, kind, operation, target, decision, run_id, project_id, reason, bytes, host, worker_id,
              happened_at, data, hash
            from audit_event\
            """;

    /** Ids in one statement: engines bound how many values one may have. */
    private static final int IDS_AT_ONCE = 500;

    /** Behind every text that begins with what stands before it. */
    private static final String BEHIND_ALL = "\uDBFF\uDFFF";

    private static final RowMapper<AuditRow> ROW = (row, context) -> new AuditRow(
            row.getLong(1),
            row.getString(2),
            row.getLong(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8),
            row.getString(9),
            row.getString(10),
            row.getString(11),
            number(row, 12),
            row.getString(13),
            row.getString(14),
            number(row, 15),
            row.getString(16),
            row.getString(17));

    private static final RowMapper<AuditAnchor> ANCHOR = (row, context) -> new AuditAnchor(
            row.getLong(1),
            row.getLong(2),
            row.getString(3),
            row.getLong(4),
            row.getLong(5),
            row.getString(6),
            row.getLong(7) != 0,
            row.getString(8));

    private static final RowMapper<AuditEvent> EVENT = (row, context) -> RecordedEvent.of(ROW.map(row, context));

    private final Handle handle;
    private final Dialect dialect;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param dialect writes many rows at once
     */
    public AuditTable(Handle handle, Dialect dialect) {
        this.handle = handle;
        this.dialect = dialect;
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    @Override
    public Optional<AuditRow> last() {
        return handle.createQuery(SELECT + " order by sequence desc limit 1")
                .map(ROW)
                .findOne();
    }

    @Override
    public Map<String, AuditRow> all(String who, List<AuditId> ids) {
        Map<String, AuditRow> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE)).stream()
                    .map(AuditId::value)
                    .toList();
            handle.createQuery(SELECT + " where who = :who and id in (<ids>)")
                    .bind("who", who)
                    .bindList("ids", Query.evened(some))
                    .map(ROW)
                    .forEach(row -> found.put(row.id(), row));
        }
        return found;
    }

    @Override
    public Page<AuditEvent> list(AuditFilter filter, PageRequest page) {
        Long first = place(filter.from());
        Long end = place(filter.to());
        if (filter.from() != null && first == null) {
            return new Page<>(List.of(), null);
        }
        String target = filter.target();
        Query query = new Query(SELECT)
                .where("who = :who", "who", filter.who())
                .where("kind = :kind", "kind", Query.wire(filter.kind()))
                .where("operation = :operation", "operation", Query.wire(filter.operation()))
                .where("decision = :decision", "decision", Query.wire(filter.decision()))
                .where("run_id = :run", "run", Query.text(filter.runId()))
                .where("project_id = :project", "project", Query.text(filter.projectId()))
                .where("host = :host", "host", filter.host())
                .where("worker_id = :worker", "worker", Query.text(filter.workerId()));
        List<AuditEvent> rows;
        if (target == null) {
            boolean any = query.isEmpty();
            rows = inOrder(query, filter.oldestFirst(), any, first, end, page);
        } else {
            query.where("target >= :target", "target", target)
                    .where("target < :targetEnd", "targetEnd", target + BEHIND_ALL)
                    .where("sequence >= :first", "first", first)
                    .where("sequence < :end", "end", end);
            rows = byTarget(query, filter.oldestFirst(), page);
        }
        return Keyset.page(
                rows,
                page.limit(),
                event ->
                        new Keyset(event.sequence(), target == null ? event.id().value() : event.target()));
    }

    /**
     * In the order of places. With a filter it is spelled {@code -sequence}, as in the filters' indexes: the primary key can't serve that, which
     * a planner may otherwise read from its end until it has come by enough records that pass, however far back they are.
     */
    private List<AuditEvent> inOrder(
            Query query, boolean up, boolean any, @Nullable Long first, @Nullable Long end, PageRequest page) {
        Keyset cursor = page.cursor() == null ? null : Keyset.read(page.cursor());
        Long after = cursor == null ? null : cursor.order();
        if (any) {
            query.where("sequence >= :first", "first", first)
                    .where("sequence < :end", "end", end)
                    .where(up ? "sequence > :after" : "sequence < :after", "after", after);
            return query.list(
                    handle, "order by sequence" + (up ? "" : " desc") + " limit :limit", page.limit() + 1, EVENT);
        }
        query.where("-sequence <= :first", "first", negative(first))
                .where("-sequence > :end", "end", negative(end))
                .where(up ? "-sequence < :after" : "-sequence > :after", "after", negative(after));
        return query.list(
                handle, "order by -sequence" + (up ? " desc" : "") + " limit :limit", page.limit() + 1, EVENT);
    }

    private static @Nullable Long negative(@Nullable Long number) {
        return number == null ? null : Long.valueOf(-number);
    }

    private List<AuditEvent> byTarget(Query query, boolean up, PageRequest page) {
        String order = up ? "" : " desc";
        return query.after("(target, sequence) " + (up ? ">" : "<") + " (:afterId, :after)", page.cursor())
                .list(
                        handle,
                        "order by target" + order + ", sequence" + order + " limit :limit",
                        page.limit() + 1,
                        EVENT);
    }

    /** The first place at a time or later, or null where there is none. */
    private @Nullable Long place(@Nullable Instant time) {
        return time == null
                ? null
                : handle.createQuery("select sequence from audit_event where at >= :at order by at, sequence limit 1")
                        .bind("at", Micros.of(time))
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(null);
    }

    @Override
    public List<AuditRow> after(long sequence, int limit) {
        return new Query(SELECT)
                .where("sequence > :sequence", "sequence", sequence)
                .list(handle, "order by sequence limit :limit", limit, ROW);
    }

    @Override
    public List<AuditAnchor> anchors() {
        return handle.createQuery("""
                        select sequence, at, hash, sealed_at, previous, previous_hash, pruned, seal
                        from audit_anchor order by sequence
                        """).map(ANCHOR).list();
    }

    @Override
    public void append(List<AuditRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        for (AuditRow row : rows) {
            values.add(new @Nullable Object[] {
                row.sequence(),
                row.id(),
                row.at(),
                row.who(),
                row.kind(),
                row.operation(),
                row.target(),
                row.decision(),
                row.runId(),
                row.projectId(),
                row.reason(),
                row.bytes(),
                row.host(),
                row.workerId(),
                row.happenedAt(),
                row.data(),
                row.hash()
            });
        }
        for (boolean written : dialect.write(INSERT, values)) {
            if (!written) {
                throw new IllegalStateException("an audit record's id was taken: the chain would have a gap");
            }
        }
    }

    @Override
    public int prune(long upTo, int limit) {
        return handle.createUpdate("""
                        delete from audit_event
                        where sequence in (
                          select sequence from audit_event where sequence <= :upTo order by sequence limit :limit)
                        """).bind("upTo", upTo).bind("limit", limit).execute();
    }

    @Override
    public void anchor(AuditAnchor anchor) {
        handle.createUpdate("""
                        insert into audit_anchor (sequence, at, hash, sealed_at, previous, previous_hash, pruned, seal)
                        values (:sequence, :at, :hash, :sealedAt, :previous, :previousHash, :pruned, :seal)
                        on conflict (sequence) do update
                          set at = excluded.at, hash = excluded.hash, sealed_at = excluded.sealed_at,
                            previous = excluded.previous, previous_hash = excluded.previous_hash,
                            pruned = excluded.pruned, seal = excluded.seal
                        """)
                .bind("sequence", anchor.sequence())
                .bind("at", anchor.at())
                .bind("hash", anchor.hash())
                .bind("sealedAt", anchor.sealedAt())
                .bind("previous", anchor.previous())
                .bind("previousHash", anchor.previousHash())
                .bind("pruned", anchor.pruned() ? 1L : 0L)
                .bind("seal", anchor.seal())
                .execute();
    }

    @Override
    public void deleteAnchors(List<Long> sequences) {
        for (Long sequence : sequences) {
            handle.createUpdate("delete from audit_anchor where sequence = :sequence")
                    .bind("sequence", sequence)
                    .execute();
        }
    }
}
