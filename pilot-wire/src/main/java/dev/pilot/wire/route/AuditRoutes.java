package dev.pilot.wire.route;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.AuditReceipt;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.access.NewAuditEvents;

/** The routes of the record of decisions. */
public final class AuditRoutes {
    /** {@code GET /api/audit}. */
    public static final Route<Void, Page<AuditEvent>> LIST = filtered(
                    Route.get("/api/audit", "Lists who did what, the newest first; with target by target first.")
                            .answers(WireType.pageOf(AuditEvent.class)))
            .paged();

    /** {@code POST /api/audit/ingest}. */
    public static final Route<NewAuditEvents, Page<ItemResult<AuditReceipt>>> INGEST = Route.post(
                    "/api/audit/ingest",
                    "Puts decisions on record that were taken elsewhere: each id once, however often it is sent.")
            .takes(NewAuditEvents.class)
            .answers(WireType.resultsOf(AuditReceipt.class));

    /** {@code GET /api/audit/export}. */
    public static final Route<Void, byte[]> EXPORT = filtered(
                    Route.get("/api/audit/export", "Writes out all that passes the filters, as JSON lines or CSV.")
                            .answersBytes())
            .query("format", AuditFormat.class, "In what form; jsonl if absent.");

    /** {@code GET /api/audit/verify}. */
    public static final Route<Void, AuditReport> VERIFY = Route.get(
                    "/api/audit/verify", "Checks that the record is what the hub wrote, from its beginning to its end.")
            .answers(AuditReport.class);

    private AuditRoutes() {}

    private static <A> Route<Void, A> filtered(Route<Void, A> route) {
        return route.query("who", String.class, "Only those of this caller.")
                .query("kind", AuditKind.class, "Only those about this.")
                .query("operation", AuditOperation.class, "Only those of this operation.")
                .query("decision", AuditDecision.class, "Only what was let happen, or was not.")
                .query("runId", RunId.class, "Only those of this run.")
                .query("projectId", ProjectId.class, "Only those of this project.")
                .query("host", String.class, "Only those of this machine or address.")
                .query("workerId", WorkerId.class, "Only those of this worker.")
                .query("target", String.class, "Only those whose target begins like this.")
                .query("from", String.class, "Only what was recorded at this time (RFC 3339) or later.")
                .query("to", String.class, "Only what was recorded before this time.")
                .query("oldestFirst", Boolean.class, "Whether the oldest come first; false if absent.");
    }
}
