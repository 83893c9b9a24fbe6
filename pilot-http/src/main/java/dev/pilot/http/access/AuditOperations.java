package dev.pilot.http.access;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.WireText;
import dev.pilot.wire.route.AuditRoutes;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The record of decisions. */
public final class AuditOperations {
    private AuditOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(AuditRoutes.LIST, call -> call.pilot().audit().list(filter(call), call.page()));
        to.list(
                AuditRoutes.INGEST,
                call -> call.pilot().audit().ingest(call.body().events()));
        to.serve(AuditRoutes.EXPORT, AuditOperations::export);
        to.answer(AuditRoutes.VERIFY, call -> call.pilot().audit().verify());
    }

    private static Answer export(Call<Void> call) {
        AuditFormat format = Objects.requireNonNullElse(call.named("format", AuditFormat.class), AuditFormat.JSONL);
        return new Answer.Bytes(
                call.pilot().audit().export(filter(call), format),
                Answer.Bytes.UNKNOWN,
                switch (format) {
                    case JSONL -> "application/x-ndjson";
                    case CSV -> "text/csv; charset=utf-8; header=present";
                },
                Map.of("Content-Disposition", "attachment; filename=audit." + format.wire()));
    }

    private static AuditFilter filter(Call<Void> call) {
        return AuditFilter.builder()
                .who(call.text("who"))
                .kind(call.named("kind", AuditKind.class))
                .operation(call.named("operation", AuditOperation.class))
                .decision(call.named("decision", AuditDecision.class))
                .runId(call.id("runId", RunId::new))
                .projectId(call.id("projectId", ProjectId::new))
                .host(call.text("host"))
                .workerId(call.id("workerId", WorkerId::new))
                .target(call.text("target"))
                .from(time(call, "from"))
                .to(time(call, "to"))
                .oldestFirst(Boolean.TRUE.equals(call.flag("oldestFirst")))
                .build();
    }

    private static @Nullable Instant time(Call<Void> call, String name) {
        String text = call.text(name);
        return text == null ? null : WireText.instant(text, name);
    }
}
