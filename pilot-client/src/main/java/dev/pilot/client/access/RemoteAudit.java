package dev.pilot.client.access;

import dev.pilot.api.access.Audit;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.access.AuditReceipt;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.FreshIds;
import dev.pilot.client.call.Request;
import dev.pilot.wire.WireText;
import dev.pilot.wire.access.NewAuditEvents;
import dev.pilot.wire.route.AuditRoutes;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Audit} of a hub elsewhere. */
public final class RemoteAudit implements Audit {
    /** Millions of records are read and hashed. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteAudit(Connection connection) {
        this.connection = connection;
    }

    /** With ids of their own, they can be sent again where the answer got lost. */
    @Override
    public List<ItemResult<AuditReceipt>> ingest(List<NewAuditEvent> events) {
        List<NewAuditEvent> named = events.stream()
                .map(event -> event.id() != null
                        ? event
                        : event.toBuilder()
                                .id(new AuditId(FreshIds.next("rec")))
                                .build())
                .toList();
        return connection
                .call(Request.to(AuditRoutes.INGEST, new NewAuditEvents(named)).repeatable())
                .items();
    }

    @Override
    public Page<AuditEvent> list(AuditFilter filter, PageRequest page) {
        return connection.call(filtered(Request.to(AuditRoutes.LIST), filter).page(page));
    }

    @Override
    public InputStream export(AuditFilter filter, AuditFormat format) {
        return connection.stream(
                filtered(Request.to(AuditRoutes.EXPORT), filter).query("format", format.wire()));
    }

    @Override
    public AuditReport verify() {
        return connection.call(Request.to(AuditRoutes.VERIFY).patience(LONG));
    }

    private static <A> Request<A> filtered(Request<A> request, AuditFilter filter) {
        return request.query("who", filter.who())
                .query("kind", filter.kind())
                .query(
                        "operation",
                        filter.operation() == null ? null : filter.operation().wire())
                .query(
                        "decision",
                        filter.decision() == null ? null : filter.decision().wire())
                .query("runId", filter.runId())
                .query("projectId", filter.projectId())
                .query("host", filter.host())
                .query("workerId", filter.workerId())
                .query("target", filter.target())
                .query("from", text(filter.from()))
                .query("to", text(filter.to()))
                .query("oldestFirst", filter.oldestFirst() ? true : null);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : WireText.of(time);
    }
}
